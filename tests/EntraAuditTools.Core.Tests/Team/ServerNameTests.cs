using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Shared;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>What names a server, as libpq reads it, and what is refused.</summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed class ServerNameTests : IDisposable
{
    private static readonly string[] Variables =
        ["PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGSSLMODE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGSERVICE", "PGSERVICEFILE", "PGSYSCONFDIR",
            "PGCONNECT_TIMEOUT", "PGTARGETSESSIONATTRS", CopyPlace.EnvironmentVariable];

    private readonly Dictionary<string, string?> before = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    private readonly string folder = Directory.CreateTempSubdirectory("entraaudit-service-").FullName;

    public ServerNameTests()
    {
        foreach (var name in Variables) Environment.SetEnvironmentVariable(name, null);
    }

    [Theory]
    [InlineData("postgresql://host/db", true)]
    [InlineData("POSTGRES://host/db", true)]
    [InlineData("service=audit", true)]
    [InlineData("C:\\data\\mirror.db", false)]
    [InlineData("./postgresql.db", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_server_is_told_from_a_file(string? text, bool isServer) => Assert.Equal(isServer, ServerName.Is(text));

    [Theory]
    // name, hosts, database, user, encryption
    [InlineData("postgresql://eva@db.contoso.example/audit", "db.contoso.example:5432", "audit", "eva", "verify-full")]
    [InlineData("postgres://eva@db.contoso.example:6432/audit?sslmode=require", "db.contoso.example:6432", "audit", "eva", "require")]
    [InlineData("postgresql://eva@a.example,b.example:7000/audit", "a.example:5432,b.example:7000", "audit", "eva", "verify-full")]
    [InlineData("postgresql://eva@[2001:db8::1]:5433/audit", "2001:db8::1:5433", "audit", "eva", "verify-full")]
    [InlineData("postgresql://eva@[::1]/audit", "::1:5432", "audit", "eva", "prefer")]
    [InlineData("postgresql://eva@127.0.0.1/audit", "127.0.0.1:5432", "audit", "eva", "prefer")]
    [InlineData("postgresql://eva@localhost/audit?sslmode=disable", "localhost:5432", "audit", "eva", "disable")]
    [InlineData("postgresql://e%20va%40x@db.example/au%2Fdit", "db.example:5432", "au/dit", "e va@x", "verify-full")]
    [InlineData("postgresql:///audit?host=/var/run/pg&user=eva", "/var/run/pg:5432", "audit", "eva", "prefer")]
    [InlineData("postgresql://eva@%2Fvar%2Frun%2Fpg:5433/audit", "/var/run/pg:5433", "audit", "eva", "prefer")]
    [InlineData("postgresql://db.example?user=eva&dbname=audit&port=99", "db.example:99", "audit", "eva", "verify-full")]
    [InlineData("postgresql://eva@a.example,b.example/audit?port=6000", "a.example:6000,b.example:6000", "audit", "eva", "verify-full")]
    [InlineData("postgresql://eva@db.example/", "db.example:5432", "eva", "eva", "verify-full")]
    public void A_name_is_read(string name, string hosts, string database, string user, string encryption)
    {
        var server = ServerName.Parse(name);

        Assert.Equal(hosts, string.Join(',', server.Hosts.Select(host => $"{host.Host}:{host.Port}")));
        Assert.Equal((database, user, encryption), (server.Database, server.User, server.SslMode));
        // What it is called names the same.
        Assert.Equal(server.CopyName, ServerName.Parse(server.ToString()).CopyName);
    }

    [Fact]
    public void What_a_name_leaves_out_is_the_environments()
    {
        Environment.SetEnvironmentVariable("PGHOST", "db.example");
        Environment.SetEnvironmentVariable("PGPORT", "7777");
        Environment.SetEnvironmentVariable("PGUSER", "eva");
        Environment.SetEnvironmentVariable("PGDATABASE", "audit");
        Environment.SetEnvironmentVariable("PGSSLROOTCERT", "/ca.pem");

        var server = ServerName.Parse("postgresql://");

        Assert.Equal([("db.example", 7777)], server.Hosts);
        Assert.Equal(("audit", "eva", "/ca.pem"), (server.Database, server.User, server.RootCertificate));
    }

    [Fact]
    public void A_service_is_read_from_its_file()
    {
        Environment.SetEnvironmentVariable("PGSERVICEFILE", Path.Combine(folder, "none.conf"));
        Environment.SetEnvironmentVariable("PGSYSCONFDIR", folder);
        File.WriteAllText(Path.Combine(folder, "pg_service.conf"), """
            # theirs
            [other]
            host=elsewhere.example
            [audit]
            host=db.contoso.example
            port=6432
            dbname=audit
            user = eva
            password=secret
            sslrootcert=/ca.pem
            [last]
            host=nowhere.example
            """);

        var server = ServerName.Parse("service=audit");

        Assert.Equal([("db.contoso.example", 6432)], server.Hosts);
        Assert.Equal(("audit", "eva", "secret", "/ca.pem"), (server.Database, server.User, server.Password, server.RootCertificate));
        Assert.DoesNotContain("secret", server.ToString(), StringComparison.Ordinal);
        Assert.Equal("audit2", ServerName.Parse("postgresql:///audit2?service=audit").Database);
        var missing = Assert.Throws<AuditToolException>(() => ServerName.Parse("service=nobody"));
        Assert.Equal("ServiceNotFound", missing.ErrorId);
        Assert.Contains("pg_service.conf", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://eva:secret@db.example/audit", "has a password")]
    [InlineData("postgresql://eva:se@cret@db.example/audit", "has a password")]
    [InlineData("postgresql://db.example/audit?password=secret", "has a password")]
    [InlineData("postgresql://eva@db.example/audit?sslmode=disable", "in the clear")]
    [InlineData("postgresql://eva@127.0.0.1,db.example/audit?sslmode=prefer", "in the clear")]
    [InlineData("postgresql://eva@db.example/audit?sslmode=none", "none of disable")]
    [InlineData("postgresql://eva@db.example:port/audit", "port 'port' is no number")]
    [InlineData("postgresql://eva@db.example:99999/audit", "no number from 1 to 65535")]
    [InlineData("postgresql://eva@a,b,c/audit?port=1,2", "3 hosts and 2 ports")]
    [InlineData("postgresql://eva@[::1/audit", "bracket that is not closed")]
    [InlineData("postgresql://eva@db%zz/audit", "not followed by two hexadecimal digits")]
    [InlineData("postgresql://eva@db/audit?colour=red", "parameter 'colour'")]
    [InlineData("postgresql://eva@db/au%00dit", "%00")]
    [InlineData("postgresql://eva@db/audit?target_session_attrs=best", "target_session_attrs 'best' is none of any")]
    [InlineData("postgresql://eva@/audit?host=/tmp,db.example", "folder of sockets beside another host")]
    public void What_cannot_be_or_should_not_be_is_refused_in_words(string name, string words)
    {
        var error = Assert.Throws<AuditToolException>(() => ServerName.Parse(name));

        Assert.Equal("InvalidServerName", error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("cret@", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
    }

    [Fact]
    public void The_copy_of_a_mirror_lies_where_jobs_say()
    {
        var server = ServerName.Parse("postgresql://eva@db.example/audit");
        Assert.StartsWith(Path.GetDirectoryName(MirrorLocation.DefaultPath)!, CopyPlace.Of(server), StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(CopyPlace.EnvironmentVariable, folder);
        try
        {
            Assert.Equal(folder, Path.GetDirectoryName(CopyPlace.Of(server)));
            // Whoever may see more has a copy of their own.
            Assert.NotEqual(CopyPlace.Of(server), CopyPlace.Of(ServerName.Parse("postgresql://adam@db.example/audit")));
        }
        finally
        {
            Environment.SetEnvironmentVariable(CopyPlace.EnvironmentVariable, null);
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in before) Environment.SetEnvironmentVariable(name, value);
        Directory.Delete(folder, recursive: true);
    }
}
