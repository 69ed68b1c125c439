using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Upkeep.Checking;
using EntraAuditTools.Core.Upkeep.Removal;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>Initialize-AuditMirror: who reads, who imports and who may nothing, by one command, again and again.</summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed class ServerRolesTests
{
    private static int logins;

    private static string[] Exports =>
        [.. Directory.GetFiles(Seeds.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_reader_asks_an_importer_imports_a_stranger_may_nothing()
    {
        using var owner = New();
        var (adam, nightly, stranger) = (Login(), Login(), Login());
        var made = owner.Initialize([adam], [nightly]);
        Assert.True(made.IsNew);
        Assert.Equal("owner", made.Owner);
        Assert.Equal($"{owner.Server.Database}_audit_reader", made.ReaderRole);
        Assert.Equal([adam], made.Readers);
        Assert.Equal([nightly], made.Importers);
        Assert.Empty(made.Notes);

        using var importer = As(owner, nightly);
        importer.Import(Exports[..20]);
        Assert.Empty(importer.Errors);
        using var file = new TestMirror();
        file.Import(Exports[..20]);
        Assert.Equal(MirrorContent.Of(file.Path), importer.Content());
        using var reader = As(owner, adam);
        // But for secrets: SecretRightsTests.
        Assert.Equal(importer.Content(), reader.Content());
        // Whom the server let in, whoever that is on their machine.
        Assert.All(reader.Ask(mirror => Core.Queries.Imports.ImportHistoryQuery.Imports(mirror, null).ToList()),
            import => Assert.Equal(nightly, import.ImportedBy));
        Assert.Equal("MirrorAccessDenied", Refused(() => reader.Import(Exports[0])).ErrorId);
        Assert.Equal("MirrorAccessDenied", Refused(() => Remove(reader)).ErrorId);
        Assert.Equal("MirrorAccessDenied", Refused(() => reader.Initialize([], [])).ErrorId);
        using var other = As(owner, stranger);
        var error = Refused(() => other.Refresh());
        Assert.Equal("MirrorAccessDenied", error.ErrorId);
        Assert.Contains("Initialize-AuditMirror with -Reader or -Importer", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void An_importer_removes_and_derives_anew_and_all_keep_their_rights()
    {
        using var owner = New();
        var (adam, nightly) = (Login(), Login());
        owner.Initialize([adam], [nightly]);
        using var importer = As(owner, nightly);
        importer.Import(Exports);
        using var reader = As(owner, adam);
        reader.Refresh();

        Assert.True(Remove(importer) > 0);
        Assert.NotNull(Update(importer));

        Assert.Equal(importer.Content(), reader.Content());
        Assert.Equal(importer.Rows(), owner.Rows());
        Assert.Empty(MirrorCheck.Run(reader.Copy, new(null, false), _ => { }, CancellationToken.None).Problems);
        importer.Import(Exports[..3]);
        Assert.Equal(importer.Content(), reader.Content());
    }

    [Fact]
    public void Tables_of_an_older_version_are_their_owners_to_replace()
    {
        using var owner = New();
        var (adam, nightly) = (Login(), Login());
        owner.Initialize([adam], [nightly]);
        using var importer = As(owner, nightly);
        importer.Import(Exports[0]);
        var rows = Activities(importer);
        Older(owner);

        var error = Refused(() => importer.Import(Exports[1]));
        Assert.Equal("MirrorOwnerNeeded", error.ErrorId);
        Assert.Contains("only their owner may replace them", error.Message, StringComparison.Ordinal);
        using var reader = As(owner, adam);
        Assert.NotEmpty(reader.Rows());

        using (var again = As(owner, "owner")) Assert.Null(Update(again.Refresh(), isForced: false));

        Assert.Equal((long)MirrorSchema.Version, PostgreSqlCluster.Get().Execute(owner.Server, "SELECT schema FROM entra_audit.mirror"));
        Assert.Equal(rows, Activities(reader));
        importer.Import(Exports[1]);
        Assert.Equal(importer.Rows(), reader.Rows());
    }

    [Fact]
    public void Who_owns_nothing_but_is_superuser_leaves_tables_to_their_owner()
    {
        using var owner = New();
        var (eva, adam) = (Login(), Login());
        var server = PostgreSqlCluster.Get();
        server.Execute(owner.Server, $"ALTER DATABASE {owner.Server.Database} OWNER TO {eva}; ALTER ROLE {eva} CREATEROLE");
        using (var first = As(owner, eva))
        {
            Assert.Equal(eva, first.Initialize([adam], []).Owner);
            first.Import(Exports[0]);
        }

        Older(owner);
        owner.Import(Exports[1]);

        const string Owners = "SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables WHERE schemaname = 'entra_audit'";
        Assert.Equal(eva, server.Execute(owner.Server, Owners));
        using var reader = As(owner, adam);
        Assert.Equal(owner.Rows(), reader.Rows());
        Assert.Equal(eva, owner.Initialize([], []).Owner);
    }

    [Fact]
    public void It_does_no_harm_to_run_it_again()
    {
        using var owner = New();
        var (adam, eva, nightly) = (Login(), Login(), Login());
        owner.Initialize([adam], [nightly]);
        owner.Import(Exports[0]);
        var rows = owner.Rows();

        var again = owner.Initialize([eva, adam], []);

        Assert.False(again.IsNew);
        Assert.Equal(new[] { adam, eva }.Order(StringComparer.Ordinal), again.Readers);
        Assert.Equal([nightly], again.Importers);
        Assert.Equal(rows, owner.Rows());
        using var reader = As(owner, eva);
        Assert.Equal(rows, reader.Rows());
    }

    [Fact]
    public void Two_mirrors_of_one_server_share_no_role()
    {
        using var one = New();
        using var two = New();
        var adam = Login();
        one.Initialize([adam], []);
        two.Initialize([], []);
        using var reader = As(two, adam);

        Assert.Equal("MirrorAccessDenied", Refused(() => reader.Refresh()).ErrorId);
    }

    [Fact]
    public void A_role_that_is_not_there_is_named_and_nothing_is_made()
    {
        using var owner = New();
        var error = Refused(() => owner.Initialize(["who\"; DROP TABLE x; --"], ["nobody_such"]));

        Assert.Equal("MirrorRoleNotFound", error.ErrorId);
        Assert.Contains("'nobody_such'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0L, PostgreSqlCluster.Get().Execute(owner.Server, "SELECT count(*) FROM pg_namespace WHERE nspname = 'entra_audit'"));
    }

    [Fact]
    public void A_name_with_quotes_is_a_name()
    {
        using var owner = New();
        PostgreSqlCluster.Get().Execute(owner.Server, "CREATE ROLE \"Adam \"\"the\"\" %I Reader\" LOGIN");

        Assert.Equal(["Adam \"the\" %I Reader"], owner.Initialize(["Adam \"the\" %I Reader"], []).Readers);
    }

    [Fact]
    public void Who_may_not_is_told_what_it_takes()
    {
        using var owner = New();
        var eva = Login();
        using var without = As(owner, eva);
        var schema = Refused(() => without.Initialize([], []));
        Assert.Equal("MirrorAccessDenied", schema.ErrorId);
        Assert.Contains("make a schema", schema.RecommendedAction, StringComparison.Ordinal);

        PostgreSqlCluster.Get().Execute(owner.Server, $"GRANT CREATE ON DATABASE {owner.Server.Database} TO {eva}");
        var roles = Refused(() => without.Initialize([], []));
        Assert.Contains("CREATEROLE", roles.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(owner.Server.Database + "_audit_reader", roles.RecommendedAction, StringComparison.Ordinal);
        // All or nothing.
        Assert.Equal(0L, PostgreSqlCluster.Get().Execute(owner.Server, "SELECT count(*) FROM pg_namespace WHERE nspname = 'entra_audit'"));
    }

    [Fact]
    public void A_member_without_the_right_is_noted()
    {
        using var owner = New();
        var (adam, nightly) = (Login("NOINHERIT"), Login());
        var server = PostgreSqlCluster.Get();

        var made = owner.Initialize([adam], [nightly]);

        var note = Assert.Single(made.Notes);
        Assert.Contains($"'{adam}' is a member", note, StringComparison.Ordinal);
        Assert.Contains("INHERIT", note, StringComparison.Ordinal);
        // A group that somebody logs in as is not one.
        server.Execute(owner.Server, $"ALTER ROLE {made.ReaderRole} LOGIN");
        Assert.Equal("MirrorRoleInUse", Refused(() => owner.Initialize([], [])).ErrorId);
    }

    [Fact]
    public void A_file_needs_none_of_it()
    {
        var error = Refused(() => new MirrorLocation("/tmp/audit.db", "Parameter").Initialize(new([], [], []), asksLogs: false, null, CancellationToken.None));

        Assert.Equal("MirrorIsFile", error.ErrorId);
        Assert.Contains("is a file", error.Message, StringComparison.Ordinal);
        Assert.Contains("postgresql://", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_fetches_and_who_writes_all_anew_wait_for_each_other()
    {
        using var owner = New();
        owner.Import(Exports[..20]);
        var rows = owner.Rows();
        using var two = new TeamMirror(PostgreSqlCluster.Get().NameOf(owner.Server.Database));
        using (var writer = Hold(owner, "ACCESS EXCLUSIVE"))
        {
            var fetch = Task.Run(() => two.Rows(), TestContext.Current.CancellationToken);
            await Task.WhenAny(fetch, Task.Delay(300, TestContext.Current.CancellationToken));
            Assert.False(fetch.IsCompleted);
            writer.Dispose();
            Assert.Equal(rows, await fetch);
        }

        using var reader = Hold(owner, "ACCESS SHARE");
        var update = Task.Run(() => Update(owner), TestContext.Current.CancellationToken);
        // Until all is written anew, the server holds what it held.
        await Task.WhenAny(update, Task.Delay(1000, TestContext.Current.CancellationToken));
        Assert.False(update.IsCompleted);
        Assert.Equal(rows, two.Rows());
        reader.Dispose();
        Assert.NotNull(await update);
        Assert.Equal(owner.Rows(), two.Rows());
    }

    private static TeamMirror New() => new(PostgreSqlCluster.Get().NewDatabase());

    private static TeamMirror As(TeamMirror mirror, string role) => new(PostgreSqlCluster.Get().NameOf(mirror.Server.Database, role));

    private static string Login(string more = "")
    {
        var name = FormattableString.Invariant($"member{Interlocked.Increment(ref logins)}");
        PostgreSqlCluster.Get().Execute("postgres", $"CREATE ROLE {name} LOGIN {more}");
        return name;
    }

    private static AuditMirrorUpdate? Update(TeamMirror mirror, bool isForced = true) =>
        MirrorUpgrade.Run(mirror.Copy, new() { Server = mirror.Server, Force = isForced }, _ => { }, CancellationToken.None);

    private static IDisposable Hold(TeamMirror mirror, string mode) =>
        PostgreSqlCluster.Get().Hold(mirror.Server, $"LOCK TABLE entra_audit.removed IN {mode} MODE");

    /// <summary>Leaves what a version before this one would have: without the tables that this one has more.</summary>
    private static void Older(TeamMirror mirror)
    {
        const int Before = ChainSchema.Since - 1;
        var tables = Tables(MirrorSchema.Version).Except(Tables(Before)).Select(table => $"DROP TABLE entra_audit.{table}; ");
        PostgreSqlCluster.Get().Execute(mirror.Server,
            $"UPDATE entra_audit.mirror SET schema = {Before}, generation = gen_random_uuid(); {string.Concat(tables)}");

        static List<string> Tables(int version)
        {
            using var memory = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
            memory.Open();
            MirrorFile.Execute(memory, MirrorMigration.Sql(0, version));
            using var names = new Core.Mirror.Sql.Statement(memory, "SELECT name FROM sqlite_master WHERE type = 'table'");
            var found = new List<string>();
            while (names.Step()) found.Add(names.String(0)!);
            return found;
        }
    }

    private static List<string> Activities(TeamMirror mirror) => mirror.Rows().FindAll(row => row.StartsWith("activity:", StringComparison.Ordinal));

    private static long Remove(TeamMirror mirror)
    {
        var options = new RemovalOptions(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), LogTable.All) { Server = mirror.Server };
        return RecordRemoval.Run(mirror.Refresh().Copy, options, _ => { }, CancellationToken.None).Activities;
    }

    private static AuditToolException Refused(Action work) => Assert.Throws<AuditToolException>(work);
}
