using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Wrappers;

/// <summary>What an export cut off, or a query left out, is named.</summary>
public sealed class TooShallowTests
{
    private const string Logs = "https://graph.microsoft.com/v1.0/$metadata#auditLogs/";

    /// <summary>A record of an export, and why it is rejected.</summary>
    public static TheoryData<string, string> Exports => new()
    {
        { $$"""{"@odata.context":"{{Logs}}directoryAudits(id,category)","value":[{"id":"x","category":"UserManagement"}]}""",
            "has no time (activityDateTime)" },
        { $$"""{"@odata.context":"{{Logs}}directoryAudits(id)/$entity","id":"x"}""", "has no time (activityDateTime)" },
        { $$"""{"@odata.context":"{{Logs}}provisioning(id)","value":[{"id":"x"}]}""", "has no time (activityDateTime)" },
        { $$"""{"@odata.context":"{{Logs}}directoryAudits","value":"System.Object[]"}""", "cut to text" },
        { """{"responses":[{"id":"1","status":200,"headers":"@{a=b}","body":"@{value=System.Object[]}"}]}""", "cut to text" },
        { """{"preview":false,"result":"@{_raw=x}"}""", "cut to text" },
    };

    [Theory]
    [MemberData(nameof(Exports))]
    public void It_is_rejected_and_kept_with_its_reason(string text, string reason)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(Records.Graph("a") + "\n" + text);
        Assert.Equal((2, 1, 1, 0), (result.Read, result.Added, result.Rejected, result.NotSupported));
        Assert.Contains(reason, Assert.Single(mirror.Rejected()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_is_a_picture_is_no_record()
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(
            """{"responses":[{"id":"1","status":200,"body":"/9j/4AAQSkZJRg=="},{"id":"2","status":204,"headers":{}},{"id":"3","status":200,"body":RECORD}]}""".Replace("RECORD", Records.Graph("a"), StringComparison.Ordinal));
        Assert.Equal((2, 1, 1), (result.Read, result.Added, result.Rejected));
    }
}
