using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>
/// The columns of activities that this tool wrote: <c>entra-audit activity --csv</c>, and its objects through Export-Csv.
/// </summary>
internal static class ActivityColumns
{
    /// <summary>What columns with these names are; null when others'.</summary>
    public static CsvLayout? Recognize(string[] names)
    {
        bool Has(string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
        var isOurs = (Has("Time") || Has("TimeUtc")) && Has("Activity") && Has("Origin")
            && (Has("InitiatedBy") || Has("InitiatedById") || Has("InitiatedByUserPrincipalName"));
        if (!isOurs) return null;
        const RecordShape Shape = RecordShape.ActivityRow;
        return CsvLayout.Of(Shape, Recognized.Of(Shape), names, names.Where(name => !ActivityRecord.Columns.Contains(name)));
    }
}
