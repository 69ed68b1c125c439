using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EntraAuditTools.Core.Mirror.Shared;
using Npgsql;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>
/// A PostgreSQL cluster of the tests' own: in a temporary folder, on the loopback, as a user that is not root, gone at the end. One for the
/// process; a database for each test.
/// </summary>
internal sealed partial class PostgreSqlCluster : IDisposable
{
    private const string Owner = "owner";

    // The server refuses to run as root.
    private static readonly string[] OtherUsers = ["postgres", "nobody"];

    private static readonly Lazy<PostgreSqlCluster?> Shared = new(() => Start());

    private static readonly ConcurrentBag<PostgreSqlCluster> Started = [];

    private static int databases;

    // All at once: whoever waits for this process does not wait long.
    static PostgreSqlCluster() =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Parallel.ForEach(Started, cluster => cluster.Dispose());

    private readonly string folder;
    private readonly string programs;
    private readonly string? user;
    private readonly int port;

    private PostgreSqlCluster(string folder, string programs, string? user, int port)
    {
        this.folder = folder;
        this.programs = programs;
        this.user = user;
        this.port = port;
        Started.Add(this);
    }

    /// <summary>The cluster; null where no PostgreSQL is installed.</summary>
    public static PostgreSqlCluster? Find() => Shared.Value;

    /// <summary>The port that it listens on.</summary>
    public int Port => port;

    /// <summary>The authority that its certificate is of.</summary>
    public string Authority => Path.Combine(folder, ServerCertificate.AuthorityFile);

    /// <summary>Full path of the folder that its socket is in.</summary>
    public string Sockets => folder;

    /// <summary>Full path of the folder that its data is in.</summary>
    public string Data => Path.Combine(folder, "data");

    /// <summary>Makes a database, and names it as an admin would.</summary>
    public string NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"audit{Interlocked.Increment(ref databases)}");
        Execute("postgres", $"CREATE DATABASE {name} TEMPLATE template0");
        return NameOf(name);
    }

    /// <summary>What names a database.</summary>
    public string NameOf(string database, string role = Owner, string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $"postgresql://{role}@127.0.0.1:{port}/{database}{more}");

    /// <summary>Runs SQL in a database, as its owner.</summary>
    public object? Execute(string database, string sql)
    {
        using var connection = Open(database);
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    /// <summary>Runs SQL in the database of a mirror.</summary>
    public object? Execute(ServerAddress server, string sql) => Execute(server.Database, sql);

    /// <summary>Runs SQL in the database of a mirror, in a transaction that lasts until it is disposed of.</summary>
    public IDisposable Hold(ServerAddress server, string sql)
    {
        var connection = Open(server.Database);
        using var command = new NpgsqlCommand($"BEGIN; {sql}", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill() => Control("stop -m immediate");

    /// <summary>Starts it again.</summary>
    public void Restart() => Control($"start -w -l {folder}/log");

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Control("stop -m immediate");
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // The temporary folder is the system's to clean.
        }
    }

    private NpgsqlConnection Open(string database)
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Database={database};Username={Owner};Pooling=false");
        connection.Open();
        return connection;
    }

    /// <summary>One more, for tests that need several.</summary>
    /// <param name="more">Further settings.</param>
    public static PostgreSqlCluster StartAnother(string more) => Start(more)!;

    /// <summary>Whether an extension is installed.</summary>
    public bool HasExtension(string name) => (long)Execute("postgres", $"SELECT count(*) FROM pg_available_extensions WHERE name = '{name}'")! > 0;

    private static PostgreSqlCluster? Start(string more = "")
    {
        if (OperatingSystem.IsWindows() || Programs() is not { } programs) return null;
        var user = Environment.UserName == "root" ? OtherUsers.First(name => Id(name)) : null;
        var folder = Directory.CreateTempSubdirectory("entraaudit-pg-").FullName;
        if (user != null) Run("chown", [user, folder], null);
        var cluster = new PostgreSqlCluster(folder, programs, user, FreePort());
        cluster.Program("initdb", $"-D {cluster.Data} -U {Owner} -A trust -E UTF8 --no-locale --no-sync");
        // What is tested is what happens to processes, not to disks: those have campaigns of their own.
        var settings = $"""

            port = {cluster.port}
            listen_addresses = '127.0.0.1'
            unix_socket_directories = '{folder}'
            fsync = off
            max_connections = 200
            ssl = on
            ssl_cert_file = '{folder}/server.crt'
            ssl_key_file = '{folder}/server.key'
            hba_file = '{folder}/hba'
            {more}
            """;
        var file = Path.Combine(folder, "settings");
        File.WriteAllText(file, settings);
        ServerCertificate.Write(folder);
        foreach (var key in user == null ? [] : new[] { "server.crt", "server.key" }) Run("chown", [user!, Path.Combine(folder, key)], null);
        cluster.Shell($"sh -c 'cat {file} >> {cluster.Data}/postgresql.conf'");
        File.WriteAllText(Path.Combine(folder, "hba"), "host all locked 127.0.0.1/32 scram-sha-256\nlocal all all trust\nhost all all 127.0.0.1/32 trust\n");
        cluster.Restart();
        return cluster;
    }

    private static string? Programs()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(path => path + "/bin") : [])
            .Concat(["/opt/homebrew/opt/postgresql/bin", "/usr/local/opt/postgresql/bin"]);
        return folders.FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")) && File.Exists(Path.Combine(path, "pg_ctl")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Id(string name) => Run("id", [name], null) == 0;

    private void Control(string arguments) => Program("pg_ctl", $"-D {Data} {arguments}");

    private void Program(string name, string arguments) => Shell($"{Path.Combine(programs, name)} {arguments}");

    private void Shell(string command)
    {
        // What the server writes must not keep this process's pipes open.
        var quiet = $"cd {folder} && {command} >{folder}/said 2>&1 </dev/null";
        var result = user == null ? Run("sh", ["-c", quiet], folder) : Run("runuser", ["-u", user, "--", "sh", "-c", quiet], folder);
        if (result != 0) throw new InvalidOperationException($"{command}: {File.ReadAllText(Path.Combine(folder, "said"))}");
    }

    private static int Run(string program, string[] arguments, string? folder)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder ?? Path.GetTempPath(), RedirectStandardError = true, RedirectStandardOutput = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
