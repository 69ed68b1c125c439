using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Provisioning;

/// <summary>Synchronization jobs: states with history that don't name their application.</summary>
public sealed class JobTests
{
    private const string JobId = "scim.4b8c0f0c6a024c1fbd7d2f6a5f4f3d11.4ba2f0f6-0000-4000-8000-000000000001";
    private static readonly Tenant Tenant = new(new SampleTenantOptions { AuditRecords = 1500, Seed = 3 });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_job_of_the_sample_tenant_is_summed_up_as_its_export_says(bool sdk)
    {
        using var mirror = new TestMirror();
        var states = Tenant.Jobs.Select(job => SynchronizationState.At(Tenant, job, Tenant.Options.To.UtcTicks)).ToList();
        var results = sdk
            ? mirror.Import(mirror.Write("jobs.json", s => SynchronizationJobShapes.WriteSdk(s, states)))
            : mirror.Import([.. states.Select((state, i) => mirror.Write($"job{i}.json", s => SynchronizationJobShapes.WritePage(s, state)))]);
        Assert.All(results, r => Assert.Equal(("SynchronizationJob", 0L), (r.Kind, r.Rejected)));
        var truth = ExpectedProvisioning.ByJobId(Tenant);
        mirror.Import(mirror.Write("log.json", s => ProvisioningShapes.Write(ProvisioningShape.GraphPage, s, Tenant)));
        var summaries = mirror.Summaries();
        Assert.Equal(states.Select(s => s.Job.JobId).Order(), summaries.Select(s => s.JobId).Order());
        Assert.Equal(Tenant.QuarantinedJob.JobId, summaries[0].JobId);
        foreach (var state in states)
        {
            var summary = summaries.Single(s => s.JobId == state.Job.JobId);
            Assert.False(summary.Derived);
            Assert.Equal(state.Code, summary.State);
            Assert.Equal(state.Code == "Quarantine", summary.InQuarantine);
            Assert.Equal(state.Quarantine?.SeriesBegan, summary.Quarantine?.Since?.UtcTicks);
            Assert.Equal(state.Quarantine?.Reason, summary.Quarantine?.Reason);
            Assert.Equal(state.InitialCycleCompleted != null, summary.InitialCycleComplete);
            Assert.Equal(state.LastRunResult, summary.LastRunState);
            Assert.Equal(state.LastRunEnded == null ? null : (long?)state.Users + (state.Groups ?? 0), summary.Synchronized);
            // Only the run that ended the initial cycle counts all that is in scope.
            Assert.Equal(state.InitialCycleCompleted >= state.LastRunBegan && state.InitialCycleCompleted <= state.LastRunEnded
                ? (long?)state.InScope : null, summary.InScope);
            Assert.NotNull(summary.InScopeReason);
            Assert.Equal(truth[state.Job.JobId].Entries, summary.Entries);
            Assert.Equal(state.LastRunEnded ?? truth[state.Job.JobId].LastEntry, summary.LastRun?.UtcTicks);
            Assert.Equal(truth[state.Job.JobId].LastFailed.Count, summary.FailingIdentities.Count);
            Assert.Equal(truth[state.Job.JobId].Errors.Select(e => (e.Code, e.Count, e.Identities)),
                summary.TopErrors.Select(e => (e.ErrorCode!, e.Count, (int)e.Identities)));
            if (truth[state.Job.JobId].Entries > 0) Assert.Equal(state.Job.Application.DisplayName, summary.Application);
            else Assert.Equal(state.Job.Application.ServicePrincipalId, summary.ApplicationId);
        }
    }

