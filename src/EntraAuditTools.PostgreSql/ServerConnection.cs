using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Text;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>Connections to one server. They are pooled: the second question of a session waits for none.</summary>
internal sealed class ServerConnection
{
    // Old servers lack what the merging of changes uses, and are no longer kept (https://www.postgresql.org/support/versioning/).
    private const int OldestVersion = 13;

    // A session asks several times a second, or after its user has read the answer.
    private const int IdleMilliseconds = 500;

    private readonly NpgsqlDataSource source;
    private bool isChecked;
    private long lastUse;

    /// <summary>Makes it; nothing is opened yet.</summary>
    public ServerConnection(ServerAddress server)
    {
        Server = server;
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = string.Join(',', server.Hosts.Select(host => HostText(host.Host, host.Port))),
            // What a host has behind it counts before this; a folder of sockets can have none.
            Port = server.Hosts[0].Port,
            Database = server.Database,
            Username = server.User,
            SslMode = Mode(server.SslMode),
            RootCertificate = server.RootCertificate,
            SslCertificate = server.Certificate,
            SslKey = server.CertificateKey,
            Timeout = server.ConnectTimeout,
            // A merge of many rows may take its time; a server that is gone is noticed by the keep-alive.
            CommandTimeout = 0,
            KeepAlive = 30,
            TcpKeepAlive = true,
            ApplicationName = "EntraAuditTools",
            MaxPoolSize = 8,
            MinPoolSize = 0,
            ConnectionIdleLifetime = 60,
            // What a session of a pooler keeps is not ours: no prepared statements, no reset between uses.
            NoResetOnClose = true,
            MaxAutoPrepare = 0,
            IncludeErrorDetail = false,
        };
        // Of a single host Npgsql wants no choice; an import into one that can only be read says so.
        if (server.SessionAttributes != null && server.Hosts.Count > 1) settings.TargetSessionAttributes = server.SessionAttributes;
        if (server.PasswordFile != null) settings.Passfile = server.PasswordFile;
        if (server.Password != null) settings.Password = server.Password;
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableTransportSecurity();
        builder.EnableArrays();
        if (server.Password == null && PasswordCommand.Text is { } command)
            builder.UsePasswordProvider(_ => PasswordCommand.Run(command), (_, cancel) => ValueTask.FromResult(PasswordCommand.Run(command)));
        source = builder.Build();
    }

    /// <summary>The server.</summary>
    public ServerAddress Server { get; }

    /// <summary>Opens one, or takes one that is free.</summary>
    /// <exception cref="Core.Errors.AuditToolException">What can be wrong with a server.</exception>
    public NpgsqlConnection Open()
    {
        try
        {
            var connection = source.OpenConnection();
            if (!isChecked) Check(connection);
            else if (Environment.TickCount64 - lastUse > IdleMilliseconds && !IsAlive(connection)) connection = OpenAnew(connection);
            isChecked = true;
            lastUse = Environment.TickCount64;
            return connection;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FileNotFoundException
            or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw ServerErrors.Certificate(e, Server);
        }
        catch (Exception e) when (IsServers(e))
        {
            throw ServerErrors.Of(e, Server);
        }
    }

    /// <summary>Does something with the server, whose errors are said in words.</summary>
    /// <exception cref="Core.Errors.AuditToolException">What can be wrong with a server.</exception>
    public T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsServers(e))
        {
            throw ServerErrors.Of(e, Server);
        }
    }

    /// <summary>Whether an exception is of the server or the way to it.</summary>
    public static bool IsServers(Exception e) => e is NpgsqlException or TimeoutException or InvalidDataException
        or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException;

    /// <summary>
    /// Whether one that nobody used for a while still leads to the server, which may have been restarted meanwhile: nothing of a question
    /// is lost by asking that first.
    /// </summary>
    private static bool IsAlive(NpgsqlConnection connection)
    {
        try
        {
            using var command = new NpgsqlCommand("SELECT 1", connection);
            return command.ExecuteScalar() is 1;
        }
        catch (Exception e) when (IsServers(e))
        {
            return false;
        }
    }

    private NpgsqlConnection OpenAnew(NpgsqlConnection dead)
    {
        dead.Dispose();
        // The others are of the same time.
        source.Clear();
        return source.OpenConnection();
    }

    private void Check(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < OldestVersion)
        {
            throw ServerErrors.NotSupported(Server, $"its PostgreSQL is of version {connection.PostgreSqlVersion}",
                $"Use version {OldestVersion} or later.");
        }

        using var command = new NpgsqlCommand("SHOW server_encoding", connection);
        if (command.ExecuteScalar() is string encoding && encoding != "UTF8")
        {
            throw ServerErrors.NotSupported(Server, $"its encoding is {TerminalText.Line(encoding)}, which lacks most letters",
                "Make it with the encoding UTF8: createdb --encoding=UTF8 --template=template0 NAME.");
        }
    }

    private static string HostText(string host, int port) => host.StartsWith('/') ? host
        : host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";

    private static SslMode Mode(string mode) => mode switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        _ => SslMode.VerifyFull,
    };
}
