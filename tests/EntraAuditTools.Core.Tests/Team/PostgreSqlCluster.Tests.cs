namespace EntraAuditTools.Core.Tests.Team;

/// <summary>The cluster for tests: skipped with the reason where there is no PostgreSQL.</summary>
internal sealed partial class PostgreSqlCluster
{
    /// <summary>The tests that ask it, one after the other: some change the environment that names are read with.</summary>
    public const string Tests = "Servers";

    /// <summary>The cluster.</summary>
    public static PostgreSqlCluster Get()
    {
        var cluster = Find();
        Assert.SkipWhen(cluster == null, "No PostgreSQL is installed (initdb and pg_ctl): install one to see mirrors on a server.");
        return cluster!;
    }
}
