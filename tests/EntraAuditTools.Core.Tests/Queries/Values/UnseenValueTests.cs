using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries.Values;

/// <summary>A value that nothing has must not answer with a silence that reads as "nothing happened".</summary>
public sealed class UnseenValueTests
{
    [Theory]
    [InlineData("Failed", "failure", "success", "failure", "timeout")]
    [InlineData("Created", "create", "create", "update", "delete")]
    [InlineData("CoreDirectory", "Core Directory", "Core Directory", "PIM", "Access Reviews")]
    [InlineData("Dropbix", "Dropbox Business", "Dropbox Business", "Salesforce", "ServiceNow")]
    [InlineData("Enginering workbench", "Engineering workbench", "Engineering workbench", "Night shift")]
    [InlineData("Add membr to group", "Add member to group", "Add member to group", "Add user", "Add member to role")]
    [InlineData("olive", "Olive Marsh", "Olive Marsh", "Adele Abadi")]
    [InlineData("oilve.marsh", "olive.marsh@contoso.com", "olive.marsh@contoso.com", "adele@contoso.com")]
    [InlineData("xyz", null, "Olive Marsh", "Adele Abadi")]
    [InlineData("", null, "Olive Marsh")]
    public void The_nearest_is_what_was_meant(string asked, string? nearest, params string[] held) =>
        Assert.Equal(nearest, NearestWords.Of(asked, held) is [var first, ..] ? first : null);

    [Theory]
    [InlineData("AuditActivity", "Service", "Core Directory", "CoreDirectory", "'Core Directory'")]
    [InlineData("AuditActivity", "Category", "UserManagement", "UserManagment", "'UserManagement'")]
    [InlineData("AuditActivity", "Activity", "Add user", "Ad user", "'Add user'")]
    [InlineData("AuditActivity", "Result", "SUCCESS", "Failed", "'failure'")]
    [InlineData("AuditActivity", "InitiatedBy", "adele@contoso.com", "adelle@contoso.com", "'adele@contoso.com'")]
    [InlineData("AuditActivity", "InitiatedBy", "u1", "nobody", null)]
    [InlineData("AuditActivity", "Property", "UserType", "UserTipe", "'UserType'")]
    [InlineData("AuditActivity", "Tenant", "tenant-a", "tenant-x", "'tenant-a'")]
    [InlineData("ProvisioningLog", "Status", "skipped", "Failed", "'failure'")]
    [InlineData("ProvisioningLog", "Action", "create", "Created", "'create'")]
    public void Is_said_once_with_the_nearest_and_only_for_values_that_are_not_held(
        string log, string filter, string held, string unseen, string? nearest)
    {
        using var mirror = new TestMirror();
        mirror.Import(
            new ImportOptions { MirrorPath = mirror.Path, Tenant = "tenant-a" },
            mirror.Write("a.json", System.Text.Encoding.UTF8.GetBytes(new Event("a", "2026-10-01T08:00:00Z", "Add user")
            {
                User = Event.Person("u1", "adele@contoso.com", "Adele", "10.0.0.1"),
                Targets = [Event.Target("t1", "Bo", modified: Event.Modified("UserType", "\"Guest\"", "\"Member\""))],
            }.ToString())));
        using var reader = MirrorReader.Open(mirror.Path);
        var fields = log == "AuditActivity" ? AuditActivityQuery.Fields : ProvisioningLogQuery.Fields;
        var column = fields.Single(field => field.Name == filter).Held!;
        Assert.Empty(UnseenValueQuery.Run(reader,
            [new("thing", column, [held, "x*", held.ToUpperInvariant()]), new("thing", column, null), new("thing", column, [])]));
        var said = Assert.Single(UnseenValueQuery.Run(reader, [new("thing", column, [held, unseen, unseen])]));
        Assert.StartsWith($"This mirror knows no thing '{unseen}': ", said, StringComparison.Ordinal);
        if (nearest is null) Assert.EndsWith("nothing happened\".", said, StringComparison.Ordinal);
        else Assert.Contains($"Nearest: {nearest}", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_catalog_lists_is_known_although_the_tenant_has_not_seen_it()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user").ToString());
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Empty(UnseenValueQuery.Run(reader,
            [new("activity", ActivityColumn.Activity, ["Delete user"]), new("service", ActivityColumn.Service, ["PIM"])]));
    }
}
