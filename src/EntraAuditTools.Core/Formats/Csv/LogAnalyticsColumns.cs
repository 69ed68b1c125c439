using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>The columns of tables of Log Analytics, whole or as a query picked them.</summary>
internal static class LogAnalyticsColumns
{
    private static readonly string[] OfAudits = ["TargetResources", "InitiatedBy", "AADOperationType", "LoggedByService", "Result",
        "ResultReason"];

    /// <summary>Names of Graph and the portal that -ColumnMap may give, as the table has them.</summary>
    private static readonly Dictionary<string, string> Given = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Date (UTC)"] = "ActivityDateTime", ["activityDateTime"] = "ActivityDateTime", ["Time"] = "ActivityDateTime",
            ["Activity"] = "ActivityDisplayName",
        ["Service"] = "LoggedByService", ["OperationType"] = "AADOperationType", ["User Agent"] = "UserAgent",
            ["AdditionalDetails"] = "AdditionalDetails",
    };

    /// <summary>What columns with these meanings are; null when no such table.</summary>
    public static CsvLayout? Recognize(ColumnMeaning[] columns, Func<IReadOnlyList<string[]>>? firstRows)
    {
        var names = columns.Select(column => column.IsMapped ? Given.GetValueOrDefault(column.Name, column.Name) : column.Name).ToArray();
        bool Has(string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
        var isTable = Has("TimeGenerated")
            || Array.Exists(columns, column => column.Header.StartsWith("TimeGenerated", StringComparison.OrdinalIgnoreCase));
        if (!isTable) return null;

        // A table says its name in each row.
        var type = TypeOf(columns, firstRows);
        if (type != null && !IsTaken(type))
        {
            var label = ForeignKinds.OfTable(type) ?? $"Log Analytics row of {type}";
            return NotSupported(names, label);
        }

        if (type == "AADProvisioningLogs" || Has("ProvisioningSteps") || Has("ProvisioningAction") || Has("ChangeId"))
            return Of(RecordShape.LogAnalyticsProvisioning, columns, names);
        if (type == null && (Has("ConditionalAccessStatus") || (Has("AppDisplayName") && Has("UserPrincipalName"))))
            return NotSupported(names, "sign-in");
        var isAudit = type != null || Has("ActivityDisplayName") || (Has("OperationName") && Array.Exists(OfAudits, Has));
        return isAudit ? Of(RecordShape.LogAnalyticsAudit, columns, names) : null;
    }

    private static CsvLayout Of(RecordShape shape, ColumnMeaning[] columns, string[] names)
    {
        var recognized = shape == RecordShape.LogAnalyticsAudit ? Recognized.Of(shape) : Recognized.Of(shape);
        // The portal's columns replace the objects that a query left out.
        bool IsRead(string name) =>
            StandardColumns.Has(shape, name) || (shape == RecordShape.LogAnalyticsAudit && LogAnalyticsAuditRow.IsRead(name));
        return CsvLayout.Of(shape, recognized, names, columns.Where((_, i) => !IsRead(names[i])).Select(column => column.Header));
    }

    private static CsvLayout NotSupported(string[] names, string label) =>
        CsvLayout.Of(RecordShape.Unknown, new(RecordKind.NotSupported, RecordShape.Unknown, label), names, []);

    private static string? TypeOf(ColumnMeaning[] columns, Func<IReadOnlyList<string[]>>? firstRows)
    {
        var at = Array.FindIndex(columns, column => column.Name.Equals("Type", StringComparison.OrdinalIgnoreCase));
        if (at < 0 || firstRows == null) return null;
        // What most rows say: the first may be damaged, with other cells in place of its own.
        return firstRows().Where(row => row.Length == columns.Length).Select(row => row[at].Trim()).Where(type => type.Length > 0)
            .GroupBy(type => type).OrderByDescending(rows => rows.Count()).ThenByDescending(rows => IsTaken(rows.Key)).FirstOrDefault()?.Key;
    }

    private static bool IsTaken(string type) => type is "AuditLogs" or "AADProvisioningLogs";
}
