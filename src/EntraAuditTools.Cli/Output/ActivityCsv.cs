using System.Globalization;
using CsvHelper;

namespace EntraAuditTools.Cli.Output;

/// <summary>
/// Activities as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe before it: see <see cref="FormulaText"/>.
/// </summary>
internal static class ActivityCsv
{
    private static readonly (string Header, Func<AuditActivity, string?> Value)[] Columns =
    [
        ("Time", activity => activity.Time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture)),
        ("Service", activity => activity.Service),
        ("Category", activity => activity.Category),
        ("Activity", activity => activity.Activity),
        ("OperationType", activity => activity.OperationType),
        ("Result", activity => activity.Result),
        ("ResultReason", activity => activity.ResultReason),
        ("InitiatedByType", activity => activity.InitiatedBy.Type),
        ("InitiatedById", activity => activity.InitiatedBy.Id),
        ("InitiatedByDisplayName", activity => activity.InitiatedBy.DisplayName),
        ("InitiatedByUserPrincipalName", activity => activity.InitiatedBy.UserPrincipalName),
        ("IPAddress", activity => activity.InitiatedBy.IPAddress),
        ("Targets", activity => activity.Targets.ToString()),
        ("ModifiedProperties", activity => string.Join("; ", activity.Targets.SelectMany(target => target.ModifiedProperties))),
        ("AdditionalDetails", activity => activity.AdditionalDetails.ToString()),
        ("CorrelationId", activity => activity.CorrelationId),
        ("TenantId", activity => activity.TenantId),
        ("Id", activity => activity.Id),
        ("Origin", activity => activity.Origin),
    ];

    /// <summary>A cell that begins or ends with a blank is quoted, so that a reader that trims what is not quoted keeps it.</summary>
    private static readonly CsvWriterOptions Options = new() { Quoting = CsvQuoting.WhenNeededOrWhitespace };

    public static void Write(TextWriter output, IEnumerable<AuditActivity> activities)
    {
        using var csv = CsvWriter.Create(output, Options, leaveOpen: true);
        foreach (var (header, _) in Columns) csv.WriteField(header);
        csv.EndRecord();
        foreach (var activity in activities)
        {
            foreach (var (_, value) in Columns) csv.WriteField(FormulaText.Harmless(value(activity)));
            csv.EndRecord();
        }
    }
}
