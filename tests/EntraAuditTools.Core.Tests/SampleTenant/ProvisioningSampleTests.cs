using System.Text;
using System.Text.Json;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Samples;

/// <summary>The provisioning log of the sample tenant: its size, its labels, and that it agrees with the audit log.</summary>
public sealed class ProvisioningSampleTests
{
    private static readonly Tenant Sample = new(new SampleTenantOptions());
    private static readonly ProvisioningEntry[] Entries = [.. ProvisioningLog.Enumerate(Sample, newestFirst: false)];
    private static readonly AuditEvent[] Events =
        [.. AuditEvents.Enumerate(Sample, newestFirst: false).Where(audit => audit.Service == "Account Provisioning")];

    public static TheoryData<ProvisioningShape> JsonShapes =>
        [.. Enum.GetValues<ProvisioningShape>()
            .Where(shape => !shape.ToString().EndsWith("Csv", StringComparison.Ordinal) && shape != ProvisioningShape.PortalCsvWithoutId)];

    [Theory]
    [InlineData(400, 1)]
    [InlineData(400, 7)]
    [InlineData(1, 120)]
    [InlineData(60_000, 200)]
    [InlineData(400, 20_000)]
    public void HasExactlyTheEntriesAskedFor(long audit, long provisioning)
    {
        var options = new SampleTenantOptions { AuditRecords = audit, ProvisioningRecords = provisioning };
        var entries = ProvisioningLog.Enumerate(new Tenant(options)).ToList();

        Assert.Equal(provisioning, entries.Count);
        Assert.Equal(provisioning, entries.Select(entry => entry.Id).Distinct().Count());
        Assert.All(entries, entry => Assert.InRange(entry.Ticks, options.From.UtcTicks, options.To.UtcTicks - 1));
    }

    [Fact]
    public void NewestFirstIsTheReverseOfOldestFirst()
    {
        var tenant = new Tenant(new SampleTenantOptions { AuditRecords = 20_000, ProvisioningRecords = 5000 });
        var oldest = ProvisioningLog.Enumerate(tenant, newestFirst: false).Select(entry => (entry.Ticks, entry.Id, entry.Status)).ToList();

        Assert.Equal(oldest.OrderBy(entry => entry.Ticks), oldest);
        oldest.Reverse();
        Assert.Equal(oldest, ProvisioningLog.Enumerate(tenant).Select(entry => (entry.Ticks, entry.Id, entry.Status)));
    }

    [Fact]
    public void FitsIntoAShortPeriod()
    {
        var from = new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
        var options = new SampleTenantOptions { AuditRecords = 500, From = from, To = from.AddMinutes(10) };
        Assert.All(ProvisioningLog.Enumerate(new Tenant(options)), entry =>
            Assert.InRange(entry.Ticks, options.From.UtcTicks, options.To.UtcTicks - 1));
    }

    [Fact]
    public void EveryCaseHappensInTheBundledSample() =>
        Assert.Equal(Enum.GetValues<ProvisioningCase>().Where(what => what != ProvisioningCase.RolesImported),
            Entries.Select(entry => entry.Case).Distinct().Order());

    [Fact]
    public void WhatTheAuditLogHasTooAgreesWithTheEntry()
    {
        var byChange = Events.ToLookup(audit => audit.CorrelationId);
        var both = Entries.Where(entry => entry.InAuditLog && entry.Attempt == 0).ToList();

        Assert.Equal(7, both.Count);
        Assert.All(both, entry =>
        {
            var trail = byChange[entry.ChangeId].ToList();
            Assert.Equal(["Import", "Import", "Synchronization rule action"], trail.Take(3).Select(audit => audit.Activity));
            Assert.Equal(entry.Status == "skipped" ? "Other" : "Export", trail[3].Activity);
            Assert.Equal(entry.Status == "failure" ? "failure" : "success", trail[3].Result);
            Assert.Equal(entry.Ticks, trail[0].Ticks);
            Assert.All(trail, audit =>
                Assert.Equal((entry.Job.Application.ServicePrincipalId, entry.MatchingId),
                    (audit.Targets[0].Id, audit.Targets[1].DisplayName)));
            Assert.Equal(entry.Error?.Code ?? "", trail[3].Details.Single(detail => detail.Key == "ErrorCode").Value);
        });
    }

    [Fact]
    public void EveryRetryFromEscrowIsAnEntryAndAnEventOfTheSameTime()
    {
        var retries = Entries.Where(entry => entry.InAuditLog && entry.Attempt > 0).ToList();
        var events = Events.Where(audit => audit.Activity == "Process escrow").ToList();

        Assert.Equal(4, retries.Count);
        Assert.Equal(retries.Select(entry => (entry.ChangeId, entry.Ticks, entry.Status)),
            events.Select(audit => (audit.CorrelationId, audit.Ticks, audit.Result)));
        var intervals = retries.Prepend(Entries.Single(entry => entry.ChangeId == retries[0].ChangeId && entry.Attempt == 0))
            .Select(entry => entry.Ticks).ToList();
        Assert.Equal([40, 80, 160, 320], intervals.Zip(intervals.Skip(1), (before, after) => (after - before) / TimeSpan.TicksPerMinute));
    }

