namespace EntraAuditTools.Core.Mirror.Shared;

/// <summary>
/// Connection URIs as libpq reads them: several hosts with a port each, addresses of IPv6 in brackets, percent-encoding everywhere, all
/// else as parameters (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS). .NET's Uri takes one host only.
/// </summary>
internal static class ServerUri
{
    /// <summary>Takes one apart.</summary>
    /// <exception cref="Errors.AuditToolException">InvalidServerName.</exception>
    public static ServerSettings Parse(string text)
    {
        var settings = new ServerSettings(text);
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0) Parameters(settings, rest[(query + 1)..]);
        if (query >= 0) rest = rest[..query];
        var path = rest.IndexOf('/', StringComparison.Ordinal);
        if (path >= 0 && path < rest.Length - 1) settings.SetUnlessGiven("dbname", Decoded(settings, rest[(path + 1)..]));
        if (path >= 0) rest = rest[..path];
        var at = rest.LastIndexOf('@');
        if (at >= 0) User(settings, rest[..at]);
        Hosts(settings, rest[(at + 1)..]);
        return settings;
    }

    private static void User(ServerSettings settings, string text)
    {
        if (text.Contains(':', StringComparison.Ordinal)) throw settings.HasPassword();
        if (text.Length > 0) settings.SetUnlessGiven("user", Decoded(settings, text));
    }

    private static void Hosts(ServerSettings settings, string text)
    {
        if (text.Length == 0) return;
        var (hosts, ports) = (new List<string>(), new List<string>());
        foreach (var part in text.Split(','))
        {
            var (host, port) = (part, string.Empty);
            if (part.StartsWith('['))
            {
                var end = part.IndexOf(']', StringComparison.Ordinal);
                if (end < 0) throw settings.Invalid($"'{part}' begins with a bracket that is not closed");
                (host, port) = (part[1..end], part[(end + 1)..]);
                if (port.Length > 0 && port[0] != ':') throw settings.Invalid($"'{part}' has something behind its bracket");
            }
            else if (part.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0)
            {
                (host, port) = (part[..colon], part[colon..]);
            }

            hosts.Add(Decoded(settings, host));
            ports.Add(port.TrimStart(':'));
        }

        settings.SetUnlessGiven("host", string.Join(',', hosts));
        if (ports.Exists(port => port.Length > 0)) settings.SetUnlessGiven("port", string.Join(',', ports));
    }

    private static void Parameters(ServerSettings settings, string text)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw settings.Invalid($"'{pair}' is not a parameter with its value");
            var name = Decoded(settings, pair[..equals]);
            if (name is "password" or "sslpassword") throw settings.HasPassword();
            settings.Set(name, Decoded(settings, pair[(equals + 1)..]));
        }
    }

    private static string Decoded(ServerSettings settings, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])))
                throw settings.Invalid("a '%' in it is not followed by two hexadecimal digits (write %25 for the sign itself)");
        }

        var decoded = Uri.UnescapeDataString(text);
        return decoded.Contains('\0', StringComparison.Ordinal) ? throw settings.Invalid("it holds %00") : decoded;
    }
}
