using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>A filter by tenant must not drop rows because their export does not name its tenant.</summary>
public sealed class TenantScopeTests
{
    private const string A = "aaaaaaaa-0000-4000-8000-00000000000a", B = "bbbbbbbb-0000-4000-8000-00000000000b";

    [Fact]
    public void What_names_no_tenant_is_the_only_known_ones()
    {
        using var mirror = new TestMirror();
        Import(mirror, A, "a");
        Import(mirror, null, "b");
        mirror.ImportText("""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/accessPackages","value":[{"id":"00000000-0000-4000-8000-000000000001","displayName":"Pack","createdDateTime":"2026-01-01T00:00:00Z","isHidden":false}]}""");
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(2, AuditActivityQuery.Count(reader, new() { Tenant = [A] }));
        Assert.Equal(2, AuditActivityQuery.Run(reader, new() { Tenant = ["aaaaaaaa*"] }).Count());
        Assert.Equal(0, AuditActivityQuery.Count(reader, new() { Tenant = [B] }));
        Assert.Equal(2L, AuditActivityMeasureQuery.Run(reader, new() { Tenant = [A] }, []).Single().Count);
        Assert.Single(AccessPackageQuery.Run(reader, new() { Tenant = [A] }));
        Assert.Null(TenantScope.Warning(reader, [A], [KindNames.AuditActivity]));
        // Decided when asking: nothing is stored.
        Assert.Contains(AuditActivityQuery.Run(reader, new()), activity => activity.TenantId == null);
    }

    [Fact]
    public void With_several_it_is_left_out_counted_and_shown_to_whoever_asks_for_it()
    {
        using var mirror = new TestMirror();
        Import(mirror, A, "a");
        Import(mirror, B, "b");
        Import(mirror, null, "c");
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(["a"], AuditActivityQuery.Run(reader, new() { Tenant = [A] }).Select(activity => activity.Id));
        Assert.Equal(["c"], AuditActivityQuery.Run(reader, new() { Tenant = ["unknown"] }).Select(activity => activity.Id));
        Assert.Equal(2, AuditActivityQuery.Count(reader, new() { Tenant = [B, "Unknown"] }));
        Assert.Equal("1 record whose tenant no export tells is left out, since the mirror holds several tenants: -Tenant Unknown shows them.", TenantScope.Warning(reader, [A], [KindNames.AuditActivity]));
        Assert.Null(TenantScope.Warning(reader, null, [KindNames.AuditActivity]));
        Assert.Null(TenantScope.Warning(reader, ["Unknown"], [KindNames.AuditActivity]));
        Assert.Null(TenantScope.Warning(reader, [A], [KindNames.ProvisioningLog]));
    }

    private static void Import(TestMirror mirror, string? tenant, string id)
    {
        var file = mirror.Write(id + ".json", Encoding.UTF8.GetBytes(new Event(id, "2026-10-01T08:00:00Z", "Add user").ToString()));
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Tenant = tenant }, file);
    }
}
