using System.Text.Json;
using System.Text.Json.Nodes;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Provisioning;

namespace EntraAuditTools.Core.Tests.Wrappers;

/// <summary>What this tool wrote as JSON (the program's <c>--json</c>, the module's objects through ConvertTo-Json) is read back.</summary>
public sealed class OwnOutputTests
{
    private static readonly string[] Exports =
        ["graph/directoryAudits-beta.json", "unified-audit/AuditData.jsonl", "portal/AuditLogs_2026-10-06.csv",
            "azure-monitor/AuditLogs.jsonl", "azure-monitor/ProvisioningLogs.jsonl", "provisioning"];

    [Fact]
    public void Events_meet_their_record_and_alone_say_the_same()
    {
        using var mirror = new TestMirror();
        mirror.Import([.. Exports.SelectMany(name => Path.Combine(Seeds.Folder, name) is var path && Directory.Exists(path)
            ? Directory.GetFiles(path, "*.json") : [path])]);
        var (activities, entries) = (mirror.Activities(), mirror.Entries());
        Assert.True(activities.Exists(a => a.Origin == "UnifiedAudit") && activities.Count > 100 && entries.Count > 20);
        var text = JsonSerializer.Serialize(activities) + "\n" + JsonSerializer.Serialize(entries);
        var result = mirror.ImportText(text, "ours.json");
        Assert.Equal((activities.Count + entries.Count, 0, 0, 0, 0), (result.Read, result.Added, result.Updated, result.Rejected, result.Conflicts));
        Assert.Equal("EntraAuditTools JSON", result.Shape);

        using var alone = new TestMirror();
        Assert.Equal(activities.Count + entries.Count, alone.ImportText(text, "ours.json").Added);
        Assert.Equal(activities.Select(Without).Order(), alone.Activities().Select(Without).Order());
        Assert.Equal(entries.Select(Without).Order(), alone.Entries().Select(Without).Order());
    }

    [Theory]
    [InlineData("Get-AccessPackageAssignment",
        """{"User":{"DisplayName":"Ada"},"AccessPackage":{"DisplayName":"Pack"},"State":"delivered","EndKnown":true,"AssignmentId":"x","UserPrincipalName":"ada@contoso.com","ObservedAtAssumed":true,"TenantId":null,"Evidence":[]}""")]
    [InlineData("Get-AccessPackage",
        """{"DisplayName":"Pack","Description":"","IsHidden":false,"Created":"2026-01-01T00:00:00+00:00","Id":"x","ResourceRolesKnown":true,"PoliciesKnown":true,"ObservedAtAssumed":true,"TenantId":null,"Evidence":[]}""")]
    [InlineData("Get-ConnectedOrganization",
        """{"DisplayName":"Fabrikam","State":"configured","IdentitySources":[],"ConnectedOrganizationId":"x","Id":"x","ObservedAtAssumed":true,"TenantId":null,"Evidence":[]}""")]
    public void Answers_of_questions_are_no_records(string cmdlet, string text)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(text);
        Assert.Equal(("NotSupported", 1), (result.Status, result.NotSupported));
        Assert.Contains($"1 answer of this module ({cmdlet}) was", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    private static string Without(object item)
    {
        var node = JsonSerializer.SerializeToNode(item, item.GetType())!.AsObject();
        node.Remove("Evidence");
        // Of ids it shows the names that the mirror knows, and the one of these records alone knows fewer.
        node.Remove("Changes");
        return node.ToJsonString();
    }
}
