using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Upkeep.Checking;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>
/// A server that is restored from a backup goes on with numbers of changes that copies know from before: no copy takes itself for one of the
/// other rows.
/// </summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed class ServerRestoreTests
{
    private static string[] Exports =>
        [.. Directory.GetFiles(Path.Combine(Seeds.Folder, "graph"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [Fact]
    public void Copies_of_before_and_after_a_restore_hold_what_the_server_holds()
    {
        using var backup = new Backup(Exports[..2]);
        using var ahead = backup.Machine();
        using var behind = backup.Machine();
        using var old = backup.Machine();
        old.Refresh();
        backup.Take();
        ahead.Import(Exports[2]);
        behind.Refresh();
        ahead.Import(Exports[3]);
        ahead.Refresh();
        backup.Restore();

        // Nothing came since: what was fetched of the time that is undone is gone.
        Assert.Equal(old.Rows(), ahead.Rows());
        using var other = backup.Machine();
        other.Import(Exports[4]);
        other.Import(Exports[5]);
        other.Import(Exports[6]);

        var right = other.Rows();
        Assert.All([ahead, behind, old], machine => Assert.Equal(right, machine.Rows()));
        Assert.Empty(MirrorCheck.Run(behind.Copy, new(null, false), _ => { }, CancellationToken.None).Problems);
    }

    [Fact]
    public void A_copy_of_the_same_number_is_fetched_anew_before_its_machine_imports()
    {
        using var backup = new Backup(Exports[..2]);
        backup.Take();
        using var one = backup.Machine();
        one.Import(Exports[2]);
        backup.Restore();
        using var two = backup.Machine();
        two.Import(Exports[3]);
        Assert.Equal(Change(two), Change(one));

        one.Import(Exports[4]);

        Assert.Equal(one.Rows(), two.Rows());
        using var file = new TestMirror();
        file.Import([.. Exports[..2], Exports[3], Exports[4]]);
        Assert.Equal(Mirror.MirrorContent.BySource(file.Path), Mirror.MirrorContent.BySource(one.Copy));
    }

    [Fact]
    public void Who_imports_while_the_server_is_restored_writes_nothing()
    {
        using var backup = new Backup(Exports[..2]);
        using var one = backup.Machine();
        using var two = backup.Machine();
        var options = new ImportOptions
        {
            MirrorPath = one.Copy,
            Server = one.Server,
            Reading = (_, record) =>
            {
                if (record != 1) return;
                // As restored, but for the lease, which the one who imports believes to have.
                PostgreSqlCluster.Get().Execute(one.Server, "UPDATE entra_audit.history SET token = gen_random_uuid()");
            },
        };

        Assert.Equal("MirrorLeaseLost", Assert.Throws<AuditToolException>(() => one.Import(options, Exports[2])).ErrorId);

        Assert.Equal(two.Rows(), one.Rows());
    }

    [Fact]
    public void A_server_of_an_earlier_version_goes_on_and_gets_its_history_from_its_owner()
    {
        using var backup = new Backup(Exports[..2]);
        var server = PostgreSqlCluster.Get();
        var importer = $"importer_of_{backup.Server.Database}";
        server.Execute(backup.Server, "DROP TABLE entra_audit.history");
        // By hand, without Initialize-AuditMirror.
        server.Execute(backup.Server, $"CREATE ROLE {importer} LOGIN; GRANT USAGE ON SCHEMA entra_audit TO {importer}; GRANT SELECT, INSERT, "
            + $"UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA entra_audit TO {importer}");
        using var two = new TeamMirror(server.NameOf(backup.Server.Database, importer));
        using var copy = backup.Machine();
        copy.Refresh();

        two.Import(Exports[2]);
        Assert.Equal(two.Rows(), copy.Rows());
        Assert.Null(server.Execute(backup.Server, "SELECT to_regclass('entra_audit.history')::text") as string);

        using var owner = backup.Machine();
        owner.Import(Exports[3]);
        Assert.Equal(2L, server.Execute(backup.Server, "SELECT count(*) FROM entra_audit.history"));
        two.Import(Exports[4]);

        Assert.Equal(3L, server.Execute(backup.Server, "SELECT count(*) FROM entra_audit.history"));
        Assert.Equal(owner.Rows(), two.Rows());
        Assert.Equal(owner.Rows(), copy.Rows());
    }

    private static long Change(TeamMirror machine)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={machine.Copy};Pooling=False");
        connection.Open();
        return Core.Mirror.Files.MirrorFile.Scalar(connection, "SELECT value FROM meta WHERE name = 'shared.change'");
    }

    /// <summary>A mirror on a server, with a backup: a database made of it, as PostgreSQL copies one, takes its place.</summary>
    private sealed class Backup : IDisposable
    {
        private readonly string name;
        private readonly TeamMirror first;

        public Backup(string[] files)
        {
            name = PostgreSqlCluster.Get().NewDatabase();
            first = Machine();
            first.Import(files);
        }

        public Core.Mirror.Shared.ServerAddress Server => first.Server;

        private string Kept => Server.Database + "_backup";

        public TeamMirror Machine() => new(name);

        public void Take()
        {
            Make(Kept, Server.Database);
            Reconnect();
        }

        public void Restore()
        {
            PostgreSqlCluster.Get().Execute("postgres", $"DROP DATABASE {Server.Database} WITH (FORCE)");
            Make(Server.Database, Kept);
            Reconnect();
        }

        // What the pool still holds was cut, which is noticed where it was idle.
        private static void Reconnect() => Thread.Sleep(600);

        public void Dispose() => first.Dispose();

        private static void Make(string database, string of)
        {
            PostgreSqlCluster.Get().Execute("postgres", $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{of}'");
            PostgreSqlCluster.Get().Execute("postgres", $"CREATE DATABASE {database} TEMPLATE {of}");
        }
    }
}