    [Fact]
    public void RolesAreInTheAuditLogOnly()
    {
        var amazon = Sample.Jobs.Single(job => job.Kind == ProvisioningTargetKind.AmazonWebServices).Application;

        Assert.Equal(4, Events.Count(audit => audit.Activity == "Import" && audit.Targets[0].DisplayName == amazon.DisplayName));
        Assert.DoesNotContain(Entries, entry => entry.Job.Application == amazon);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(100_000)]
    public void AJobInQuarantineOnlyFails(long records)
    {
        var tenant = new Tenant(new SampleTenantOptions { AuditRecords = records });
        long end = tenant.Options.To.UtcTicks;
        var state = SynchronizationState.At(tenant, tenant.QuarantinedJob, end);
        var last = AuditEvents.Enumerate(tenant)
            .Last(audit => audit.Activity == "Quarantine" && audit.Ticks >= state.Quarantine!.SeriesBegan);
        var since = ProvisioningLog.Enumerate(tenant)
            .Where(entry => entry.Job == tenant.QuarantinedJob && entry.Ticks >= state.Quarantine!.SeriesBegan).ToList();

        Assert.Equal("Quarantine", state.Code);
        Assert.Equal(state.Quarantine!.SeriesBegan, last.Ticks);
        Assert.Contains(last.Details, detail => detail.Value == state.Quarantine.ErrorCode);
        Assert.NotEmpty(since);
        Assert.All(since, entry => Assert.Equal(("failure", state.Quarantine.ErrorCode), (entry.Status, entry.Error?.Code)));
        Assert.Equal("Active", SynchronizationState.At(tenant, tenant.QuarantinedJob, tenant.Options.From.UtcTicks).Code);
        Assert.All(tenant.Jobs.Where(job => !job.Quarantined), job => Assert.Null(SynchronizationState.At(tenant, job, end).Quarantine));
    }

    [Fact]
    public void TheExpectedFiguresCountEveryEntryOnce()
    {
        var expected = ExpectedProvisioning.ByJobId(Sample);

        Assert.Equal(Entries.Length, expected.Values.Sum(job => job.Outcomes.Values.Sum()));
        Assert.Equal(Entries.Count(entry => entry.Status == "failure"), expected.Values.Sum(job => job.Errors.Sum(error => error.Count)));
        Assert.Equal(3, expected.Values.Sum(job => job.Escrows.Count));
        var stuck = expected.Values.SelectMany(job => job.Escrows.Select(escrow => (job, escrow))).Where(pair => !pair.escrow.Recovered)
            .ToList();
        Assert.All(stuck, pair => Assert.Equal("failure", Entries.Last(entry => entry.ChangeId == pair.escrow.ChangeId).Status));
        Assert.Contains(expected[Sample.QuarantinedJob.JobId].Errors, error =>
            error.Code == "LedgerlineInvalidCredentials" && error.Count == 10);
    }

    [Theory]
    [MemberData(nameof(JsonShapes))]
    public void EveryJsonShapeHasEveryEntry(ProvisioningShape shape)
    {
        using var stream = new MemoryStream();
        ProvisioningShapes.Write(shape, stream, Sample);
        string[] ids = [.. Entries.Select(entry => entry.Id).Order()];

        Assert.Equal(ids, Records(Encoding.UTF8.GetString(stream.ToArray())).Select(Id).Distinct().Order());
    }

    [Fact]
    public void DiagnosticRecordsHaveNumbersForTheEnumerations()
    {
        using var stream = new MemoryStream();
        ProvisioningShapes.Write(ProvisioningShape.Diagnostic, stream, Sample);
        var steps = Records(Encoding.UTF8.GetString(stream.ToArray()))
            .Select(record => record.GetProperty("properties"))
            .Where(record => record.TryGetProperty("provisioningSteps", out var steps) && steps.ValueKind == JsonValueKind.Array)
            .SelectMany(record => record.GetProperty("provisioningSteps").EnumerateArray()).ToList();

        Assert.Equal(Enumerable.Range(0, 7), steps.Select(step => step.GetProperty("provisioningStepType").GetInt32()).Distinct().Order());
        Assert.Equal(Enumerable.Range(0, 5), steps.Select(step => step.GetProperty("status").GetInt32()).Distinct().Order());
    }

    [Theory]
    [InlineData(ProvisioningShape.PortalCsv, 29)]
    [InlineData(ProvisioningShape.PortalCsvWithoutId, 28)]
    public void ThePortalsCsvHasARowForEveryEntry(ProvisioningShape shape, int columns)
    {
        using var stream = new MemoryStream();
        ProvisioningShapes.Write(shape, stream, Sample);
        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(columns, lines[0].Split(',').Length);
        Assert.Equal(Entries.Length, lines.Length - 1);
    }

    private static IEnumerable<JsonElement> Records(string text)
    {
        if (text[0] == '[' || text.StartsWith("{\"@odata.context\"", StringComparison.Ordinal)
            || text.StartsWith("{\"records\"", StringComparison.Ordinal))
        {
            var root = JsonDocument.Parse(text).RootElement;
            return root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : root.EnumerateObject().Last().Value.EnumerateArray();
        }

        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => JsonDocument.Parse(line).RootElement);
    }

    private static string Id(JsonElement record) =>
        record.TryGetProperty("properties", out var properties) ? Id(properties) : record.TryGetProperty("id", out var id)
        ? id.GetString()! : record.GetProperty("Id").GetString()!;
}
