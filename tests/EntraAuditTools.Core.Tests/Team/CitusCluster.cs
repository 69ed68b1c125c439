using System.Globalization;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>A Citus cluster of the tests' own: a coordinator and two workers, each a PostgreSQL cluster on the loopback.</summary>
internal sealed class CitusCluster
{
    private const string Settings = """
        shared_preload_libraries = 'citus'
        citus.shard_count = 8
        citus.max_adaptive_executor_pool_size = 2
        max_prepared_transactions = 200
        """;

    private static readonly Lazy<CitusCluster> Shared = new(() => new());

    private static int databases;

    private readonly PostgreSqlCluster coordinator = PostgreSqlCluster.StartAnother(Settings);

    private readonly PostgreSqlCluster[] workers = [PostgreSqlCluster.StartAnother(Settings), PostgreSqlCluster.StartAnother(Settings)];

    /// <summary>The cluster; the test is skipped with the reason where there is no Citus.</summary>
    public static CitusCluster Get()
    {
        Assert.SkipWhen(!PostgreSqlCluster.Get().HasExtension("citus"), "No Citus is installed: install it to see logs that are spread over servers.");
        return Shared.Value;
    }

    /// <summary>Makes a database on each, and names the coordinator's as an admin would.</summary>
    public string NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"spread{Interlocked.Increment(ref databases)}");
        foreach (var node in workers.Prepend(coordinator))
        {
            node.Execute("postgres", $"CREATE DATABASE {name} TEMPLATE template0");
            node.Execute(name, "CREATE EXTENSION citus");
        }

        coordinator.Execute(name, string.Create(CultureInfo.InvariantCulture, $"SELECT citus_set_coordinator_host('127.0.0.1', {coordinator.Port})"));
        foreach (var worker in workers)
            coordinator.Execute(name, string.Create(CultureInfo.InvariantCulture, $"SELECT citus_add_node('127.0.0.1', {worker.Port})"));
        return coordinator.NameOf(name);
    }

    /// <summary>Runs SQL on the coordinator.</summary>
    public object? Execute(Core.Mirror.Shared.ServerAddress server, string sql) => coordinator.Execute(server, sql);
}
