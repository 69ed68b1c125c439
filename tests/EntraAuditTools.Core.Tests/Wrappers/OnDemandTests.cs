using System.Text.Encodings.Web;
using System.Text.Json;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Provisioning;

namespace EntraAuditTools.Core.Tests.Wrappers;

/// <summary>What provisionOnDemand answers (Graph reference, synchronizationJob: provisionOnDemand), as an entry of the provisioning log.</summary>
public sealed class OnDemandTests
{
    private const string Steps =
        """[{"name":"EntryImport","type":"Import","status":"Success","description":"Retrieved","timestamp":"2026-10-02T08:00:00.5Z","details":{"objectId":"33333333-0000-4000-8000-000000000001","userPrincipalName":"bo@contoso.com","displayName":"Bo"}},{"name":"EntrySynchronizationScoping","type":"Scoping","status":"Success","timestamp":"2026-10-02T08:00:01Z","details":{}},{"name":"EntryExportUpdate","type":"Export","status":"Success","timestamp":"2026-10-02T08:00:02Z","details":{}}]""";

    // With what the documentation shows, with less of it, as a list, and as the SDK writes it.
    [Theory]
    [InlineData("""{"action":"Update","changeId":"7c3a0f0c-0000-4000-8000-000000000001","startTime":"2026-10-02T08:00:00.5Z","endTime":"2026-10-02T08:00:02Z","modifiedProperties":[{"displayName":"title","oldValue":"a","newValue":"b"}],"provisioningSteps":STEPS,"reportableIdentifier":"bo@contoso.com","statusInfo":{"status":"Success","errorCode":null},"sourceIdentity":{"id":"33333333-0000-4000-8000-000000000001","type":"User","displayName":"Bo","details":null},"sourceSystem":{"id":null,"name":"Microsoft Entra ID"},"targetSystem":{"id":null,"name":"customappsso"}}""", "{\"result\":\"Success\",\"details\":{}}")]
    [InlineData("""[{"provisioningSteps":STEPS,"modifiedProperties":[{"displayName":"title","oldValue":"a","newValue":"b"}],"status":"Success"}]""", "StatusInfo")]
    [InlineData("""{"provisioningSteps":STEPS,"modifiedProperties":[{"displayName":"title","oldValue":"a","newValue":"b"}]}""",
        "{\"result\":\"Success\",\"details\":{}}")]
    public void It_is_an_entry_with_its_steps_marked_on_demand(string value, string key)
    {
        using var mirror = new TestMirror();
        foreach (var (name, text) in new[] { ("a.json", Answer(key, value)),
            ("b.json", Answer(key, value).Replace("\"key\"", "\"Key\"", StringComparison.Ordinal)
                .Replace("\"value\"", "\"Value\"", StringComparison.Ordinal)) })
        {
            var result = mirror.ImportText(text, name);
            Assert.Equal((1, 0, "On-demand provisioning"), (result.Read, result.Rejected, result.Shape));
            Assert.Empty(result.Notes);
        }

        var entry = Assert.Single(mirror.Entries());
        Assert.Equal(("update", "success", "Bo", true), (entry.Action, entry.Status, entry.Identity, entry.IsOnDemand));
        Assert.Equal(new DateTime(2026, 10, 2, 8, 0, 0, 500), entry.Time.UtcDateTime);
        Assert.Equal(["import", "scoping", "export"], entry.Steps.Select(step => step.Type));
        Assert.Equal("title: a → b", Assert.Single(entry.ModifiedProperties).ToString());
        Assert.Equal(("33333333-0000-4000-8000-000000000001", "bo@contoso.com"), (entry.SourceId, entry.SourceIdentity.UserPrincipalName));
    }

    [Fact]
    public void What_was_skipped_or_failed_says_why()
    {
        using var mirror = new TestMirror();
        const string Skip = """{"action":"Other","startTime":"2026-10-02T08:00:00Z","provisioningSteps":[{"name":"EntrySynchronizationSkip","type":"Export","status":"Skipped","timestamp":"2026-10-02T08:00:00Z","details":{"SkipReason":"RedundantExport"}}]}""";
        const string Failure = """{"action":"Create","startTime":"2026-10-02T09:00:00Z","provisioningSteps":[{"name":"EntryExportAdd","type":"Export","status":"Failure","timestamp":"2026-10-02T09:00:00Z","details":{}}]}""";
        mirror.ImportText(Answer("""{"result":"Skipped","details":{"errorCode":"RedundantExport","errorMessage":"no change"}}""", Skip)
            + "\n" + Answer("""{"result":"Failure","details":{"errorCode":"Timeout","errorMessage":"too slow"}}""", Failure));
        var entries = mirror.Entries();
        Assert.Equal([("create", "failure", "Timeout", null, "too slow"), ("other", "skipped", null, "RedundantExport", null)],
            entries.Select(e => (e.Action, e.Status, e.ErrorCode, e.SkipReason, e.Reason)));
    }

    [Fact]
    public void An_answer_about_several_objects_is_several_entries()
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(
            Answer("x", $$"""[{"provisioningSteps":{{Steps}}},{"provisioningSteps":{{Steps.Replace("08:00", "09:00", StringComparison.Ordinal)}}}]"""));
        Assert.Equal((2, 2), (result.Read, result.Added));
        Assert.All(mirror.Entries(), entry => Assert.Equal(3, entry.Steps.Count));
    }

    [Fact]
    public void The_log_s_own_entry_of_the_same_change_is_the_same()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Answer("x",
            $$"""{"action":"Create","changeId":"{{Entries.Change}}","startTime":"2026-10-01T08:00:00.1234567Z","statusInfo":{"status":"Success"},"provisioningSteps":{{Steps}}}"""), "a.json");
        Assert.Equal(0, mirror.ImportText(Entries.Graph("p1"), "b.json").Added);
        Assert.Equal("p1", Assert.Single(mirror.Entries()).Id);
    }

    private static string Answer(string key, string value) =>
        $$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.stringKeyStringValuePair","key":{{Quote(key)}},"value":{{Quote(value.Replace("STEPS", Steps, StringComparison.Ordinal))}}}""";

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
