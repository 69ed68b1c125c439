using System.Globalization;
using System.Management.Automation;
using EntraAuditTools.Core.Queries.Sql;

namespace EntraAuditTools.PowerShell.Serialization;

/// <summary>
/// A time in a row of Invoke-AuditQuery: a DateTimeOffset for whoever compares, sorts or reckons, and the same text in every culture for whoever
/// reads, in tables, texts and CSV. Its columns have no format of their own, because the question names them.
/// </summary>
internal static class QueryTime
{
    private static readonly PSCodeMethod Text = new("ToString", typeof(QueryTime).GetMethod(nameof(ToText))!);

    /// <summary>Wraps a time.</summary>
    /// <param name="time">A time, UTC.</param>
    public static PSObject Of(DateTimeOffset time)
    {
        // Not AsPSObject: that could be a wrapper that others have too.
        var shown = new PSObject(time);
        shown.Members.Add(Text);
        return shown;
    }

    /// <summary>What the engine and scripts get as its text.</summary>
    /// <param name="instance">The time.</param>
    /// <param name="format">One of DateTimeOffset; null for the one that rows have, to the second, UTC.</param>
    /// <param name="culture">Of the format; null for none in particular.</param>
    public static string ToText(PSObject instance, string? format = null, IFormatProvider? culture = null) =>
        ((DateTimeOffset)instance.BaseObject).ToString(format ?? SqlParameters.ShownTimeFormat, culture ?? CultureInfo.InvariantCulture);
}
