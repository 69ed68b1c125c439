using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>What Get-AuditImport and Get-AuditMirror show.</summary>
public sealed class HistoryTests
{
    [Fact]
    public void Imports_and_rejections_are_remembered()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user").ToString(), "one.json");
        mirror.ImportText($"{new Event("b", "2026-10-02T08:00:00Z", "Add user")}\n{new Event("c", "no time\u001b[0m", "Add user")}\n", "two.json");

        using var reader = MirrorReader.Open(mirror.Path);
        var imports = ImportHistoryQuery.Imports(reader, null).ToList();
        Assert.Equal(["two.json", "one.json"], imports.Select(import => import.Source));
        Assert.Equal((2, 1, 1), (imports[0].Read, imports[0].Added, imports[0].Rejected));
        Assert.NotNull(imports[1].Finished);
        Assert.Equal("one.json", Assert.Single(ImportHistoryQuery.Imports(reader, [imports[1].ImportId])).Source);
        Assert.Empty(ImportHistoryQuery.Imports(reader, []));

        var rejected = Assert.Single(ImportHistoryQuery.Rejected(reader, null));
        Assert.Equal(("two.json", 2L), (rejected.Source, rejected.Line));
        Assert.StartsWith("{\"id\":\"c\"", rejected.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', rejected.Reason);
        Assert.Empty(ImportHistoryQuery.Rejected(reader, [imports[1].ImportId]));
    }

    [Fact]
    public void The_mirror_describes_itself()
    {
        using var mirror = new TestMirror();
        var location = new MirrorLocation(mirror.Path, "Parameter");
        var none = MirrorInfoQuery.Run(location);
        Assert.Equal((false, 0L, mirror.Path), (none.Exists, none.Activities, none.Path));

        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Tenant = "contoso" },
            mirror.Write("a.json", System.Text.Encoding.UTF8.GetBytes(Event.All(
            new("a", "2026-10-01T08:00:00Z", "Add user"), new("b", "2026-10-02T08:00:00Z", "Add user")))));
        var info = MirrorInfoQuery.Run(location);
        Assert.Equal((true, 2L, 1L, 0L, MirrorSchema.Version), (info.Exists, info.Activities, info.Imports, info.Rejected, info.SchemaVersion));
        Assert.Equal("contoso", Assert.Single(info.Tenants));
        Assert.Equal((new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 2, 8, 0, 0, TimeSpan.Zero)),
            (info.FirstTime!.Value, info.LastTime!.Value));
        Assert.True(info.Bytes > 4096);
        Assert.NotNull(info.LastImport);

        var folder = new MirrorLocation(mirror.Folder, "Session");
        Assert.Equal("NotAMirror", Assert.Throws<AuditToolException>(() => MirrorInfoQuery.Run(folder)).ErrorId);
    }
}
