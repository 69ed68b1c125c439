using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Provisioning;

/// <summary>The place of a step in the trail: its name decides the phase where name and type disagree (real records of Dropbox).</summary>
public sealed class StepPhaseTests
{
    [Theory]
    [InlineData("EntryImportAdd", "import", 0)]
    [InlineData("EntryImportUpdate", "matching", 2)]
    [InlineData("EntryImportByMatchingProperty", "import", 2)]
    [InlineData("EntryImportByJoiningProperty", "matching", 2)]
    [InlineData("EntryImport", "export", 0)]
    [InlineData("EntrySynchronizationScoping", "matching", 1)]
    [InlineData("EntrySynchronizationAdd", "matching", 3)]
    [InlineData("EntrySynchronizationUpdate", "import", 3)]
    [InlineData("EntrySynchronizationSkip", "processing", 3)]
    [InlineData("EntrySynchronizationSkip", "scoping", 1)]
    [InlineData("EntrySynchronizationReferences", "referenceResolution", 4)]
    [InlineData("EntryExportAdd", "processing", 5)]
    [InlineData("EntryExportAdd", null, 5)]
    [InlineData("Determine if user is in scope", "scoping", 1)]
    [InlineData(null, "export", 5)]
    [InlineData("zap", "zap", 7)]
    public void A_step_is_placed_by_its_name_else_by_its_type(string? name, string? type, int expected) =>
        Assert.Equal(expected, ProvisioningWords.PhaseOf(name, type));

    [Fact]
    public void The_trail_keeps_the_normal_order()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Entries.Graph("1", extra: """
            ,"provisioningSteps":[{"name":"EntryImportAdd","provisioningStepType":"import","status":"success","description":"1"},{"name":"EntrySynchronizationScoping","provisioningStepType":"scoping","status":"success","description":"2"},
            {"name":"EntrySynchronizationAdd","provisioningStepType":"matching","status":"success","description":"3"},{"name":"EntryExportAdd","provisioningStepType":"export","status":"success","description":"4"}]
            """));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(
            ["Import 1", "Synchronization rule action 2", "Synchronization rule action 3", "Export 4"],
            ProvisioningEventQuery.Run(reader, new()).Select(logged => $"{logged.Activity} {logged.StatusReason}"));
    }

    [Theory]
    [InlineData(true, 3, "In escrow: 3 retries, every 40 min; the last on 2026-11-02 11:00Z failed too.")]
    [InlineData(false, 3, "In escrow: 3 retries, every 40 min; the last on 2026-11-02 11:00Z failed too.")]
    [InlineData(false, 1, "In escrow: 1 retry; the last on 2026-11-02 09:40Z failed too.")]
    public void Each_escrow_event_is_a_retry(bool withExport, int escrows, string expected)
    {
        using var mirror = new TestMirror();
        var events = Enumerable.Range(1, escrows)
            .Select(i => Event("Process escrow", new DateTime(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc).AddMinutes(40 * i), i)).ToList();
        if (withExport) events.Add(Event("Export", new DateTime(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc), 0));
        mirror.ImportText($"[{string.Join(',', events)}]");
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(expected, ProvisioningEventQuery.Run(reader, new()).Last().Note);
    }

    private static string Event(string activity, DateTime time, int number) => $$$"""
        {"id":"Sync_{{{number}}}","category":"ProvisioningManagement","correlationId":"36994c2a-0000-4000-8000-000000000001","result":"failure","resultReason":"boom","activityDisplayName":"{{{activity}}}","activityDateTime":"{{{time:yyyy-MM-ddTHH:mm:ssZ}}}","loggedByService":"Account Provisioning","initiatedBy":{},
        "targetResources":[{"id":"11111111-0000-4000-8000-000000000009","displayName":"ServiceNow","type":"ServicePrincipal"},{"displayName":"eve@contoso.example","type":"User"}],"additionalDetails":[]}
        """;
}
