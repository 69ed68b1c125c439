using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Upkeep.Checking;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>What can be wrong with a server is said in words, and costs no record.</summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed class ServerFaultTests
{
    private static string[] Exports =>
        [.. Directory.GetFiles(Path.Combine(Seeds.Folder, "graph"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_server_that_is_away()
    {
        var error = Failure("postgresql://eva@127.0.0.1:1/audit");

        Assert.Equal("MirrorServerAway", error.ErrorId);
        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.Contains("Check its name and port", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_not_there()
    {
        var error = Failure(PostgreSqlCluster.Get().NameOf("nowhere"));

        Assert.Equal("MirrorDatabaseNotFound", error.ErrorId);
        Assert.Contains("createdb nowhere", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_without_a_mirror()
    {
        var error = Failure(PostgreSqlCluster.Get().NewDatabase());

        Assert.Equal("MirrorNotFound", error.ErrorId);
        Assert.Contains("holds no mirror yet", error.Message, StringComparison.Ordinal);
        Assert.Contains("Import-AuditExport -Mirror postgresql://", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_of_something_else()
    {
        var (server, name) = New();
        server.Execute(ServerName.Parse(name), "CREATE SCHEMA entra_audit; "
            + "CREATE TABLE entra_audit.mirror (format integer, schema bigint, generation uuid, change bigint)");

        var error = Failure(name);

        Assert.Equal("NotAMirror", error.ErrorId);
    }

    [Fact]
    public void A_mirror_of_a_newer_version()
    {
        var (server, name) = New();
        using var one = new TeamMirror(name);
        one.Import(Exports[0]);
        server.Execute(one.Server, "UPDATE entra_audit.mirror SET schema = 1000");

        Assert.Equal("MirrorNewer", Assert.Throws<AuditToolException>(() => one.Refresh()).ErrorId);
        Assert.Equal("MirrorNewer", Assert.Throws<AuditToolException>(() => one.Import(Exports[1])).ErrorId);
    }

    [Fact]
    public void An_encoding_that_lacks_letters()
    {
        var server = PostgreSqlCluster.Get();
        server.Execute("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");

        var error = Failure(server.NameOf("latin"));

        Assert.Equal("MirrorServerNotSupported", error.ErrorId);
        Assert.Contains("LATIN1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rights_that_lack_are_named()
    {
        var (server, name) = New();
        using var one = new TeamMirror(name);
        one.Import(Exports[0]);
        server.Execute(one.Server, "CREATE ROLE adam LOGIN; CREATE ROLE stranger LOGIN; GRANT USAGE ON SCHEMA entra_audit TO adam; "
            + "GRANT SELECT ON ALL TABLES IN SCHEMA entra_audit TO adam");

        using var reader = new TeamMirror(server.NameOf(one.Server.Database, "adam"));
        Assert.Equal(one.Rows(), reader.Rows());
        var error = Assert.Throws<AuditToolException>(() => reader.Import(Exports[1]));
        Assert.Equal("MirrorAccessDenied", error.ErrorId);
        Assert.Contains("does not allow 'adam'", error.Message, StringComparison.Ordinal);
        using var stranger = new TeamMirror(server.NameOf(one.Server.Database, "stranger"));
        Assert.Equal("MirrorAccessDenied", Assert.Throws<AuditToolException>(() => stranger.Refresh()).ErrorId);
        // Whom a server does not know is another matter.
        using var nobody = new TeamMirror(server.NameOf(one.Server.Database, "nobody"));
        Assert.Equal("MirrorServerRefused", Assert.Throws<AuditToolException>(() => nobody.Refresh()).ErrorId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(300)]
    public void A_connection_that_breaks_in_the_middle_costs_nothing(int at)
    {
        var (server, name) = New();
        using var one = new TeamMirror(name);
        var cut = false;
        var options = new ImportOptions
        {
            MirrorPath = one.Copy,
            Server = one.Server,
            Reading = (_, record) =>
            {
                if (record != at || cut) return;
                cut = true;
                server.Execute(one.Server, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                    + $"WHERE datname = '{one.Server.Database}' AND pid <> pg_backend_pid()");
            },
        };
        // A connection that was cut while nobody used it is opened anew; one that was in use fails the import, which is repeated.
        try
        {
            one.Import(options, Exports);
        }
        catch (AuditToolException e)
        {
            Assert.Equal("MirrorServerAway", e.ErrorId);
        }

        one.Import(Exports);
        using var file = new TestMirror();
        file.Import(Exports);
        using var two = new TeamMirror(name);
        Assert.Equal(MirrorContent.BySource(file.Path), MirrorContent.BySource(two.Refresh().Copy));
        Assert.Equal(one.Rows(), two.Rows());
        Assert.Empty(MirrorCheck.Run(two.Copy, new(null, false), _ => { }, CancellationToken.None).Problems);
    }

    [Fact]
    public void A_server_that_was_restarted_between_two_questions_is_just_asked()
    {
        var (server, name) = New();
        using var one = new TeamMirror(name);
        one.Import(Exports[0]);
        var before = one.Rows();
        server.Execute(one.Server, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            + $"WHERE datname = '{one.Server.Database}' AND pid <> pg_backend_pid()");
        Thread.Sleep(600);

        Assert.Equal(before, one.Rows());
        one.Import(Exports[1]);
        using var two = new TeamMirror(name);
        Assert.Equal(one.Rows(), two.Rows());
    }

    [Fact]
    public void A_change_that_the_server_refuses_is_in_no_copy()
    {
        var (server, name) = New();
        using var one = new TeamMirror(name);
        one.Import(Exports[0]);
        var before = one.Rows();
        server.Execute(one.Server, "ALTER TABLE entra_audit.block ADD CONSTRAINT full_disk CHECK (id < 0) NOT VALID");

        var error = Assert.Throws<AuditToolException>(() => one.Import(Exports[1]));

        Assert.Equal("MirrorServerFailed", error.ErrorId);
        server.Execute(one.Server, "ALTER TABLE entra_audit.block DROP CONSTRAINT full_disk");
        Assert.Equal(before.FindAll(IsRecord), one.Rows().FindAll(IsRecord));
        one.Import(Exports[1]);
        using var two = new TeamMirror(name);
        Assert.Equal(one.Rows(), two.Rows());

        static bool IsRecord(string line) => line.StartsWith("activity:", StringComparison.Ordinal) || line.StartsWith("block:", StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_that_is_damaged_or_deleted_is_made_anew()
    {
        var (_, name) = New();
        using var one = new TeamMirror(name);
        one.Import(Exports[0]);
        var right = one.Rows();
        File.WriteAllText(one.Copy, "no database");
        Assert.Equal(right, one.Rows());
        File.Delete(one.Copy);
        Assert.Equal(right, one.Rows());
        // What somebody wrote into a copy alone is not seen by the question, but by who fetches all of it anew.
        OldMirror.Execute(one.Copy, "UPDATE activity SET actor = 0");
        Assert.Equal(right, one.Refresh(anew: true).Rows());
    }

    [Fact]
    public void A_certificate_that_proves_nothing_is_not_trusted()
    {
        var (server, name) = New();
        var error = Failure(name + "?sslmode=verify-full");
        Assert.Equal("MirrorServerNotTrusted", error.ErrorId);
        Assert.Contains("sslrootcert", error.RecommendedAction, StringComparison.Ordinal);

        Assert.Equal("MirrorServerNotTrusted", Failure(name + "?sslmode=verify-full&sslrootcert=/none.pem").ErrorId);
        // Whose authority is named is trusted, and only under its name.
        var trusting = $"?sslmode=verify-full&sslrootcert={Uri.EscapeDataString(server.Authority)}";
        Assert.Equal("MirrorNotFound", Failure(name + trusting).ErrorId);
        Assert.Equal("MirrorServerNotTrusted", Failure(name.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + trusting).ErrorId);
    }

    [Fact]
    public void A_socket_and_a_choice_of_hosts_are_taken()
    {
        var (server, name) = New();
        var database = ServerName.Parse(name).Database;
        Assert.Equal("MirrorNotFound", Failure($"postgresql://owner@/{database}?host={server.Sockets}&port={server.Port}").ErrorId);
        Assert.Equal("MirrorNotFound", Failure(name + "?target_session_attrs=read-write").ErrorId);
        Assert.Equal("MirrorNotFound", Failure(name.Replace("@", "@127.0.0.1:1,", StringComparison.Ordinal) + "?target_session_attrs=primary").ErrorId);
    }

    [Fact]
    public void A_place_that_cannot_take_a_copy_is_named()
    {
        var (_, name) = New();
        using var one = new TeamMirror(name);
        one.Import(Exports[0]);
        var file = Path.GetTempFileName();
        try
        {
            var error = Assert.Throws<AuditToolException>(
                () => SharedMirrors.Of(one.Server).Refresh(Path.Combine(file, "copy.db"), false, null, TestContext.Current.CancellationToken));
            Assert.Equal("MirrorAccessDenied", error.ErrorId);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Passwords_come_from_where_libpq_takes_them_or_a_command()
    {
        var (server, name) = New();
        var address = ServerName.Parse(name);
        server.Execute(address, "CREATE ROLE locked LOGIN PASSWORD 'open sesame'");
        var locked = server.NameOf(address.Database, "locked");
        Assert.Equal("MirrorServerRefused", Failure(locked).ErrorId);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "127.0.0.1:*:*:locked:open sesame\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Assert.Equal("MirrorNotFound", Failure($"{locked}?passfile={Uri.EscapeDataString(file)}").ErrorId);
        }
        finally
        {
            File.Delete(file);
        }

        // Of each a connection of its own: what was asked once is kept for the process.
        With("PGPASSWORD", "wrong", () => Assert.Equal("MirrorServerRefused", Failure($"{locked}?connect_timeout=9&target_session_attrs=any").ErrorId));
        With("ENTRAAUDIT_PASSWORD_COMMAND", "echo 'open sesame'", () => Assert.Equal("MirrorNotFound", Failure($"{locked}?sslmode=require").ErrorId));
        With("ENTRAAUDIT_PASSWORD_COMMAND", "echo no; echo why >&2; exit 3", () =>
        {
            var error = Failure($"{locked}?sslmode=allow");
            Assert.Equal("MirrorPasswordCommandFailed", error.ErrorId);
            Assert.Contains("ended with 3: why", error.Message, StringComparison.Ordinal);
        });

        static void With(string variable, string value, Action test)
        {
            Environment.SetEnvironmentVariable(variable, value);
            try
            {
                test();
            }
            finally
            {
                Environment.SetEnvironmentVariable(variable, null);
            }
        }
    }

    private static (PostgreSqlCluster Server, string Name) New()
    {
        var server = PostgreSqlCluster.Get();
        return (server, server.NewDatabase());
    }

    private static AuditToolException Failure(string name)
    {
        using var one = new TeamMirror(name);
        return Assert.Throws<AuditToolException>(() => one.Refresh());
    }
}
