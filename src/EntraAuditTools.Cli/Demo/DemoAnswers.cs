using EntraAuditTools.Cli.Commands;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Provisioning;

namespace EntraAuditTools.Cli.Demo;

/// <summary>What an administrator asks first, answered from the sample tenant.</summary>
internal static class DemoAnswers
{
    private static readonly string[] AccessCategories = ["RoleManagement", "GroupManagement"];

    public static void Write(MirrorReader mirror)
    {
        Screen.WriteHeading("What happened last?", "Get-AuditActivity -First 8");
        ActivityTable.Write(AuditActivityQuery.Run(mirror, new AuditActivityFilter { First = 8 }));

        Screen.WriteHeading("Who changed roles and groups?",
            "Measure-AuditActivity -Category RoleManagement, GroupManagement -By Actor, Activity");
        WriteMeasure(AuditActivityMeasureQuery.Run(mirror, new AuditActivityFilter { Category = AccessCategories }, ["Actor", "Activity"])
            .Take(8), ["Actor", "Activity"]);

        Screen.WriteHeading("What fails?", "Measure-AuditActivity -Result failure, timeout -By Service, Activity");
        WriteMeasure(AuditActivityMeasureQuery.Run(mirror, new AuditActivityFilter { Result = ["failure", "timeout"] },
            ["Service", "Activity"]).Take(8), ["Service", "Activity"]);

        WriteTrail(mirror);

        Screen.WriteHeading("Is provisioning healthy?", "Get-ProvisioningSummary");
        WriteHealth(ProvisioningSummaryQuery.Run(mirror, new ProvisioningSummaryFilter()));

        EntitlementAnswers.Write(mirror);

        Screen.WriteHeading("Which days are held, and which for certain?", "Get-AuditCoverage");
        CoverageCommand.Write(CoverageQuery.Run(mirror, null, null, null, null, DateTimeOffset.UtcNow).TakeLast(10));
    }

    private static void WriteHealth(IEnumerable<ProvisioningSummary> jobs) =>
        Screen.WriteTable(
            ["Application", "State", Column.Number("Entries"), Column.Number("Failures"), "Last run (UTC)", "Quarantine"],
            jobs.Select(job => (IReadOnlyList<string>)
            [
                job.Application ?? job.JobId ?? string.Empty, job.State ?? "(from the log)", $"{job.Entries:N0}", $"{job.Failures:N0}",
                job.LastRun is { } run ? ActivityTable.Time(run) : string.Empty, job.Quarantine?.Reason ?? string.Empty,
            ]));

    private static void WriteMeasure(IEnumerable<AuditActivityMeasure> measures, IReadOnlyList<string> dimensions) =>
        Screen.WriteTable(
            [.. dimensions.Select(dimension => new Column(dimension)), Column.Number("Count"), Column.Number("Failed"), "First (UTC)",
                "Last (UTC)"],
            measures.Select(measure => (IReadOnlyList<string>)
            [
                .. dimensions.Select(dimension => measure.Group[dimension]?.ToString() ?? string.Empty),
                $"{measure.Count:N0}", $"{measure.Failure:N0}", ActivityTable.Time(measure.First), ActivityTable.Time(measure.Last),
            ]));

    /// <summary>The operation with the most events in the log, step by step, with what it changed.</summary>
    private static void WriteTrail(MirrorReader mirror)
    {
        var trail = AuditActivityQuery.Run(mirror, new AuditActivityFilter())
            .Where(activity => activity.CorrelationId != null)
            .GroupBy(activity => activity.CorrelationId)
            .MaxBy(group => group.Count());
        if (trail == null) return;

        Screen.WriteHeading("What belongs to one operation?", $"Get-AuditActivity -CorrelationId {trail.Key} | Sort-Object Time");
        var steps = AuditActivityQuery.Run(mirror, new AuditActivityFilter { CorrelationId = [trail.Key!] }).Reverse().Take(12).ToList();
        ActivityTable.Write(steps);
        var changes = steps.SelectMany(step => step.Targets)
            .SelectMany(target => target.ModifiedProperties.Select(property => $"{target}: {property}")).Distinct().Take(6).ToList();
        if (changes.Count > 0) Console.WriteLine();
        foreach (var change in changes) Screen.WriteLine("  " + change);
    }
}
