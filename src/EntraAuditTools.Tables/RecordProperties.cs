using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;

namespace EntraAuditTools.Tables;

/// <summary>The properties of records, by reflection: the program is neither trimmed nor compiled ahead of time.</summary>
internal static class RecordProperties
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    /// <summary>The names of a type's properties, in the order of their declaration, which is that of ConvertTo-Json.</summary>
    public static IReadOnlyList<string> NamesOf(Type record) => [.. Of(record).Select(property => property.Name)];

    /// <summary>The properties of an object; of a row that a question makes, its pairs.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Of(object value) =>
        value as IEnumerable<KeyValuePair<string, object?>>
        ?? Of(value.GetType()).Select(property => KeyValuePair.Create(property.Name, property.GetValue(value)));

    /// <summary>One of them; null when there is none of the name.</summary>
    internal static PSPropertyInfo? Find(object value, string name)
    {
        if (value is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            foreach (var (key, item) in pairs)
            {
                if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return new(key, item);
            }

            return null;
        }

        var property = Array.Find(Of(value.GetType()), item => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return property is null ? null : new(property.Name, property.GetValue(value));
    }

    private static PropertyInfo[] Of(Type record) => Known.GetOrAdd(record, type =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0)]);
}
