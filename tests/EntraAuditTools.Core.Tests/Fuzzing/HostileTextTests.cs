using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Provisioning;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>What fuzzing found, one of each kind: texts in records that a later look at them could not bear.</summary>
public sealed class HostileTextTests
{
    private const string Properties =
        """{"id":"x","category":"UserManagement","correlationId":"c","activityDisplayName":"Add user","activityDateTime":"2026-10-01T08:00:00Z","result":"success","loggedByService":"Core Directory"}""";
    private const string Audits = "https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits";

    /// <summary>What it is, the text, and how many of its records are taken in.</summary>
    public static TheoryData<string, string, int> Taken => new()
    {
        { "half a surrogate pair in an envelope beside the record",
            $$"""{"category":"AuditLogs","correlationId":"c","durationMs":0,"Level":"4","operationName":"Add user","operationVersion":"1.0","properties":{{Properties}},"resourceId":"/t\ud800/x/providers/Microsoft.aadiam","resultSignature":"None","tenantId":"t","time":"2026-10-01T08:00:00Z"}""", 1 },
        { "in a property of an envelope's record that is not read",
            $$"""{"time":"2026-10-01T08:00:00Z","operationName":"Add user","category":"AuditLogs","properties":{{Properties.Replace("\"id\"", "\"more\":{\"a\":[\"\\ud800\"]},\"id\"", StringComparison.Ordinal)}}}""", 1 },
        { "the same with something to fill in",
            $$"""{"time":"2026-10-01T08:00:00Z","operationName":"Add user","category":"AuditLogs","callerIpAddress":"1.2.3.4","properties":{{Properties.Replace("\"id\"", "\"more\":[\"\\udc00x\"],\"id\"", StringComparison.Ordinal)}}}""", 1 },
        { "in a property of a row", """{"TimeGenerated":"2026-10-01T08:00:00Z","Id":"x","OperationName":"Add user","More":"\ud800","Type":"AuditLogs"}""", 1 },
        { "in a detail of what Elastic took apart",
            """{"azure":{"auditlogs":{"category":"AuditLogs","properties":{"activity_datetime":"2026-10-01T08:00:00Z","activity_display_name":"Add user","id":"x","logged_by_service":"Core Directory","more":{"a":"\ud800"}}}}}""", 1 },
        { "in a detail of our own output",
            """{"Time":"2026-10-01T08:00:00+00:00","Service":"Core Directory","Category":"UserManagement","Activity":"Add user","InitiatedBy":{"DisplayName":"Ada"},"Targets":["\ud800"],"Id":"x","Origin":"Directory","Evidence":[]}""", 1 },
        { "in a step of an on-demand answer",
            """{"key":"{\"result\":\"Success\"}","value":"[{\"action\":\"Create\",\"startTime\":\"2026-10-02T09:00:00Z\",\"provisioningSteps\":[{\"name\":\"x\",\"type\":\"Export\",\"status\":\"Success\",\"timestamp\":\"2026-10-02T09:00:00Z\",\"details\":{\"a\":\"\\ud800\"}}]}]"}""", 1 },
        { "among the modified properties of a row of JSON",
            """{"TimeGenerated":"2026-10-01T08:00:00Z","Id":"x","OperationName":"Update user","TargetResources":"[{\"displayName\":\"Bo\",\"type\":\"User\",\"modifiedProperties\":[{\"displayName\":\"a\",\"newValue\":\"\\\"\\\\ud800\\\"\"}]}]","Type":"AuditLogs"}""", 1 },
        { "values that look like patterns of names",
            $"{Records.Graph("a", extra: ",\"x\":1").Replace("ada@contoso.com", "[[a", StringComparison.Ordinal)}\n{Entries.Graph("e").Replace("\"Ada\"", "\"[[[[\"", StringComparison.Ordinal).Replace("22222222-0000-4000-8000-000000000001", "[x", StringComparison.Ordinal)}", 2 },
        { "a user whose id and name look like patterns",
            """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{"id":"[[[","displayName":"*[","userPrincipalName":"a[@contoso.com"},{"id":"`","displayName":"System.Object[]","userPrincipalName":"b`@contoso.com"}]}""", 2 },
        { "an empty cell where an object should be",
            """{"TimeGenerated":"2026-10-01T08:00:00Z","Id":"x","ProvisioningAction":"create","SourceIdentity":"  ","TargetIdentity":" ","SourceSystem":" ","ServicePrincipal":" ","ResultType":"Success","JobId":"j","Type":"AADProvisioningLogs"}""", 1 },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public void What_is_taken_in_can_be_asked_for(string what, string text, int count)
    {
        using var mirror = new TestMirror();
        var results = mirror.Import(mirror.Write("export.json", System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.True(mirror.Errors.Count == 0, $"{what}: {string.Join(' ', mirror.Errors.Select(e => e.Message))}");
        Assert.True(Assert.Single(results) is { Rejected: 0 } result && result.Added == count, $"{what}: {results[0]} {string.Join(' ', results[0].Notes)}");
        Assert.All(Questions.Ask(mirror.Path), unanswered => Assert.Fail($"{what}: {unanswered.Question}: {unanswered.Failure}"));
    }

    [Theory]
    [InlineData("1, 2, 3, 4, 5, \"six\", null, true")]
    [InlineData("\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"")]
    [InlineData("\"a\",\"b\",\"c\",\"d\"")]
    [InlineData("Lorem, ipsum, dolor, sit: amet")]
    public void A_list_of_other_things_is_one_piece_that_was_rejected(string things)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText($"[{Records.Graph("a")},{things},{Records.Graph("b")}]");
        Assert.Equal((2, 1), (result.Added, result.Rejected));
        Assert.Equal(things, Assert.Single(mirror.Rejected()).Text);
    }

    [Fact]
    public void Lists_within_lists_beyond_measure_are_one_piece_too()
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText($"{Records.Graph("a")}\n{new string('[', 5_000)}\n{Records.Graph("b")}");
        Assert.Equal((2, 1), (result.Added, result.Rejected));
    }

    [Fact]
    public void A_kind_that_a_file_names_is_shown_without_what_acts_on_a_terminal()
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(
            $"{{\"time\":\"2026-10-01T08:00:00Z\",\"category\":\"\\u001b[31mRed\\u202e\",\"operationName\":\"x\",\"properties\":{{}}}}\n{Records.Graph("a")}");
        Assert.All(result.Notes.Append(result.Kind), text => Assert.Equal(TerminalText.Visible(text), text));
    }

    [Fact]
    public void No_command_is_offered_with_a_name_that_could_be_one()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("a.csv", "x'; Remove-Item y; ',b\n\"{\"\"a\"\":1}\",2\n"u8.ToArray()),
            mirror.Write("b.csv", "payload,b\n\"{\"\"a\"\":1}\",2\n"u8.ToArray()));
        Assert.DoesNotContain("Remove-Item", mirror.Errors[0].RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("ForEach-Object 'payload'", mirror.Errors[1].RecommendedAction, StringComparison.Ordinal);
    }
}
