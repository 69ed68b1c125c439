using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;

namespace EntraAuditTools.PowerShell.Serialization;

/// <summary>The properties of a record of any type: hashtable, PSCustomObject, deserialised object, Graph SDK object.</summary>
internal static class RecordMembers
{
    private const string Additional = "AdditionalProperties";

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Readable = new();

    /// <summary>True for what becomes a JSON array.</summary>
    public static bool IsList(object bare) => bare is IEnumerable and not string and not IDictionary && !IsDictionary(bare);

    /// <summary>
    /// Names and values in their order, AdditionalProperties folded in: what the parent has itself stays, unless it is null.
    /// Null for an SDK object of which nothing is set (the SDK makes one for every absent object).
    /// </summary>
    /// <param name="value">The object as PowerShell passed it.</param>
    /// <param name="bare">The same without its PSObject.</param>
    public static List<KeyValuePair<string, object?>>? Of(object value, object bare)
    {
        var typed = false;
        List<KeyValuePair<string, object?>> members;
        if (bare is IDictionary dictionary)
            members = FromDictionary(dictionary);
        else if (IsDictionary(bare))
            members = ((IEnumerable)bare).Cast<object>().Select(FromPair).ToList();
        else if (value is PSObject { BaseObject: PSCustomObject } custom)
            (members, typed) = (FromPSObject(custom),
                custom.TypeNames.Count > 0 && custom.TypeNames[0].StartsWith("Deserialized.", StringComparison.Ordinal));
        else if (bare is System.Data.DataRow)
            members = FromPSObject(PSObject.AsPSObject(value));
        else
            (members, typed) = (FromProperties(bare), true);

        Fold(members);
        return typed && members.All(member => IsEmpty(member.Value)) ? null : members;
    }

    private static List<KeyValuePair<string, object?>> FromDictionary(IDictionary dictionary)
    {
        var members = new List<KeyValuePair<string, object?>>(dictionary.Count);
        foreach (DictionaryEntry entry in dictionary) members.Add(new(Text(entry.Key), entry.Value));

        // The order of a Hashtable changes from process to process; the same record must give the same bytes.
        if (dictionary is Hashtable) members.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return members;
    }

    private static KeyValuePair<string, object?> FromPair(object pair)
    {
        var type = pair.GetType();
        return new(Text(type.GetProperty("Key")!.GetValue(pair)), type.GetProperty("Value")!.GetValue(pair));
    }

    private static List<KeyValuePair<string, object?>> FromPSObject(PSObject value)
    {
        var members = new List<KeyValuePair<string, object?>>();
        foreach (var property in value.Properties)
        {
            if (property.IsGettable) members.Add(new(property.Name, Read(() => property.Value)));
        }

        return members;
    }

    private static List<KeyValuePair<string, object?>> FromProperties(object bare)
    {
        var properties = Readable.GetOrAdd(bare.GetType(), type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0).ToArray());
        var members = new List<KeyValuePair<string, object?>>(properties.Length);
        foreach (var property in properties) members.Add(new(property.Name, Read(() => property.GetValue(bare))));
        return members;
    }

    private static void Fold(List<KeyValuePair<string, object?>> members)
    {
        var at = members.FindIndex(member => member.Key.Equals(Additional, StringComparison.OrdinalIgnoreCase));
        if (at < 0) return;
        var value = members[at].Value;
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (bare is not null && (bare is string || IsList(bare))) return;

        members.RemoveAt(at);
        if (bare is null) return;
        foreach (var extra in Of(value!, bare) ?? [])
        {
            var index = members.FindIndex(member => member.Key.Equals(extra.Key, StringComparison.OrdinalIgnoreCase));
            if (index < 0) members.Add(extra);
            else if (members[index].Value is null) members[index] = new(members[index].Key, extra.Value);
        }
    }

    private static bool IsEmpty(object? value)
    {
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return bare is null || (bare is ICollection { Count: 0 });
    }

    /// <summary>A generic dictionary that is not an IDictionary; rare, but the Graph SDK has some.</summary>
    private static bool IsDictionary(object bare) =>
        bare is IEnumerable and not string and not IDictionary
        && bare.GetType().GetInterfaces()
        .Any(type => type.IsGenericType
            && (type.GetGenericTypeDefinition() == typeof(IDictionary<,>)
                || type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)));

    private static string Text(object? key) => key?.ToString() ?? string.Empty;

    /// <summary>A property that cannot be read has no value; the rest of the record has.</summary>
    private static object? Read(Func<object?> get)
    {
        try
        {
            return get();
        }
        catch (Exception error) when (error is GetValueException or GetValueInvocationException or TargetInvocationException)
        {
            return null;
        }
    }
}
