using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Upkeep.Checking;
using EntraAuditTools.Core.Upkeep.Moving;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>Copy-AuditMirror: every row arrives, or the destination is what it was.</summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed class MirrorMoveTests : IDisposable
{
    private const string OfOthers = """
        {"value":[{"id":"Directory_of_others","activityDisplayName":"Update user","activityDateTime":"2026-11-01T10:00:00Z"}]}
        """;

    private readonly TestMirror file = new();
    private readonly string folder = Directory.CreateTempSubdirectory("entraaudit-move-").FullName;

    public MirrorMoveTests() => file.Import(Exports[..30]);

    private static string[] Exports =>
        [.. Directory.GetFiles(Seeds.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_file_goes_to_a_server_and_back_with_every_row()
    {
        using var server = New();
        var there = Run(Source, server.Location);
        var fromServer = Run(server.Refresh().Location, At("back.db"));

        Assert.Equal(["Pages", "Chain", "Rows"], there.Verified);
        Assert.Equal(["Pages", "Chain"], fromServer.Verified);
        Assert.Equal(server.Server.ToString(), there.Destination);
        Assert.Equal(there.ChainHead, fromServer.ChainHead);
        Assert.Equal(there.Records, fromServer.Records);
        Assert.True(there is { Records: > 100, Imports: > 10, Bytes: > 100_000 });
        Assert.Equal(MirrorRows.Of(file.Path), server.Rows());
        Assert.Equal(MirrorRows.Of(file.Path), MirrorRows.Of(fromServer.Destination));
        Assert.Empty(OldMirror.Texts(fromServer.Destination, "SELECT name FROM meta WHERE name LIKE 'shared.%'"));
        Assert.Empty(MirrorCheck.Run(server.Copy, new(there.ChainHead), _ => { }, CancellationToken.None).Problems);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(server.Copy)!, "*.copying*"));
    }

    [Fact]
    public void What_is_copied_goes_on_like_any_shared_mirror()
    {
        using var server = New();
        Run(Source, server.Location);
        using var other = new TeamMirror(NameOf(server));
        Assert.Equal("AlreadyImported", other.Import(Exports[0])[0].Status);
        other.ImportText(OfOthers);

        Assert.Equal(other.Rows(), server.Rows());
        Assert.Empty(MirrorCheck.Run(server.Copy, new(), _ => { }, CancellationToken.None).Problems);
    }

    [Fact]
    public void One_server_to_another()
    {
        using var one = New();
        Run(Source, one.Location);
        using var two = New();

        Run(one.Refresh().Location, two.Location);

        Assert.Equal(one.Rows(), two.Rows());
        Assert.Equal("MirrorIsDestination", Refused(() => Run(one.Location, one.Location)).ErrorId);
    }

    [Fact]
    public void What_a_server_holds_is_replaced_only_when_that_is_asked_for()
    {
        using var server = New();
        server.ImportText(OfOthers);
        var before = server.Rows();
        using var other = new TeamMirror(NameOf(server));
        other.Refresh();

        var error = Refused(() => Run(Source, server.Location));
        Assert.Equal("MirrorNotEmpty", error.ErrorId);
        Assert.Contains("holds 1 imports already", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, server.Rows());
        Assert.Equal(1, MirrorMove.Held(server.Location));

        Run(Source, server.Location, new() { Force = true });
        Assert.Equal(MirrorRows.Of(file.Path), server.Rows());
        Assert.Equal(MirrorRows.Of(file.Path), other.Rows());
    }

    [Fact]
    public void A_server_that_lost_it_gets_it_back_from_a_machines_copy()
    {
        using var server = New();
        Run(Source, server.Location);
        PostgreSqlCluster.Get().Execute(server.Server, "DROP SCHEMA entra_audit CASCADE");

        Run(new MirrorLocation(server.Copy, "Parameter"), server.Location);

        Assert.Equal(MirrorRows.Of(file.Path), server.Rows());
    }

    [Fact]
    public void A_mirror_of_an_older_version_arrives_as_one_of_this()
    {
        OldMirror.Age(file, 3);
        using var server = New();

        Run(Source, server.Location);

        Assert.Equal((long)MirrorSchema.Version, PostgreSqlCluster.Get().Execute(server.Server, "SELECT schema FROM entra_audit.mirror"));
        Assert.Equal(["3"], OldMirror.Texts(file.Path, "PRAGMA user_version"));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(server.Copy)!, "*.copying*"));
    }

    [Theory]
    [InlineData("Copying the mirror", false)]
    [InlineData("Sending it to the server", false)]
    [InlineData("Fetching it from there", true)]
    [InlineData("Comparing every row", true)]
    public void Stopped_anywhere_it_is_as_before_or_whole(string step, bool isWhole)
    {
        using var server = New();
        server.ImportText(OfOthers);
        var before = server.Rows();
        using var stop = new CancellationTokenSource();
        var options = new MoveOptions
        {
            Force = true,
            Step = at =>
            {
                if (at == step) stop.Cancel();
            },
        };

        Assert.ThrowsAny<OperationCanceledException>(() => MirrorMove.Run(Source, server.Location, options, stop.Token));

        Assert.Equal(isWhole ? MirrorRows.Of(file.Path) : before, server.Rows());
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(server.Copy)!, "*.copying*"));
        // And again, without waiting for a lease.
        Run(Source, server.Location, new() { Force = true });
        Assert.Equal(MirrorRows.Of(file.Path), server.Rows());
    }

    [Theory]
    [InlineData("Sending term", false)]
    [InlineData("Sending block", false)]
    [InlineData("Sending activity", true)]
    [InlineData("Sending chain import", true)]
    public void Stopped_on_the_way_it_goes_on_where_it_was(string doing, bool isCut)
    {
        using var server = New();
        server.ImportText(OfOthers);
        var before = server.Rows();
        StopAt(server, doing, isCut);

        // Until all is there, everybody asks what was there.
        Assert.Equal(before, server.Rows());
        var sent = (long)PostgreSqlCluster.Get().Execute(server.Server, "SELECT sum(sent)::bigint FROM entra_audit.copying")!;
        Assert.True(sent > 0);
        var again = Run(Source, server.Location, new() { Force = true });

        Assert.Contains(again.Notes, note => note.Contains(FormattableString.Invariant($"{sent:N0} rows were there"), StringComparison.Ordinal));
        Assert.Equal(["Pages", "Chain", "Rows"], again.Verified);
        Assert.Equal(MirrorRows.Of(file.Path), server.Rows());
        Assert.Equal(0L, Staged(server));
        Assert.DoesNotContain(Run(Source, server.Location, new() { Force = true }).Notes,
            note => note.Contains("went on", StringComparison.Ordinal));
        server.ImportText(OfOthers.Replace("Directory_of_others", "Directory_more", StringComparison.Ordinal), "more.json");
        Assert.Empty(MirrorCheck.Run(server.Copy, new(), _ => { }, CancellationToken.None).Problems);
    }

    [Fact]
    public void Logs_that_are_spread_over_servers_get_their_rows_and_secrets_stay_apart_there()
    {
        var cluster = CitusCluster.Get();
        using var server = new TeamMirror(cluster.NewDatabase());
        server.Initialize([], [], asksLogs: true);
        file.Import(SecretExports.Write(folder));
        using var stop = new CancellationTokenSource();
        void Stop(string doing)
        {
            if (doing.StartsWith("Sending block:", StringComparison.Ordinal)) stop.Cancel();
        }

        Assert.ThrowsAny<OperationCanceledException>(() => MirrorMove.Run(Source, server.Location, new() { Doing = Stop }, stop.Token));
        Assert.Contains(Run(Source, server.Location).Notes, note => note.Contains("went on", StringComparison.Ordinal));

        Assert.Equal(MirrorRows.Of(file.Path), server.Rows());
        Assert.True((long)cluster.Execute(server.Server, "SELECT count(*) FROM entra_audit.secret_block")! > 0);
        Assert.Equal(2L, cluster.Execute(server.Server, "SELECT count(DISTINCT nodeport) FROM citus_shards WHERE table_name = "
            + "'entra_audit.activity'::regclass AND shard_size > 0"));
        server.ImportText(OfOthers);
        using var other = new TeamMirror(server.Server.ToString());
        Assert.Equal(server.Rows(), other.Rows());
    }

    [Fact]
    public void What_is_another_mirror_by_now_is_copied_from_the_beginning()
    {
        using var server = New();
        server.ImportText(OfOthers);
        StopAt(server, "Sending block", isCut: false);
        Assert.True(Staged(server) > 10);
        file.ImportText(OfOthers, "others.json");

        var copied = Run(Source, server.Location, new() { Force = true });

        Assert.DoesNotContain(copied.Notes, note => note.Contains("went on", StringComparison.Ordinal));
        Assert.Equal(MirrorRows.Of(file.Path), server.Rows());
        Assert.Equal(0L, Staged(server));
    }

    [Fact]
    public void What_is_on_its_way_nobody_else_reads_and_an_importer_copies_in_one_piece()
    {
        using var server = New();
        var (reader, importer) = ($"reads_{server.Server.Database}", $"imports_{server.Server.Database}");
        var cluster = PostgreSqlCluster.Get();
        cluster.Execute("postgres", $"CREATE ROLE {reader} LOGIN; CREATE ROLE {importer} LOGIN");
        server.Initialize([reader], [importer]);
        StopAt(server, "Sending block", isCut: false);
        const string Readable = "SELECT count(*) FROM pg_tables WHERE schemaname = 'entra_audit' AND tablename LIKE 'copying%' "
            + "AND has_any_column_privilege('{0}', 'entra_audit.' || quote_ident(tablename), 'SELECT')";

        Assert.All([reader, importer], role =>
            Assert.Equal(0L, cluster.Execute(server.Server, Readable.Replace("{0}", role, StringComparison.Ordinal))));
        using var other = new TeamMirror(cluster.NameOf(server.Server.Database, importer));
        Assert.DoesNotContain(Run(Source, other.Location).Notes, note => note.Contains("went on", StringComparison.Ordinal));
        Assert.Equal(MirrorRows.Of(file.Path), server.Rows());
        // Its owner's, which a copy of the owner's goes on with or throws away.
        Assert.True(Staged(server) > 10);
        Run(Source, server.Location, new() { Force = true });
        Assert.Equal(0L, Staged(server));
    }

    [Fact]
    public void A_row_that_is_another_on_the_server_is_found()
    {
        using var server = New();
        var options = new MoveOptions
        {
            Step = step =>
            {
                const string Other = "UPDATE entra_audit.activity SET actor = actor + 1 WHERE id = (SELECT max(id) FROM entra_audit.activity)";
                if (step.StartsWith("Fetching", StringComparison.Ordinal)) PostgreSqlCluster.Get().Execute(server.Server, Other);
            },
        };

        var error = Refused(() => Run(Source, server.Location, options));

        Assert.Equal("CopyNotWhole", error.ErrorId);
        Assert.Contains("of the table 'activity', 1 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mirror_that_is_damaged_or_not_there_goes_nowhere()
    {
        using var server = New();
        Assert.Equal("MirrorNotFound", Refused(() => Run(At("none.db"), server.Location)).ErrorId);
        Assert.Null(MirrorMove.Held(server.Location));
        OldMirror.Execute(file.Path, "UPDATE block_digest SET digest = zeroblob(32) WHERE block = 1");

        Assert.Equal("BackupNotWhole", Refused(() => Run(Source, server.Location)).ErrorId);

        Assert.Null(MirrorMove.Held(server.Location));
        Assert.Equal(0L, PostgreSqlCluster.Get().Execute(server.Server, "SELECT count(*) FROM entra_audit.activity"));
    }

    public void Dispose()
    {
        file.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Stops a copy while it does something: by hand, or since the connection broke.</summary>
    private void StopAt(TeamMirror server, string doing, bool isCut)
    {
        using var stop = new CancellationTokenSource();
        var options = new MoveOptions
        {
            Force = true,
            Doing = what =>
            {
                if (!what.StartsWith(doing + ":", StringComparison.Ordinal)) return;
                if (!isCut) stop.Cancel();
                else PostgreSqlCluster.Get().Execute(server.Server, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                    + $"WHERE datname = '{server.Server.Database}' AND pid <> pg_backend_pid()");
            },
        };
        var error = Record.Exception(() => MirrorMove.Run(Source, server.Location, options, stop.Token));
        Assert.True(isCut ? error is AuditToolException { ErrorId: "MirrorServerAway" } : error is OperationCanceledException, $"{error}");
        // The lease of a connection that broke may have stayed.
        PostgreSqlCluster.Get().Execute(server.Server, "UPDATE entra_audit.mirror SET lease_until = now() - interval '1 second'");
        Thread.Sleep(600);
    }

    private static long Staged(TeamMirror server) => (long)PostgreSqlCluster.Get().Execute(server.Server,
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'entra_audit' AND tablename LIKE 'copying%'")!;

    private MirrorLocation Source => new(file.Path, "Parameter");

    private MirrorLocation At(string name) => new(Path.Combine(folder, name), "Parameter");

    private static TeamMirror New() => new(PostgreSqlCluster.Get().NewDatabase());

    private static string NameOf(TeamMirror mirror) => PostgreSqlCluster.Get().NameOf(mirror.Server.Database);

    private static AuditMirrorCopy Run(MirrorLocation from, MirrorLocation to, MoveOptions? options = null) =>
        MirrorMove.Run(from, to, options ?? new(), CancellationToken.None);

    private static AuditToolException Refused(Action work) => Assert.Throws<AuditToolException>(work);
}
