using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Mirror.Shared;

/// <summary>Parameters of a connection while they are gathered: from the name, then the service file, then the environment.</summary>
/// <param name="name">The name that they come from, for errors.</param>
internal sealed class ServerSettings(string name)
{
    private static readonly string[] Known =
    [
        "host", "port", "dbname", "user", "service", "sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "connect_timeout",
        "target_session_attrs",
    ];

    /// <summary>What other clients of a service need, and changes nothing here.</summary>
    private static readonly string[] WithoutEffect =
        ["application_name", "fallback_application_name", "client_encoding", "gssencmode", "channel_binding", "keepalives",
            "keepalives_idle", "keepalives_interval", "keepalives_count"];

    private static readonly string[] SslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    private static readonly string[] Sessions = ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"];

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Sets a parameter.</summary>
    /// <exception cref="AuditToolException">InvalidServerName: there is no such parameter.</exception>
    public void Set(string parameter, string value)
    {
        if (parameter is not "password" && !Known.Contains(parameter) && !WithoutEffect.Contains(parameter))
            throw Invalid($"it has a parameter '{parameter}', which is none of {string.Join(", ", Known)}");
        values[parameter] = value;
    }

    /// <inheritdoc cref="Set"/>
    public void SetUnlessGiven(string parameter, string value)
    {
        if (!values.ContainsKey(parameter)) Set(parameter, value);
    }

    /// <summary>It cannot be read as the name of a server.</summary>
    public AuditToolException Invalid(string why) => new("InvalidServerName", AuditErrorKind.InvalidArgument,
        $"'{TerminalText.Line(Masked())}' does not name a server: {why}.",
        "Write postgresql://user@host/database, with more after '?', or service=name for a service of your pg_service.conf.");

    /// <summary>It holds a password.</summary>
    public AuditToolException HasPassword() => new("InvalidServerName", AuditErrorKind.InvalidArgument,
        $"'{TerminalText.Line(Masked())}' has a password in it, which would stay in histories and logs.",
        "Leave it out, and keep the password in your password file (~/.pgpass, or what PGPASSFILE names), in PGPASSWORD, or let "
        + "ENTRAAUDIT_PASSWORD_COMMAND print it. Change a password that was typed into a shell.");

    /// <summary>The address, with what the service file and the environment add.</summary>
    /// <exception cref="AuditToolException">InvalidServerName, or ServiceNotFound.</exception>
    public ServerAddress ToAddress()
    {
        if (Value("service", "PGSERVICE") is { } service)
        {
            foreach (var (parameter, value) in ServiceFile.Find(service))
            {
                if (parameter == "service") throw Invalid($"the service '{service}' names another service");
                SetUnlessGiven(parameter, value);
            }
        }

        var hosts = Hosts();
        var user = Value("user", "PGUSER") ?? Environment.UserName;
        return new()
        {
            Hosts = hosts,
            User = user,
            Database = Value("dbname", "PGDATABASE") ?? user,
            SslMode = Encryption(hosts),
            RootCertificate = Value("sslrootcert", "PGSSLROOTCERT") is { } root && root != "system" ? root : null,
            Certificate = Value("sslcert", "PGSSLCERT"),
            CertificateKey = Value("sslkey", "PGSSLKEY"),
            PasswordFile = Value("passfile", null),
            Password = Value("password", null),
            ConnectTimeout = Value("connect_timeout", "PGCONNECT_TIMEOUT") is { } seconds ? Number("connect_timeout", seconds, 1, 3600) : 15,
            SessionAttributes = Session(),
        };
    }

    private List<(string Host, int Port)> Hosts()
    {
        var usual = OperatingSystem.IsWindows() ? "localhost" : Directory.Exists("/var/run/postgresql") ? "/var/run/postgresql" : "/tmp";
        var hosts = (Value("host", "PGHOST") ?? string.Empty).Split(',');
        var ports = (Value("port", "PGPORT") ?? string.Empty).Split(',');
        if (ports.Length > 1 && ports.Length != hosts.Length) throw Invalid($"it has {hosts.Length} hosts and {ports.Length} ports");
        if (hosts.Length > 1 && Array.Exists(hosts, host => host.StartsWith('/')))
            throw Invalid("it names a folder of sockets beside another host");
        return
        [
            .. hosts.Select((host, i) => (host.Length == 0 ? usual : host, ports[ports.Length == 1 ? 0 : i] is { Length: > 0 } port
                ? Number("port", port, 1, ushort.MaxValue) : ServerAddress.UsualPort)),
        ];
    }

    /// <summary>What leaves this machine is encrypted, and the server shows who it is unless somebody asks for less.</summary>
    private string Encryption(List<(string Host, int Port)> hosts)
    {
        var away = hosts.Find(host => !ServerAddress.IsHere(host.Host)).Host;
        if (Value("sslmode", "PGSSLMODE") is not { } mode) return away == null ? "prefer" : "verify-full";
        if (!SslModes.Contains(mode)) throw Invalid($"its sslmode '{mode}' is none of {string.Join(", ", SslModes)}");
        if (away != null && mode is "disable" or "allow" or "prefer")
        {
            throw new AuditToolException("InvalidServerName", AuditErrorKind.InvalidArgument,
                $"With sslmode={mode}, records could go to '{TerminalText.Line(away!)}' in the clear.",
                "Leave sslmode out (verify-full), name the authority of its certificate with sslrootcert=file, or, in a network that you "
                + "trust, ask for sslmode=require, which encrypts and does not look who answers.");
        }

        return mode;
    }

    private string? Session() =>
        Value("target_session_attrs", "PGTARGETSESSIONATTRS") is not { } session ? null
            : Sessions.Contains(session) ? session
            : throw Invalid($"its target_session_attrs '{session}' is none of {string.Join(", ", Sessions)}");

    private int Number(string parameter, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw Invalid($"its {parameter} '{text}' is no number from {least} to {most}");

    private string? Value(string parameter, string? variable)
    {
        if (values.TryGetValue(parameter, out var value) && value.Length > 0) return value;
        var text = variable == null ? null : Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>The name without what may be a password: messages are logged.</summary>
    private string Masked()
    {
        var scheme = name.IndexOf("://", StringComparison.Ordinal);
        var at = name.LastIndexOf('@');
        var colon = scheme < 0 ? -1 : name.IndexOf(':', scheme + 3);
        var masked = scheme >= 0 && colon >= 0 && colon < at ? $"{name[..colon]}:***{name[at..]}" : name;
        var password = masked.IndexOf("password=", StringComparison.OrdinalIgnoreCase);
        return password < 0 ? masked : masked[..(password + "password=".Length)] + "***";
    }
}
