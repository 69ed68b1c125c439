using System.Collections;
using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>Gives the parameters of a question in SQL their values.</summary>
internal static class SqlParameters
{
    /// <summary>How the views write times.</summary>
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffffff'Z'";

    /// <summary>How people read a time of an answer: to the second, and that it is UTC, which no heading says.</summary>
    public const string ShownTimeFormat = "yyyy-MM-dd HH:mm:ss'Z'";

    /// <summary>Binds all; a time is bound as the views write it, a list as a JSON array for <c>json_each</c>.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="values">Values by name, with or without @, : or $ before it.</param>
    /// <exception cref="AuditToolException">
    /// InvalidParameter: one has no value, is not in the question, or is of no type that SQL knows.
    /// </exception>
    public static void Bind(sqlite3_stmt statement, IReadOnlyDictionary<string, object?> values)
    {
        var given = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values) given[name.TrimStart('@', ':', '$')] = value;
        var left = new HashSet<string>(given.Keys, StringComparer.OrdinalIgnoreCase);
        for (var i = 1; i <= raw.sqlite3_bind_parameter_count(statement); i++)
        {
            var written = raw.sqlite3_bind_parameter_name(statement, i).utf8_to_string() ?? "?";
            var name = written.TrimStart('@', ':', '$');
            if (!given.TryGetValue(name, out var value))
                throw Wrong($"The question has a parameter {written}, and no value was given for it.",
                    "Give it by its name: @name in the question, name = value beside it.");
            Bind(statement, i, name, value);
            left.Remove(name);
        }

        if (left.Count > 0)
            throw Wrong($"The question has no parameter '{left.Order(StringComparer.Ordinal).First()}'.",
                "Write it as @name where its value belongs.");
    }

    private static void Bind(sqlite3_stmt statement, int index, string name, object? value)
    {
        _ = value switch
        {
            null => raw.sqlite3_bind_null(statement, index),
            bool flag => raw.sqlite3_bind_int64(statement, index, flag ? 1 : 0),
            sbyte or byte or short or ushort or int or uint or long => raw.sqlite3_bind_int64(statement, index,
                Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            float or double or decimal => raw.sqlite3_bind_double(statement, index, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            string text => raw.sqlite3_bind_text(statement, index, text),
            byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
            DateTimeOffset time => raw.sqlite3_bind_text(statement, index, Text(time)),
            DateTime time => raw.sqlite3_bind_text(statement, index, Text(new DateTimeOffset(time.ToUniversalTime()))),
            DateOnly day => raw.sqlite3_bind_text(statement, index, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            Guid id => raw.sqlite3_bind_text(statement, index, id.ToString()),
            Enum word => raw.sqlite3_bind_text(statement, index, word.ToString()),
            IEnumerable list => raw.sqlite3_bind_text(statement, index,
                JsonSerializer.Serialize(list.Cast<object?>().Select(item => item?.ToString()))),
            _ => throw Wrong($"The value of '{name}' is a {value.GetType().Name}: SQL has numbers, texts, times and bytes.",
                "Give one of those, for instance a property of it."),
        };
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static AuditToolException Wrong(string message, string advice) =>
        new("InvalidParameter", AuditErrorKind.InvalidArgument, message, advice);
}
