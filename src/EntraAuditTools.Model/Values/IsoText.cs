using System.Globalization;

namespace EntraAuditTools;

/// <summary>
/// Times as text for files: ISO 8601 in UTC with all seven digits, as Graph writes them. Export-Csv writes a DateTimeOffset in the culture
/// of the session and drops its fraction, so that the same rows look different on two machines.
/// </summary>
internal static class IsoText
{
    public static string Of(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static string? Of(DateTimeOffset? time) => time is { } known ? Of(known) : null;
}
