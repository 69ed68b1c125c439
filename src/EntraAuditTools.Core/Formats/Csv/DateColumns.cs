using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>Which columns and properties hold times.</summary>
internal static class DateColumns
{
    private static readonly string[] Parts =
        ["date", "time", "fecha", "datum", "data", "zeit", "created", "modified", "expire", "start", "end", "seen", "logged"];

    private static readonly HashSet<string> OfPortalObjects = ["start", "end", "created", "modified"];

    /// <summary>Objects whose texts are others' words: dates in them follow other habits.</summary>
    private static readonly HashSet<string> NotOurs =
        new(StringComparer.OrdinalIgnoreCase) { "details", "additionalDetails", "modifiedProperties", "AuditData", "ExtendedProperties" };

    /// <summary>The columns of a CSV that times of records are read from, first choice first; empty when none is.</summary>
    /// <param name="shape">Shape of its rows.</param>
    /// <param name="columns">Names under which the columns are kept.</param>
    /// <param name="areAlternatives">Whether the first that is filled is the time, rather than each a time of its own.</param>
    public static int[] Read(RecordShape shape, IReadOnlyList<string> columns, out bool areAlternatives)
    {
        areAlternatives = shape is not (RecordShape.GraphEntitlement or RecordShape.PortalAssignmentRow
            or RecordShape.PortalConnectedOrganizationRow);
        int[] Named(params string[] names) =>
            [.. names.SelectMany(name => Enumerable.Range(0, columns.Count)
                .Where(i => columns[i].Equals(name, StringComparison.OrdinalIgnoreCase)))];
        return shape switch
        {
            RecordShape.PortalAuditRow => Named("Date (UTC)"),
            RecordShape.PortalProvisioningRow => Named("activityDateTime"),
            RecordShape.LogAnalyticsAudit
                or RecordShape.LogAnalyticsProvisioning =>
                Named("activityDateTime", "ActivityDateTime [UTC]", "TimeGenerated", "TimeGenerated [UTC]"),
            RecordShape.ActivityRow => Named("TimeUtc", "Time", "ActivityDateTime"),
            RecordShape.UnifiedAuditData => Named("CreationTime", "CreationDate"),
            RecordShape.PortalAssignmentRow or RecordShape.PortalConnectedOrganizationRow => Named([.. OfPortalObjects]),
            RecordShape.GraphEntitlement => [.. Enumerable.Range(0, columns.Count).Where(i => IsTimeName(columns[i]))],
            _ => [],
        };
    }

    /// <summary>Whether a header is that of a date, and not of a changed value.</summary>
    public static bool MayHoldDates(string header)
    {
        var name = PortalColumns.Normalize(header);
        return !name.StartsWith("target", StringComparison.Ordinal) && !name.StartsWith("additionaldetail", StringComparison.Ordinal)
            && Array.Exists(Parts, part => name.Contains(part, StringComparison.Ordinal));
    }

    /// <summary>Whether a property of a record holds a time.</summary>
    public static bool IsTimeName(string name)
    {
        if (name.EndsWith("DateTime", StringComparison.OrdinalIgnoreCase) || name.Equals("time", StringComparison.OrdinalIgnoreCase))
            return true;
        if (name.StartsWith("TimeGenerated", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("Date", StringComparison.OrdinalIgnoreCase)) return true;
        return name is "CreationTime" or "addedOn" or "AddedOn" || (name.Length < 40 && PortalColumns.Canonical(name) == "Date (UTC)");
    }

    /// <summary>Whether the texts in an object are the log's own, and not values that a record carries.</summary>
    public static bool IsOurs(string name) => !NotOurs.Contains(name);

    /// <summary>Whether a column of a row that becomes an object holds a time.</summary>
    public static bool IsTimeColumn(RecordShape shape, string name) =>
        ShapeInfo.Of(shape).IsPortalObject ? OfPortalObjects.Contains(name) : IsTimeName(name);
}
