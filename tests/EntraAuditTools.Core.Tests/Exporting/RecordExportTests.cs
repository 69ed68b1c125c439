using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Exporting;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;

namespace EntraAuditTools.Core.Tests.Exporting;

/// <summary>Export-AuditRecord: what it writes is what was imported, imports again alike, and is whole or not there.</summary>
public sealed class RecordExportTests
{
    private const string Tenant = "33333333-0000-4000-8000-000000000001";

    [Theory]
    [MemberData(nameof(ExportedTenant.Shapes), MemberType = typeof(ExportedTenant))]
    public void Every_shape_imports_again_alike(string shape)
    {
        using var tenant = new ExportedTenant(shape);
        var export = Run(tenant.Mirror, tenant.File, new() { ShowSecret = true });
        Assert.True(export is { Masked: 0, Pseudonymized: false });
        // Rows of portal downloads of objects get their headers again.
        Assert.Equal(shape != "portal", export.IsVerbatim);
        Assert.Equal(new FileInfo(tenant.File).Length, export.Bytes);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(tenant.File))).ToLowerInvariant(), export.Sha256);
        Assert.Equal(export.Records, File.ReadLines(tenant.File).Count());
        tenant.Again().Dispose();
    }

    [Fact]
    public void Originals_are_written_byte_for_byte_but_for_line_ends()
    {
        using var mirror = new TestMirror();
        var record = Records.Graph("a").Replace("\"id\"", "\r\n  \"more\" : 1.50 ,\n\"id\"", StringComparison.Ordinal);
        mirror.ImportText($"[{record}]");
        Run(mirror, Out(mirror), new());
        Assert.Equal(record.ReplaceLineEndings(" ").Replace("  \"more\"", "   \"more\"", StringComparison.Ordinal) + "\n", File.ReadAllText(Out(mirror)));
    }

    [Fact]
    public void Kind_time_tenant_and_import_narrow_it_down()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(new Event("a1", "2026-09-02T08:00:00Z", "Add user"), new Event("a2", "2026-09-20T08:00:00Z", "Delete user")), "a.json");
        mirror.Import(new Core.Importing.Records.ImportOptions { MirrorPath = mirror.Path, Tenant = Tenant },
            mirror.Write("b.json", Encoding.UTF8.GetBytes(Event.All(new Event("b1", "2026-09-21T08:00:00Z", "Update user")))));
        mirror.ImportText("""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[
            {"id":"11111111-0000-4000-8000-000000000001","displayName":"Ann","userPrincipalName":"ann@contoso.example"}]}
            """, "users.json");

        Assert.Equal(4, Count(new()));
        Assert.Equal(3, Count(new() { Kinds = ["AuditActivity"] }));
        Assert.Equal(1, Count(new() { Kinds = ["Us*"] }));
        Assert.Equal(0, Count(new() { Kinds = ["AccessPackage"] }));
        // Objects have no time of an event.
        Assert.Equal(3, Count(new() { After = Time("2026-09-20T08:00:00Z") }));
        Assert.Equal(1, Count(new() { Kinds = ["AuditActivity"], Before = Time("2026-09-20T08:00:00Z") }));
        Assert.Equal(1, Count(new() { Kinds = ["AuditActivity"], After = Time("2026-09-20T08:00:00Z"), Before = Time("2026-09-21T08:00:00Z") }));
        Assert.Equal(1, Count(new() { Imports = [2] }));
        Assert.Equal(0, Count(new() { Imports = [2], Before = Time("2026-09-20T08:00:00Z"), Kinds = ["AuditActivity"] }));
        Assert.Equal(0, Count(new() { Tenants = ["44444444-0000-4000-8000-000000000001"] }));
        Assert.NotEqual(0, Count(new() { Tenants = [Tenant] }));

        long Count(ExportOptions options) => Run(mirror, Out(mirror), options with { IsForced = true }).Records;
    }

    [Fact]
    public void An_object_keeps_the_address_of_its_page()
    {
        const string Context = "https://graph.microsoft.com/v1.0/$metadata#groups('22222222-0000-4000-8000-000000000001')/members";
        using var mirror = new TestMirror();
        mirror.ImportText($$"""
            {"@odata.context":"{{Context}}","value":[{"@odata.type":"#microsoft.graph.user",
            "id":"11111111-0000-4000-8000-000000000001","displayName":"Ann","userPrincipalName":"ann@contoso.example"}]}
            """);
        Run(mirror, Out(mirror), new());
        using var line = JsonDocument.Parse(File.ReadAllText(Out(mirror)));
        Assert.Equal(Context, line.RootElement.GetProperty("@odata.context").GetString());
        Assert.Equal("Ann", line.RootElement.GetProperty("value")[0].GetProperty("displayName").GetString());

        using var again = new TestMirror();
        again.Import(Out(mirror));
        Assert.Equal("1", Mirror.OldMirror.Texts(again.Path, "SELECT count(*) FROM edge").Single());
    }

    [Fact]
    public void Secrets_are_masked_unless_they_are_asked_for()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(new Event("a", "2026-10-01T08:00:00Z", "Update application")
        {
            Targets = [Event.Target("app", "Portal", "Application", null, Event.Modified("KeyDescription", "[]", "S3CR3T"))],
        }, new Event("b", "2026-10-01T09:00:00Z", "Add user")));
        var masked = Run(mirror, Out(mirror), new());
        Assert.True(masked is { Records: 2, Masked: 1, IsVerbatim: false });
        Assert.DoesNotContain("S3CR3T", File.ReadAllText(Out(mirror)), StringComparison.Ordinal);
        var shown = Run(mirror, Out(mirror), new() { ShowSecret = true, IsForced = true });
        Assert.True(shown is { Masked: 0, IsVerbatim: true });
        Assert.Contains("S3CR3T", File.ReadAllText(Out(mirror)), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_place_is_respected_and_for_its_owner_alone()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Graph("a"));
        var file = Path.Combine(mirror.Folder, "one", "two", "out.ndjson");
        Run(mirror, file, new());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        }

        Assert.Equal("ExportExists", Fails(file));
        Assert.Equal("ExportPlaceInUse", Fails(mirror.Path));
        Assert.Equal("ExportPlaceInUse", Fails(mirror.Folder));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));

        string Fails(string place) => Assert.Throws<AuditToolException>(() => Run(mirror, place, new() { IsForced = place != file })).ErrorId;
    }

    [Fact]
    public void One_that_is_stopped_leaves_nothing_and_the_file_that_was_there()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Graph("a"));
        File.WriteAllText(Out(mirror), "before");
        File.WriteAllText(Out(mirror) + RecordExport.PartEnding, "of a kill");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => RecordExport.Run(mirror.Path, Out(mirror), new() { IsForced = true }, _ => { }, stop.Token));
        Assert.Equal("before", File.ReadAllText(Out(mirror)));
        Assert.False(File.Exists(Out(mirror) + RecordExport.PartEnding));
    }

    private static string Out(TestMirror mirror) => Path.Combine(mirror.Folder, "out.ndjson");

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static AuditRecordExport Run(TestMirror mirror, string file, ExportOptions options) =>
        RecordExport.Run(mirror.Path, file, options, _ => { }, TestContext.Current.CancellationToken);
}
