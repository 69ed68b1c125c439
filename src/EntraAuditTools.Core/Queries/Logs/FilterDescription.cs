using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>A filter in words, as it was understood, for <c>-Verbose</c>.</summary>
internal sealed class FilterDescription
{
    public const string NoQuery = "No query: nothing in this mirror can match.";

    /// <summary>Of a mirror that an older version made.</summary>
    public const string NoLog = "No query: this mirror has no such log yet. The next import brings it up to date.";

    private readonly StringBuilder text;

    public FilterDescription(string what, DateTimeOffset? after, DateTimeOffset? before)
    {
        text = new StringBuilder(what);
        if (after is { } from) text.Append(" from ").Append(Time(from)).Append(" (included)");
        if (before is { } to) text.Append(" to ").Append(Time(to)).Append(" (excluded)");
    }

    /// <summary>A point in time, as exact as it was given.</summary>
    public static string Time(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss.FFFFFFF}Z");

    public FilterDescription Add(string what, IReadOnlyList<string>? texts)
    {
        if (texts is { Count: > 0 }) text.Append("; ").Append(what).Append(" like ").AppendJoin(" or ", texts.Select(value => $"'{value}'"));
        return this;
    }

    /// <summary>What is asked by a filter of a log.</summary>
    public FilterDescription Add(LogField field, IReadOnlyList<string> texts)
    {
        if (!field.IsPhrase && !field.IsNumber && !field.IsTime) return Add(field.Words, texts);
        text.Append("; ").Append(field.Words).Append(' ').AppendJoin(" or ", texts);
        return this;
    }

    public string End(string order, long skip, long? first)
    {
        text.Append("; ").Append(order);
        if (skip > 0) text.Append(CultureInfo.InvariantCulture, $", without the first {skip}");
        if (first is { } most) text.Append(CultureInfo.InvariantCulture, $", at most {most}");
        return text.Append('.').ToString();
    }

    /// <summary>An SQL text with the values bound to it.</summary>
    public static string OfSql(SqlText sql)
    {
        var text = new StringBuilder(sql.ToString());
        for (var i = 0; i < sql.Values.Count; i++)
            text.Append(CultureInfo.InvariantCulture,
                $"{(i == 0 ? " -- " : ", ")}@p{i} = {(sql.Values[i] is byte[] bytes ? $"x'{Convert.ToHexString(bytes)}'" : sql.Values[i])}");
        return text.ToString();
    }
}
