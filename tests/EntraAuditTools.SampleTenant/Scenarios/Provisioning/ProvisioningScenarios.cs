using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Account provisioning in the audit log: import, match, rule, export, and what goes wrong. Made from the same entries that the
/// provisioning log holds, so names, ids and times agree.
/// </summary>
internal static class ProvisioningScenarios
{
    private const int EventsOfAPass = 4;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(40);
    private static readonly EventActor ProvisioningActor = new(false, null, "Azure AD Cloud Sync");

    /// <summary>One object, one pass: four events, whatever comes of it.</summary>
    public static void Pass(ScenarioContext scenario)
    {
        var moment = MomentOf(scenario);
        if (moment.Case == ProvisioningCase.RolesImported)
            Roles(scenario);
        else
            Trail(scenario, ProvisioningEntryFactory.Make(scenario.Tenant, moment));
    }

    /// <summary>What the pass of this scenario is.</summary>
    public static ProvisioningMoment MomentOf(ScenarioContext scenario) =>
        new(scenario.Tenant.Plan.CaseOfPass(scenario.Seed), scenario.Seed, scenario.Start, scenario.Start, InAuditLog: true);

    /// <summary>A failed export is retried from escrow for hours, and works in the end or not.</summary>
    public static void Escrow(ScenarioContext scenario)
    {
        var moments = MomentsOfEscrow(scenario.Seed, scenario.Start, inAuditLog: true);
        Trail(scenario, ProvisioningEntryFactory.Make(scenario.Tenant, moments[0]));
        foreach (var moment in moments.Skip(1))
        {
            var entry = ProvisioningEntryFactory.Make(scenario.Tenant, moment);
            scenario.Step(moment.Ticks - moment.Start, (random, ticks) =>
                Sync(random, ticks, entry, "Process escrow", entry.Error is null ? "success" : "failure",
                entry.Error is null
                    ? $"User '{entry.MatchingId}' was processed from escrow after {moment.Attempt} attempts"
                    : $"User '{entry.MatchingId}' will be retried; {entry.Error.Reason}",
                [new("EventName", entry.Error is null ? "EntryEscrowSuccess" : "EntryEscrowRetry"),
                    new("ErrorCode", entry.Error?.Code ?? ""), new("Details", entry.Error?.Reason ?? ""), new("JobId", entry.Job.JobId)]));
        }
    }

    /// <summary>The first try and its retries: after 40 minutes, then each time after twice as long.</summary>
    public static ProvisioningMoment[] MomentsOfEscrow(ulong seed, long start, bool inAuditLog, bool? recovers = null)
    {
        var random = new SampleRandom(SampleRandom.Mix(seed, 68));
        var moments = new ProvisioningMoment[1 + random.Between(2, 4)];
        var what = recovers ?? random.Chance(60) ? ProvisioningCase.EscrowRecovered : ProvisioningCase.EscrowStuck;
        long ticks = start;
        for (int attempt = 0; attempt < moments.Length; attempt++)
        {
            moments[attempt] = new(what, seed, start, ticks, attempt, moments.Length, inAuditLog);
            ticks += FirstRetry.Ticks << attempt;
        }

        return moments;
    }

    /// <summary>How many entries of the provisioning log go with so many events of an escrow scenario.</summary>
    public static int EntriesOfEscrow(int events) => Math.Max(1, events - EventsOfAPass + 1);

    /// <summary>A job goes into quarantine, is looked at and restarted.</summary>
    public static void Quarantine(ScenarioContext scenario)
    {
        var job = scenario.Tenant.QuarantinedJob;
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        var error = ProvisioningErrors.Credentials(job);
        string reason = $"EncounteredQuarantineException: {error.Reason} {error.RecommendedAction}";
        AuditEvent Change(SampleRandom random, long ticks, string activity, EventActor actor, string result, string? text,
            EventDetail[] details) =>
            Record("Sync", "Account Provisioning", random, ticks, correlation, "ProvisioningManagement", activity, "", actor,
                [Principal(job.Application), new(null, null, null)], details, result, text);
        scenario.Step(0, (random, ticks) =>
            Change(random, ticks, "Quarantine", scenario.Tenant.Services.Provisioning, "failure", reason,
                [new("JobId", job.JobId), new("ErrorCode", error.Code), new("EventName", "QuarantineStarted")]));
        scenario.Step(scenario.About(86_000),
            (random, ticks) => Change(random, ticks, "Quarantine", scenario.Tenant.Services.Provisioning, "failure", reason,
                [new("JobId", job.JobId), new("ErrorCode", error.Code), new("EventName", "QuarantineContinues")]));
        scenario.Step(TimeSpan.FromDays(2),
            (random, ticks) => Change(random, ticks, "Update provisioning setting or credentials", Actor(random, administrator), "success",
                "", [new("JobId", job.JobId)]));
        scenario.Step(ProvisioningPlan.Restart,
            (random, ticks) => Change(random, ticks, "Enable/restart provisioning configuration", Actor(random, administrator), "success",
                "", [new("JobId", job.JobId)]));
    }

