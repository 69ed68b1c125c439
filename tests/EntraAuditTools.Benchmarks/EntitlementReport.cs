using EntraAuditTools.Benchmarks.Measuring;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Benchmarks;

/// <summary>Prints what was measured of entitlement management.</summary>
internal sealed class EntitlementReport(Report report)
{
    public void Write(EntitlementBulkOptions size, long bytes, MeasuredImport import, List<EntitlementQuestion> questions)
    {
        report.Table(["entitlement import", "EntraAuditTools"], [
            ["users, packages, assignments", $"{size.Users:N0}, {size.Packages:N0}, {size.Assignments:N0} ({bytes / 1e6:N0} MB)"],
            ["time", $"{import.Seconds:N1} s"],
            ["assignments per second", $"{import.Records / import.Seconds:N0}"],
            ["MB per second", $"{bytes / 1e6 / import.Seconds:N0}"],
            ["peak memory", Report.Megabytes(import.PeakBytes)],
            ["mirror / input", $"{(double)import.DatabaseBytes / bytes:P0}"],
        ]);
        report.Table(["of entitlement management", "rows", "first time", "median", "bar", string.Empty],
            questions.Where(question => !question.IsStream).Select(question => new[]
        {
            question.Name, $"{question.Rows:N0}", $"{question.ColdMilliseconds:N0} ms", $"{question.Milliseconds:N1} ms", question.Bar is { } bar ? $"{bar:N0} ms"
                : string.Empty, Kept(question),
        }));
        report.Table(["with very many rows", "rows", "first object", "all", "rows per second", string.Empty],
            questions.Where(question => question.IsStream).Select(question => new[]
        {
            question.Name, $"{question.Rows:N0}", $"{question.FirstMilliseconds:N0} ms", $"{question.Milliseconds / 1000:N2} s",
                $"{question.Rows / question.Milliseconds * 1000:N0}", Kept(question),
        }));
    }

    private static string Kept(EntitlementQuestion question) => question.IsKept switch { true => "kept", false => "MISSED", null => string.Empty };
}
