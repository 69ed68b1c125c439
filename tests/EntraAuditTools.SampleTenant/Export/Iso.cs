using System.Globalization;

namespace EntraAuditTools.SampleTenant;

/// <summary>Times as text, without going through culture.</summary>
internal static class Iso8601
{
    /// <summary>yyyy-MM-ddTHH:mm:ss and up to seven decimals, without zeros at the end and without a zone. Returns the length.</summary>
    public static int Format(long ticks, Span<byte> text)
    {
        new DateTime(ticks, DateTimeKind.Utc).TryFormat(text, out int length, "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>The same as a string, with the zone.</summary>
    public static string Text(long ticks, string zone) =>
        new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + zone;
}
