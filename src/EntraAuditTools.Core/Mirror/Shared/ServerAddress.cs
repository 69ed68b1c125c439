using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace EntraAuditTools.Core.Mirror.Shared;

/// <summary>
/// A PostgreSQL database that holds a mirror: what a connection URI or a service of the service file says, with libpq's defaults
/// (https://www.postgresql.org/docs/current/libpq-connect.html). Never a password of a URI: those end up in histories and logs.
/// </summary>
internal sealed record ServerAddress
{
    /// <summary>The port that PostgreSQL listens on unless told otherwise.</summary>
    public const int UsualPort = 5432;

    /// <summary>Hosts in the order in which they are tried: names, addresses, or folders of Unix sockets.</summary>
    public required IReadOnlyList<(string Host, int Port)> Hosts { get; init; }

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The role.</summary>
    public required string User { get; init; }

    /// <summary>How the connection is encrypted, as libpq calls it: <c>disable</c> to <c>verify-full</c>; never less than asked for.</summary>
    public required string SslMode { get; init; }

    /// <summary>Certificates of authorities that are trusted; null for the system's.</summary>
    public string? RootCertificate { get; init; }

    /// <summary>The client's own certificate; null when it has none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The key of that; null when it stands in the same file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>A file of passwords other than <c>PGPASSFILE</c>'s; null for none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>A password that the service file holds; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>Seconds after which a host counts as away.</summary>
    public int ConnectTimeout { get; init; } = 15;

    /// <summary>What of several hosts is wanted, as libpq calls it (<c>read-write</c>, <c>primary</c>…); null for any.</summary>
    public string? SessionAttributes { get; init; }

    /// <summary>Which mirror it is, whoever asks and however it was written: a name for its copy on this machine.</summary>
    public string CopyName
    {
        get
        {
            var identity = $"{string.Join(',', Hosts.Select(HostText))}/{Database}?{User}";
            var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..12].ToLowerInvariant();
            var name = new string([.. Database.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_').Take(40)]);
            return $"{(name.Length == 0 ? "mirror" : name)}-{hash}.db";
        }
    }

    /// <summary>All that decides how the server is reached.</summary>
    public string Identity => string.Join('\n', ToString(), string.Join(',', Hosts), SslMode, RootCertificate, Certificate, CertificateKey,
        PasswordFile, Password, SessionAttributes);

    /// <summary>Whether a host is this machine: what goes there passes no network.</summary>
    public static bool IsHere(string host) =>
        host.StartsWith('/') || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>As a URI, to be read by people.</summary>
    public override string ToString() =>
        $"postgresql://{Uri.EscapeDataString(User)}@{string.Join(',', Hosts.Select(HostText))}/{Uri.EscapeDataString(Database)}";

    private static string HostText((string Host, int Port) host)
    {
        var name = host.Host.Contains(':', StringComparison.Ordinal) ? $"[{host.Host}]" : Uri.EscapeDataString(host.Host);
        return host.Port == UsualPort ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{host.Port}");
    }
}
