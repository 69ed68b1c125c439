using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Mirror.Shared;

/// <summary>
/// What names a mirror on a server, wherever a mirror can be named: <c>postgresql://user@host/database?…</c>, or <c>service=name</c> for a
/// service of the service file (https://www.postgresql.org/docs/current/libpq-pgservice.html).
/// </summary>
internal static class ServerName
{
    private const string Service = "service=";

    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    /// <summary>Whether a text names a server rather than a file.</summary>
    public static bool Is(string? text) =>
        text != null && (text.StartsWith(Service, StringComparison.OrdinalIgnoreCase) || IsUri(text));

    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="AuditToolException">
    /// InvalidServerName: it cannot be read, has a password, or asks for less than an encrypted connection to another machine;
    /// ServiceNotFound.
    /// </exception>
    public static ServerAddress Parse(string text)
    {
        var settings = IsUri(text) ? ServerUri.Parse(text) : new ServerSettings(text);
        if (!IsUri(text)) settings.Set("service", text[Service.Length..]);
        return settings.ToAddress();
    }

    private static bool IsUri(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
}
