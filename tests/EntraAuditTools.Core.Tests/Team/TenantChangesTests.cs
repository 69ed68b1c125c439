using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Upkeep.Backup;
using EntraAuditTools.Core.Upkeep.Checking;
using EntraAuditTools.Core.Upkeep.Removal;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>What readers of single tenants see when files hold several, tenants are learnt late, and rights come and go.</summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed class TenantChangesTests : IDisposable
{
    private const string A = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa", B = "bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb";

    private readonly TeamMirror owner = new(PostgreSqlCluster.Get().NewDatabase());
    private readonly string folder = Directory.CreateTempSubdirectory("entraaudit-tenants-").FullName;
    private readonly List<TeamMirror> others = [];

    [Fact]
    public void Of_a_file_of_several_tenants_each_sees_its_own()
    {
        owner.Initialize([], []);
        var (a, b, both) = (Reader(A), Reader(B), Reader(A, B));
        var rejected = """{"CreationTime":"never","Id":"x","Operation":"Quite broken of bbb","OrganizationId":"bbbbbbbb-2222"}""";
        owner.ImportText(string.Join('\n', Record(1, A), Record(2, B), Record(3, A), rejected, Record(4, B), Record(5, null)), "aaa and bbb.jsonl");

        Assert.Equal([3, 1], Numbers(a));
        Assert.Equal([4, 2], Numbers(b));
        Assert.Equal([4, 3, 2, 1], Numbers(both));
        Assert.Equal([5, 4, 3, 2, 1], Numbers(owner));
        Assert.Equal(Shown(owner, new() { Tenant = [A] }), Shown(a, new()));
        Assert.Equal(Shown(owner, new() { Tenant = [B] }), Shown(b, new()));
        Assert.Equal(Shown(owner, new() { Tenant = [A, B] }), Shown(both, new()));
        var import = Assert.Single(a.Ask(mirror => ImportHistoryQuery.Imports(mirror, null).ToList()));
        Assert.Equal((2, 2, 0), (import.Read, import.Added, import.Rejected));
        Assert.Null(import.Sha256);
        Assert.Equal("(an import of several tenants)", import.Source);
        Assert.Contains("more than what concerns your tenants", Assert.Single(import.Notes), StringComparison.Ordinal);
        Assert.Empty(a.Ask(mirror => ImportHistoryQuery.Rejected(mirror, null).ToList()));
        Assert.DoesNotContain(Everything(a), text => text.Contains("bbb", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Everything(a), text => text.Contains("nobody", StringComparison.Ordinal));
        Assert.DoesNotContain(Everything(b), text => text.Contains("aaa", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_word_that_another_tenant_brought_long_ago_comes_with_the_first_record_that_names_it()
    {
        owner.Initialize([], []);
        var (a, b) = (Reader(A), Reader(B));
        owner.ImportText(Record(1, A, "Rare operation."), "a1.json");
        owner.ImportText(Record(2, B, "Other operation."), "b1.json");
        Assert.Equal([2], Numbers(b));
        var before = PostgreSqlCluster.Get().Execute(owner.Server, $"SELECT change FROM entra_audit_tenants.mirror WHERE tenants = '{A}'");

        owner.ImportText(Record(3, B, "Rare operation."), "b2.json");

        var activities = b.Ask(mirror => AuditActivityQuery.Run(mirror, new()).Select(one => one.Activity).ToList());
        Assert.Equal(["Rare operation", "Other operation"], activities);
        Assert.Equal([1], Numbers(a));
        // What does not concern a tenant is no news to it.
        Assert.Equal(before, PostgreSqlCluster.Get().Execute(owner.Server, $"SELECT change FROM entra_audit_tenants.mirror WHERE tenants = '{A}'"));
        using var alone = new TestMirror();
        alone.ImportText(Record(2, B, "Other operation."), "b1.json");
        alone.ImportText(Record(3, B, "Rare operation."), "b2.json");
        Assert.Equal(MirrorContent.BySource(alone.Path), MirrorContent.BySource(b.Refresh().Copy));
    }

    [Fact]
    public void A_tenant_that_is_learnt_later_brings_its_records_with_all_that_belongs_to_them()
    {
        owner.Initialize([], []);
        var (a, b) = (Reader(A), Reader(B));
        var file = SecretExports.Write(folder)[0];
        owner.Import(file);
        owner.ImportText(Record(1, B), "b.json");
        Assert.Empty(Numbers(a));
        Assert.Empty(a.Ask(mirror => ImportHistoryQuery.Imports(mirror, null).ToList()));

        owner.Import(new ImportOptions { MirrorPath = owner.Copy, Server = owner.Server, Tenant = A, Force = true }, file);

        Assert.Equal(5, Numbers(a).Count);
        Assert.Equal(Shown(owner, new() { Tenant = [A] }).Count, Shown(a, new()).Count);
        Assert.All(a.Ask(mirror => AuditActivityQuery.Run(mirror, new()).ToList()), one => Assert.NotEmpty(one.Targets));
        Assert.DoesNotContain(Everything(a), text => text.Contains(SecretExports.Secret, StringComparison.Ordinal));
        Assert.Equal([1], Numbers(b));
    }

    [Fact]
    public void Rights_that_are_given_changed_and_taken_reach_the_copy()
    {
        owner.Initialize([], []);
        owner.ImportText(string.Join('\n', Record(1, A), Record(2, B)), "both.jsonl");
        var reader = Reader(A);
        var login = reader.Server.User;
        Assert.Equal([1], Numbers(reader));
        Assert.Equal("MirrorAccessDenied", Assert.Throws<AuditToolException>(() => reader.ImportText(Record(3, A))).ErrorId);
        Assert.Equal("MirrorAccessDenied", Assert.Throws<AuditToolException>(() => reader.Initialize([], [])).ErrorId);

        Assert.Equal([$"{login}: {B}"], Give([login], B).TenantReaders);
        Assert.Equal([2], Numbers(reader));
        Assert.DoesNotContain(Everything(reader), text => text.Contains("aaa", StringComparison.OrdinalIgnoreCase));
        Assert.Equal([B], MirrorInfoQuery.Run(reader.Location).OnlyTenants);

        Assert.Empty(owner.Initialize([login], []).TenantReaders);
        Assert.Equal([2, 1], Numbers(reader));
        Assert.Empty(MirrorInfoQuery.Run(reader.Location).OnlyTenants);
        Assert.Equal(0L, PostgreSqlCluster.Get().Execute(owner.Server, "SELECT count(*) FROM entra_audit_tenants.activity"));

        // Whoever read all reads some from now on.
        Give([login], A);
        Assert.Equal([1], Numbers(reader));

        var made = owner.Location.Initialize(new([], [], []) { Revoked = [login] }, false, null, CancellationToken.None);
        Assert.Empty(made.TenantReaders);
        Assert.Equal("MirrorAccessDenied", Assert.Throws<AuditToolException>(() => reader.Refresh()).ErrorId);
        Assert.Equal("MirrorReaderSeesAll", Assert.Throws<AuditToolException>(() => Give(["owner"], A)).ErrorId);
        Assert.Equal("TenantsNeedReaders", Assert.Throws<AuditToolException>(() => Give([], A)).ErrorId);
    }

    [Fact]
    public void Who_is_of_groups_that_may_ask_about_different_tenants_is_told_so()
    {
        owner.Initialize([], []);
        owner.ImportText(string.Join('\n', Record(1, A), Record(2, B)), "both.jsonl");
        var (one, two, login) = (TenantRightsTests.Provider.Login(), TenantRightsTests.Provider.Login(), TenantRightsTests.Provider.Login());
        Give([one], A);
        Give([two], B);
        PostgreSqlCluster.Get().Execute(owner.Server, $"GRANT {one} TO {login}");
        var member = As(login);
        Assert.Equal([1], Numbers(member));
        PostgreSqlCluster.Get().Execute(owner.Server, $"GRANT {two} TO {login}");

        Assert.Contains("nothing says which", Assert.Throws<AuditToolException>(() => member.Refresh()).Message, StringComparison.Ordinal);
        Give([login], A, B);
        Assert.Equal([2, 1], Numbers(member));
    }

    [Fact]
    public void What_is_removed_and_derived_anew_is_so_for_readers_of_tenants()
    {
        owner.Initialize([], []);
        var (a, b) = (Reader(A), Reader(B));
        owner.ImportText(string.Join('\n', Record(1, A), Record(2, B), Record(3, A), Record(4, B)), "both.jsonl");
        owner.ImportText(Record(8, A), "a.json");
        Assert.Equal([8, 3, 1], Numbers(a));
        var options = new RemovalOptions(new DateTimeOffset(2026, 10, 3, 0, 0, 0, TimeSpan.Zero), LogTable.All) { Server = owner.Server };

        Assert.Equal(2, RecordRemoval.Run(owner.Refresh().Copy, options, _ => { }, CancellationToken.None).Activities);

        Assert.Equal([8, 3], Numbers(a));
        Assert.Equal([4], Numbers(b));
        Assert.Equal(Shown(owner, new() { Tenant = [A] }), Shown(a, new()));
        Assert.NotNull(MirrorUpgrade.Run(owner.Copy, new() { Server = owner.Server, Force = true }, _ => { }, CancellationToken.None));
        Assert.Equal(Shown(owner, new() { Tenant = [A] }), Shown(a, new()));
        Assert.Equal(Shown(owner, new() { Tenant = [B] }), Shown(b, new()));
        Assert.DoesNotContain(Everything(a), text => text.Contains("bbb", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_check_says_what_cannot_be_proven_and_finds_nothing_false()
    {
        owner.Initialize([], []);
        var a = Reader(A);
        owner.ImportText(string.Join('\n', Record(1, A), Record(2, B), Record(3, A)), "both.jsonl");
        var backup = Path.Combine(folder, "backup.db");
        MirrorBackup.Run(a.Refresh().Copy, backup, isForced: false, _ => { }, CancellationToken.None);

        Assert.All(new[] { a.Copy, backup }, path =>
        {
            var check = MirrorCheck.Run(path, new(null, false), _ => { }, CancellationToken.None);
            Assert.Empty(check.Problems);
            Assert.Contains(check.Notes, note => note.Contains($"tenants {A} only", StringComparison.Ordinal));
            Assert.Null(check.ChainHead);
            Assert.Equal([MirrorCheck.Pages], check.Checks);
            Assert.Equal(1, check.Imports);
        });
        Assert.Null(MirrorInfoQuery.Run(a.Location).ChainHead);
        Assert.Equal("MirrorMasked", Assert.Throws<AuditToolException>(() =>
            MirrorUpgrade.Run(backup, new() { Force = true }, _ => { }, CancellationToken.None)).ErrorId);
        // It is a mirror like any other that somebody may go on with.
        using var file = new TestMirror();
        var known = Path.Combine(folder, "a.jsonl");
        File.WriteAllText(known, string.Join('\n', Record(1, A), Record(7, A)));
        Assert.Equal(1, Assert.Single(file.Import(new ImportOptions { MirrorPath = backup }, known)).Added);
        Assert.Empty(MirrorCheck.Run(backup, new(null, false), _ => { }, CancellationToken.None).Problems);
    }

    [Fact]
    public void The_server_answers_of_its_logs_what_a_whole_copy_does()
    {
        owner.Initialize([], [], asksLogs: true);
        owner.ImportText(string.Join('\n', Enumerable.Range(1, 9).Select(number => Record(number, number % 2 == 0 ? A : B))), "both.jsonl");
        var (a, b) = (Reader(A), Reader(B));
        using var importer = new TeamMirror(PostgreSqlCluster.Get().NameOf(owner.Server.Database));
        importer.ImportText(Record(10, A, "New operation."), "a.json");
        Assert.False(File.Exists(importer.Copy));
        var light = a.Location.RefreshForLogs(null, CancellationToken.None).Path;
        Assert.EndsWith(".light.db", light, StringComparison.Ordinal);

        using (var there = MirrorReader.Open(light))
        {
            Assert.Equal([10, 8, 6, 4, 2], AuditActivityQuery.Run(there, new()).Select(Number));
            Assert.Equal(5, AuditActivityQuery.Count(there, new()));
            Assert.Equal(Shown(owner, new() { Tenant = [A] }), AuditActivityQuery.Run(there, new()).Select(Text));
            Assert.Empty(AuditActivityQuery.Run(there, new() { Tenant = [B] }));
            importer.ImportText(Record(12, A, "Newer operation."), "a2.json");
            Assert.Equal(12, Number(AuditActivityQuery.Run(there, new() { Activity = ["Newer operation"] }).Single()));
        }

        Assert.DoesNotContain("bbbbbbbb-", Encoding.Latin1.GetString(File.ReadAllBytes(light)), StringComparison.Ordinal);
        Assert.Equal([9, 7, 5, 3, 1], Numbers(b));
        Assert.Equal([12, 10, 8, 6, 4, 2], Numbers(a));
    }

    public void Dispose()
    {
        owner.Dispose();
        others.ForEach(other => other.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private static string Record(int number, string? tenant, string operation = "Update application.") => $$"""
        {"CreationTime":"2026-10-{{number:D2}}T10:00:00","Id":"{{number:D8}}-1111-4111-8111-111111111111","Operation":"{{operation}}",
        {{(tenant == null ? string.Empty : $"\"OrganizationId\":\"{tenant}\",")}}"RecordType":8,"ResultStatus":"Success","UserKey":"x","UserType":0,
        "Workload":"AzureActiveDirectory","ObjectId":"{{tenant?[..3] ?? "nobody"}}","UserId":"ann@{{tenant?[..3] ?? "nobody"}}.example",
        "AzureActiveDirectoryEventType":1,"ModifiedProperties":[{"Name":"Of {{tenant?[..3] ?? "nobody"}}","NewValue":"x","OldValue":"[]"}],
        "Actor":[{"ID":"ann@{{tenant?[..3] ?? "nobody"}}.example","Type":5}],"Target":[{"ID":"App {{tenant?[..3] ?? "nobody"}}","Type":1}]}
        """.ReplaceLineEndings(string.Empty);

    private TeamMirror As(string role)
    {
        others.Add(new(PostgreSqlCluster.Get().NameOf(owner.Server.Database, role)));
        return others[^1];
    }

    private TeamMirror Reader(params string[] tenants)
    {
        var login = TenantRightsTests.Provider.Login();
        Give([login], tenants);
        return As(login);
    }

    private AuditMirrorInitialization Give(string[] roles, params string[] tenants) =>
        owner.Location.Initialize(new(roles, [], []) { Tenants = tenants }, false, null, CancellationToken.None);

    private static int Number(AuditActivity activity) => int.Parse(activity.Id![..8], System.Globalization.CultureInfo.InvariantCulture);

    private static List<int> Numbers(TeamMirror who) => who.Ask(mirror => AuditActivityQuery.Run(mirror, new()).Select(one => one.Time.Day).ToList());

    private static List<string> Shown(TeamMirror who, AuditActivityFilter filter) =>
        who.Ask(mirror => AuditActivityQuery.Run(mirror, filter).Select(Text).ToList());

    private static string Text(AuditActivity one) => string.Join(" | ", one.Id, one.Time, one.Activity, one.InitiatedBy, one.TargetSummary,
        one.TenantId, one.GetOriginal(), string.Join(", ", one.Targets));

    /// <summary>All texts of a copy, compressed or not.</summary>
    private static List<string> Everything(TeamMirror who)
    {
        var path = who.Refresh().Copy;
        var found = TenantExports.Originals(path);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        foreach (var table in new[]
            { "term", "identity", "address", "property_set", "import", "coverage", "entity", "entity_state", "chain", "original_context" })
        {
            using var rows = new Statement(connection, $"SELECT * FROM {table}");
            while (rows.Step()) found.AddRange(Enumerable.Range(0, rows.Columns).Select(column => rows.String(column) ?? string.Empty));
        }

        found.Add(Encoding.Latin1.GetString(File.ReadAllBytes(path)).Contains("bbbbbbbb-", StringComparison.Ordinal) ? "bbbbbbbb-" : string.Empty);
        return found;
    }
}
