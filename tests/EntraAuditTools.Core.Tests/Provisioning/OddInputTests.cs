using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Provisioning;

/// <summary>What real exports do to whoever reads them.</summary>
public sealed class OddInputTests
{
    [Theory]
    [InlineData(",\"provisioningSteps\":null")]
    [InlineData("")]
    [InlineData(",\"provisioningSteps\":[]")]
    [InlineData(",\"provisioningSteps\":[null]")]
    public void Steps_may_be_missing_or_null(string steps)
    {
        using var mirror = new TestMirror();
        Assert.Equal(1, mirror.ImportText(Entries.Graph("1", extra: steps)).Added);
        Assert.Empty(mirror.Entries().Single().Steps);
    }

    [Fact]
    public void Unknown_words_are_kept_as_they_are()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Entries.Graph("1", action: "Resurrect", status: "Pondering",
            extra: ""","provisioningSteps":[{"name":"X","provisioningStepType":"divination","status":9}]"""));
        var entry = mirror.Entries(new() { Action = ["resurrect"], Status = ["pondering"] }).Single();
        Assert.Equal(("Resurrect", "Pondering"), (entry.Action, entry.Status));
        Assert.Equal(("divination", "9"), (entry.Steps[0].Type, entry.Steps[0].Status));
        Assert.Equal("Resurrect Pondering: 1", mirror.Summaries().Single().Outcomes.ToString());
    }

    [Fact]
    public void Identities_may_lack_their_ids_and_even_be_null()
    {
        using var mirror = new TestMirror();
        mirror.ImportText("""
            [{"id":"1","activityDateTime":"2026-10-01 08:00:00","provisioningAction":"create","jobId":"j","changeId":"c","sourceIdentity":{"displayName":"Bo","id":""},"targetIdentity":null,"provisioningStatusInfo":{"status":"success"}},
             {"id":"2","activityDateTime":"2026-10-01T09:00:00","provisioningAction":"create","jobId":"j","changeId":"c","sourceIdentity":null,"provisioningStatusInfo":{"status":"failure"}}]
            """);
        var entries = mirror.Entries();
        Assert.Equal([null, "Bo"], entries.Select(e => e.Identity));
        Assert.Equal([new(2026, 10, 1, 9, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero)], entries.Select(e => e.Time));
        Assert.Single(mirror.Entries(new() { Identity = ["bo"] }));
    }

    [Fact]
    public void A_diagnostic_record_has_numbers_for_words_and_PascalCase_names()
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText("""
            {"time":"2026-10-01T08:00:05Z","category":"ProvisioningLogs","tenantId":"4b8c0f0c-6a02-4c1f-bd7d-2f6a5f4f3d11","resultType":"Failure","resultSignature":"ContosoEntryConflict","resultDescription":"It is there already.","correlationId":"7c3a0f0c-6a02-4c1f-bd7d-2f6a5f4f3d11","identity":"r1","durationMs":42,
             "properties":{"id":"r1","activityDateTime":"2026-10-01T08:00:00+00:00","action":"Create","provisioningAction":"create","changeId":"7c3a0f0c-6a02-4c1f-bd7d-2f6a5f4f3d11",
              "servicePrincipal":{"Id":"s1","Name":"Contoso"},"sourceSystem":{"details":{},"Id":"a","Name":"Azure Active Directory"},"targetSystem":{"details":{},"Id":"b","Name":"Contoso"},"initiatedBy":{"Type":"System","Id":"","Name":"Azure AD Provisioning Service"},
              "sourceIdentity":{"identityType":"User","details":{},"Id":"u1","Name":"Ada"},"targetIdentity":{"identityType":"User","details":{},"Id":"","Name":""},
              "provisioningStatusInfo":{"Status":1,"errorInformation":null},"statusInfo":{"Status":1},
              "provisioningSteps":[{"name":"EntryImport","provisioningStepType":0,"status":0,"details":{}},{"name":"EntryExportAdd","provisioningStepType":5,"status":1,"description":"no","details":{"a":"b"}}]}}
            """);
        Assert.Equal(("ProvisioningLog", 1), (result.Kind, result.Added));
        var entry = mirror.Entries().Single();
        Assert.Equal(("create", "failure", "Contoso", "ContosoEntryConflict", "Ada"),
            (entry.Action, entry.Status, entry.Application, entry.ErrorCode, entry.Identity));
        Assert.Equal(("It is there already.", "Azure AD Provisioning Service", 42), (entry.Reason, entry.InitiatedBy, entry.Duration!.Value.TotalMilliseconds));
        Assert.Equal(["1. EntryImport: success", "2. EntryExportAdd: failure"], entry.Steps.Select(s => s.ToString()));
        Assert.Equal("export", entry.Steps[1].Type);
    }

    [Fact]
    public void Delivery_time_of_Log_Analytics_does_not_make_a_second_entry_and_yields_to_the_true_one()
    {
        using var mirror = new TestMirror();
        var row = """{"TimeGenerated":"2026-10-01T08:07:00Z","Type":"AADProvisioningLogs","Id":"1","ChangeId":"7c3a0f0c-6a02-4c1f-bd7d-2f6a5f4f3d11","ProvisioningAction":"create","ResultType":"Success","ServicePrincipal":"{\"Id\":\"11111111-0000-4000-8000-000000000009\",\"Name\":\"ServiceNow\"}","SourceIdentity":"{\"Id\":\"22222222-0000-4000-8000-000000000001\",\"Name\":\"Ada\",\"identityType\":\"User\"}"}""";
        mirror.ImportText(row, "la.json");
        Assert.Equal(7, mirror.Entries().Single().Time.Minute);
        var second = mirror.ImportText(Entries.Graph("1"), "graph.json");
        Assert.Equal((0, 1, 0), (second.Added, second.Updated, second.Conflicts));
        var entry = mirror.Entries(new() { Identity = ["Ada"], Before = new DateTimeOffset(2026, 10, 1, 8, 1, 0, TimeSpan.Zero) }).Single();
        Assert.Equal(1234567, entry.Time.Ticks % TimeSpan.TicksPerSecond);
        Assert.Equal(2, entry.Evidence.Count);
        Assert.Equal(0, mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Force = true },
            mirror.Write("la.json", Encoding.UTF8.GetBytes(row))).Single().Added);
    }

    [Fact]
    public void One_change_may_have_several_entries()
    {
        using var mirror = new TestMirror();
        mirror.ImportText($"[{Entries.Graph("1", "2026-10-01T08:00:00Z", "update")},{Entries.Graph("2", "2026-10-01T08:00:00Z", "disable")},{Entries.Graph("3", "2026-10-01T08:40:00Z", "disable")}]");
        Assert.Equal(3, mirror.Entries(new() { ChangeId = [Entries.Change] }).Count);
    }

    [Fact]
    public void Headers_that_nobody_knows_are_named_and_can_be_mapped()
    {
        using var mirror = new TestMirror();
        var csv = "Wann;Änderung;Vorgang;Ergebnis;Job ID;Wer;Farbe\n2026-10-01T08:00:00Z;7c3a0f0c-6a02-4c1f-bd7d-2f6a5f4f3d11;Create;Success;j1;Ada;rot\n";
        var map = new Dictionary<string, string> { ["Wann"] = "activityDateTime", ["Änderung"] = "changeId",
            ["Vorgang"] = "provisioningAction", ["Ergebnis"] = "status", ["Wer"] = "Identity" };
        var result = mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ColumnMap = map },
            mirror.Write("log.csv", Encoding.UTF8.GetBytes(csv))).Single();
        Assert.Equal(1, result.Added);
        Assert.Contains(result.Notes, n => n.Contains("Farbe", StringComparison.Ordinal));
        var entry = mirror.Entries().Single();
        Assert.Equal(("create", "success", "Ada", "j1"), (entry.Action, entry.Status, entry.Identity, entry.JobId));
    }

    [Fact]
    public void Escrow_without_an_end_and_a_rule_without_an_export_are_said()
    {
        using var mirror = new TestMirror();
        mirror.ImportText("[" + string.Join(',', Audit("Import", "08:00:00"), Audit("Synchronization rule action", "08:00:01"),
            Audit("Export", "08:00:02", "failure"), Audit("Process escrow", "08:40:02", "failure"), Audit("Process escrow", "09:20:02", "failure")) + "]");
        Assert.Equal("In escrow: 2 retries, every 40 min; the last on 2026-10-01 09:20Z failed too.",
            mirror.Trail(new() { Identity = ["bo@contoso.com"] })[^1].Note);
        Assert.Equal(["Import", "Synchronization rule action", "Export", "Process escrow", "Process escrow"], mirror.Trail().Select(e => e.Activity));
        using var other = new TestMirror();
        other.ImportText("[" + string.Join(',', Audit("Import", "08:00:00"), Audit("Synchronization rule action", "08:00:01")) + "]");
        Assert.Equal("Imported and ruled on, but never exported.", other.Trail(new() { Identity = ["bo@contoso.com"] })[^1].Note);
        Assert.Single(other.Trail(new() { Activity = ["import"], Status = ["success"] }));
    }

    private static string Audit(string activity, string time, string result = "success") =>
        $$"""{"id":"Sync_{{activity}}{{time}}","category":"ProvisioningManagement","correlationId":"36994c2a-0000-4000-8000-000000000001","result":"{{result}}","resultReason":"User 'bo@contoso.com' it is","activityDisplayName":"{{activity}}","activityDateTime":"2026-10-01T{{time}}Z","loggedByService":"Account Provisioning","initiatedBy":{"user":null,"app":null},"targetResources":[{"id":"s1","displayName":"Dropbox","type":"ServicePrincipal"},{"id":null,"displayName":null,"type":null}],"additionalDetails":[{"key":"EventName","value":"x{{activity}}"}]}""";
}
