using System.Globalization;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Queries.Provisioning;

namespace EntraAuditTools.Core.Reporting.Content;

/// <summary>Provisioning by application, and what all numbers rest on: coverage by day, and the imports.</summary>
internal sealed class SourceSections(MirrorReader mirror, ReportOptions options)
{
    private const int Most = 250;

    /// <summary>Provisioning.</summary>
    public ReportSection Provisioning()
    {
        var asked = new ProvisioningSummaryFilter { After = options.After, Before = options.Before, Tenant = options.Tenants };
        var jobs = ProvisioningSummaryQuery.Run(mirror, asked).ToList();
        if (jobs.Count == 0) return new("provisioning", "Provisioning") { Sentences = ["The mirror holds no provisioning of this time."] };
        return new("provisioning", "Provisioning")
        {
            Numbers =
            [
                ("jobs", Number(jobs.Count)), ("in quarantine", Number(jobs.Count(job => job.InQuarantine == true))),
                ("entries", Number(jobs.Sum(job => job.Entries))), ("failed", Number(jobs.Sum(job => job.Failures ?? 0))),
            ],
            Tables =
            [
                new("jobs", "Health by application",
                    ["Application", "State", "Quarantine", "Last run", "Entries", "Failed", "Success %", "Most frequent error"],
                    [.. jobs.Select(job => new object?[]
                    {
                        job.Application, job.State, job.InQuarantine, job.LastRun ?? job.LastEntry, job.Entries, job.Failures,
                        job.SuccessRate is { } rate ? Math.Round(rate, 1) : null, job.TopErrors.FirstOrDefault()?.ToString(),
                    })])
                {
                    Command = "Get-ProvisioningSummary",
                    Views = [new("in quarantine", "Quarantine", "=yes"), new("with failures", "Failed", ">0")],
                },
            ],
        };
    }

    /// <summary>Coverage.</summary>
    /// <param name="activities">The activities by day, where they were counted already.</param>
    public ReportSection Coverage(DaysByTenant? activities)
    {
        var days = CoverageQuery.Run(mirror, null, options.Tenants, options.After, options.Before, options.Now, activities)
            .ToList();
        if (days.Count == 0)
            return new("coverage", "Coverage") { Sentences = ["The mirror holds no logs: nothing above can rest on any day."] };
        return new("coverage", "Coverage")
        {
            Sentences =
            [
                "Covered: the log is known to be complete for the day. Observed: there are records, and nothing says that they are all. Gap: "
                    + "no records, and nothing says that nothing happened.",
            ],
            Charts = [.. days.GroupBy(day => (day.Kind, day.TenantId)).Select(log => new ReportChart(
                $"{log.Key.Kind}{(log.Key.TenantId is { } tenant ? $", tenant {tenant}" : string.Empty)}: records by day", "records", null,
                [.. log.Select(day => new ReportBar(Day(day), day.Records, Kind: day.State))]))],
            Tables =
            [
                new("coverage-days", "Days that are not covered", ["Day", "Log", "State", "Records", "Tenant"],
                    [.. days.Where(day => day.State != "Covered").Take(Most * 4).Select(day => new object?[]
                    {
                        Day(day), day.Kind, day.State, day.Records, day.TenantId,
                    })])
                {
                    Command = "Get-AuditCoverage",
                    Views = [new("gaps", "State", "=Gap"), new("observed only", "State", "=Observed")],
                    Empty = "Every day is covered.",
                },
            ],
        };
    }

    /// <summary>Imports.</summary>
    public ReportSection Imports()
    {
        var imports = ImportHistoryQuery.Imports(mirror, null).ToList();
        return new("imports", "Where this comes from")
        {
            Numbers =
            [
                ("imports", Number(imports.Count)), ("records that could not be read", Number(imports.Sum(import => import.Rejected))),
            ],
            Tables =
            [
                new("imports-list", "Imports, with the digest of each file",
                    ["Import", "Started", "By", "Source", "Kind", "Read", "New", "Rejected", "SHA-256"],
                    [.. imports.Take(Most).Select(import => new object?[]
                    {
                        import.ImportId, import.Started, import.ImportedBy, import.Source, import.Kind, import.Read, import.Added,
                        import.Rejected, import.Sha256,
                    })])
                {
                    Total = imports.Count > Most ? imports.Count : null,
                    Command = "Get-AuditImport",
                    Views = [new("with records that could not be read", "Rejected", ">0")],
                },
            ],
        };
    }

    private static string Day(AuditCoverage day) => day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