    /// <summary>Roles come from Amazon Web Services; the provisioning log does not know of them.</summary>
    private static void Roles(ScenarioContext scenario)
    {
        var job = scenario.Tenant.Jobs.First(candidate => candidate.Kind == ProvisioningTargetKind.AmazonWebServices);
        string correlation = scenario.Random.NewId();
        string[] names = ["Finance-ReadOnly", "DataLake-Contributor", "Billing-Viewer", "Warehouse-Operator"];
        for (int index = 0; index < EventsOfAPass; index++)
        {
            string role = $"arn:aws:iam::123456789012:role/{names[index]},arn:aws:iam::123456789012:saml-provider/HarborlineEntra";
            string name = names[index];
            scenario.Step(TimeSpan.FromMilliseconds(140 * index),
                (random, ticks) => Record("Sync", "Account Provisioning", random, ticks, correlation, "ProvisioningManagement", "Import",
                    "", ProvisioningActor,
                [Principal(job.Application), new(null, null, role)],
                [new("EventName", "EntryImport"), new("Details", ""), new("ErrorCode", ""), new("displayName", name), new("value", role),
                    new("JobId", job.JobId)],
                reason: $"Received Role '{name}' from {job.Application.DisplayName}"));
        }
    }

    private static void Trail(ScenarioContext scenario, ProvisioningEntry entry)
    {
        var steps = entry.Steps!;
        var decision = steps.First(step => step.Type == "processing");
        bool skipped = entry.Status == "skipped";
        var duration = TimeSpan.FromMilliseconds(entry.DurationMilliseconds!.Value);
        scenario.Step(0, (random, ticks) => Sync(random, ticks, entry, "Import", "success", steps[0].Description,
            [new("EventName", steps[0].Name), new("Details", ""), new("ErrorCode", ""), new("ObjectId", entry.Source!.Id),
                .. steps[0].Details, new("JobId", entry.Job.JobId)]));
        scenario.Step(duration / 5, (random, ticks) => Sync(random, ticks, entry, "Import", "success", steps[1].Description,
            [new("EventName", steps[1].Name), new("Details", ""), new("ErrorCode", ""), .. steps[1].Details]));
        scenario.Step(duration / 2, (random, ticks) =>
            Sync(random, ticks, entry, "Synchronization rule action", "success", decision.Description,
            [new("EventName", decision.Name),
                new("Details", skipped ? string.Join("; ", decision.Details.Skip(1).Concat(steps[2].Details)
                    .Select(detail => $"{detail.Key}={detail.Value}")) : ""), new("ErrorCode", "")]));
        scenario.Step(duration, (random, ticks) =>
            Sync(random, ticks, entry, skipped ? "Other" : "Export", entry.Status == "failure" ? "failure" : "success",
            skipped ? $"{decision.Description[..decision.Description.IndexOf("' will", StringComparison.Ordinal)]}' was skipped"
                : steps[^1].Description,
            [
                new("EventName", steps[^1].Name), new("Details", entry.Error?.Reason ?? ""), new("ErrorCode", entry.Error?.Code ?? ""),
                new("JobId", entry.Job.JobId),
                .. entry.Changes.Select(change => new EventDetail(change.Name, change.NewValue)),
            ]));
    }

    private static AuditEvent Sync(SampleRandom random, long ticks, ProvisioningEntry entry, string activity, string result, string reason,
        EventDetail[] details) =>
        Record("Sync", "Account Provisioning", random, ticks, entry.ChangeId, "ProvisioningManagement", activity, "", ProvisioningActor,
            [Principal(entry.Job.Application), new(null, null, entry.MatchingId)], details, result, reason);
}