    [Fact]
    public void A_job_that_never_ran_is_not_a_failed_one()
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$$$"""
            {"id":"{{{{JobId}}}}","templateId":"scim","schedule":{"interval":"PT40M","state":"Disabled"},"synchronizationJobSettings":[],
             "status":{"code":"NotRun","steadyStateFirstAchievedTime":"0001-01-01T00:00:00Z","steadyStateLastAchievedTime":"0001-01-01T00:00:00Z","quarantine":null,"synchronizedEntryCountByType":[],
               "lastExecution":{"state":"Failed","countEntitled":0,"error":{"code":"None","message":""},"timeBegan":"0001-01-01T00:00:00Z","timeEnded":"0001-01-01T00:00:00Z"}}}
            """);
        var job = mirror.Summaries().Single();
        Assert.Equal("NotRun", job.State);
        Assert.False(job.InitialCycleComplete);
        Assert.False(job.InQuarantine);
        Assert.Null(job.LastRun);
        Assert.Null(job.LastRunState);
        Assert.Null(job.LastRunError);
        Assert.Null(job.InScope);
        Assert.Null(job.Synchronized);
        Assert.Null(job.Failures);
        Assert.True(job.ObservedAtAssumed);
        Assert.Equal("4b8c0f0c-6a02-4c1f-bd7d-2f6a5f4f3d11", job.TenantId);
    }

    /// <summary>
    /// Counters of a run are of "processed entries" (Graph, synchronizationTaskExecution): what is in scope follows from them only when that
    /// run ended the initial cycle. What is synchronized is counted by type (synchronizationStatus.synchronizedEntryCountByType).
    /// </summary>
    [Theory]
    [InlineData("2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z", "2026-10-01T08:59:58Z", 40, 40L, "completed the initial cycle")]
    [InlineData("2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z", "2026-10-01T09:00:00.2Z", 40, 40L, "completed the initial cycle")]
    [InlineData("2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z", "2026-09-01T08:00:00Z", 40, null, "only what had changed")]
    [InlineData("2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z", "2026-09-01T08:00:00Z", 0, null, "only what had changed")]
    [InlineData("2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z", "0001-01-01T00:00:00Z", 40, null, "not complete")]
    [InlineData("2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z", "2026-10-01T08:59:58Z", 0, null, "counts nothing")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", 0, null, "No export tells of a run")]
    public void In_scope_is_what_the_initial_cycle_counted_or_not_known(string began, string ended, string steady, int entitled, long? expected, string reason)
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('11111111-0000-4000-8000-000000000009')/synchronization/jobs","value":[
            {"id":"{{{{JobId}}}}","templateId":"scim","schedule":{"interval":"PT40M","state":"Active"},"synchronizationJobSettings":[],
             "status":{"code":"Active","escrowsPruned":true,"steadyStateFirstAchievedTime":"{{{{steady}}}}","synchronizedEntryCountByType":[{"key":"user to User","value":3},{"key":"group to Group","value":30}],
             "lastExecution":{"state":"Succeeded","countEntitled":{{{{entitled + 1}}}},"countEntitledForProvisioning":{{{{entitled}}}},"countEscrowed":2,"error":null,"timeBegan":"{{{{began}}}}","timeEnded":"{{{{ended}}}}"}}}]}
            """);
        mirror.ImportText("""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#servicePrincipals","value":[{"id":"11111111-0000-4000-8000-000000000009","appId":"11111111-0000-4000-8000-00000000000a","displayName":"Harbour HR"}]}""", "sp.json");
        var job = mirror.Summaries(new() { Application = ["harbour*"] }).Single();
        Assert.Equal((expected, (long?)33, true), (job.InScope, job.Synchronized, job.EscrowsPruned));
        Assert.Contains(reason, job.InScopeReason, StringComparison.Ordinal);
        if (job.LastRun != null)
            Assert.Equal(["countEntitled", "countEntitledForProvisioning", "countEscrowed"], job.LastRunCounters.Select(counter => counter.Key));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_newest_observation_counts_whatever_the_order_of_import(bool newestFirst)
    {
        using var mirror = new TestMirror();
        string[] files = [mirror.Write("a.json", Job("Quarantine", "2026-10-01T08:00:00Z")), mirror.Write("b.json", Job("Active", "2026-10-03T08:00:00Z"))];
        if (newestFirst) Array.Reverse(files);
        var results = mirror.Import(files);
        Assert.Equal((1, 1), (results[0].Added, results[1].Updated));
        Assert.Equal("Active", mirror.Summaries().Single().State);
        Assert.Equal("Quarantine", mirror.Summaries(new() { Before = new DateTimeOffset(2026, 10, 2, 0, 0, 0, TimeSpan.Zero) }).Single().State);
        var seen = new DateTimeOffset(2026, 10, 3, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal(seen, mirror.Summaries().Single().ObservedAt);
        // What was seen at a moment is how it was by then.
        Assert.Equal(("Active", seen), mirror.Summaries(new() { Before = seen }).Select(job => (job.State, job.ObservedAt)).Single());
        Assert.Equal("Quarantine", mirror.Summaries(new() { Before = seen.AddTicks(-1) }).Single().State);
    }

    [Fact]
    public void The_application_is_given_at_import_or_taken_from_the_log()
    {
        using var mirror = new TestMirror();
        var file = mirror.Write("job.json", Job("Active", "2026-10-01T08:00:00Z"));
        mirror.Import(file);
        Assert.Null(mirror.Summaries().Single().Application);
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Application = "Dropbox Business",
            ObservedAt = new DateTimeOffset(2026, 10, 5, 0, 0, 0, TimeSpan.Zero) }, file);
        var given = mirror.Summaries(new() { Application = ["drop*"] }).Single();
        Assert.Equal(("Dropbox Business", false), (given.Application, given.ObservedAtAssumed));

        using var other = new TestMirror();
        other.Import(other.Write("job.json", Job("Active", "2026-10-01T08:00:00Z")));
        other.ImportText(Entries.Graph("1", extra: $",\"jobId\":\"{JobId}\""), "log.json");
        var learnt = other.Summaries(new() { Application = ["ServiceNow"] }).Single();
        Assert.Equal(("ServiceNow", "Active", 1L), (learnt.Application, learnt.State, learnt.Entries));
    }

    [Theory]
    [InlineData("2026-10-01T09:00:00Z", "failure", true)]
    [InlineData("2026-10-03T09:00:00Z", "success", null)]
    public void Without_a_job_export_the_audit_log_shows_a_quarantine_until_something_is_provisioned(string time, string status, bool? expected)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Entries.Graph("1", time, status: status, extra: $",\"jobId\":\"{JobId}\""), "log.json");
        mirror.ImportText("""
            {"id":"Sync_1","category":"ProvisioningManagement","correlationId":"36994c2a-0000-4000-8000-000000000001","result":"failure","resultReason":"We were unable to authenticate.","activityDisplayName":"Quarantine","activityDateTime":"2026-10-02T09:00:00Z","loggedByService":"Account Provisioning","initiatedBy":{},
             "targetResources":[{"id":"11111111-0000-4000-8000-000000000009","displayName":"ServiceNow","type":"ServicePrincipal"}],"additionalDetails":[{"key":"ErrorCode","value":"InvalidCredentials"}]}
            """, "audit.json");
        var summary = mirror.Summaries().Single();
        Assert.True(summary.Derived);
        Assert.Equal(expected, summary.InQuarantine);
        Assert.Equal(expected == true ? "We were unable to authenticate. InvalidCredentials" : " ",
            $"{summary.Quarantine?.Reason} {summary.Quarantine?.Error}");
    }

    private static byte[] Job(string code, string ended) => Encoding.UTF8.GetBytes($$$$"""
        {"id":"{{{{JobId}}}}","templateId":"scim","schedule":{"interval":"PT40M","state":"Active"},"synchronizationJobSettings":[],
         "status":{"code":"{{{{code}}}}","steadyStateFirstAchievedTime":"2026-09-01T00:00:00Z","lastExecution":{"state":"Succeeded","countEntitled":7,"error":null,"timeBegan":"{{{{ended}}}}","timeEnded":"{{{{ended}}}}"}}}
        """);
}
