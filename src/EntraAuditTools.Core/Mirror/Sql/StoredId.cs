namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>Ids as the mirror stores them, back to text (see <c>activity.correlation</c> and <c>activity.record_id</c>).</summary>
internal static class StoredId
{
    private const char CorrelationPlaceholder = '\u0001';

    /// <summary>A correlation id: 16 bytes in the order of the digits, or text.</summary>
    public static string? Correlation(object? stored) => stored switch
    {
        byte[] { Length: 16 } bytes => new Guid(bytes, bigEndian: true).ToString(),
        string text => text,
        _ => null,
    };

    /// <summary>What <see cref="Correlation"/> reads, for a text to look for.</summary>
    public static object ToCorrelation(string text) =>
        Guid.TryParseExact(text, "D", out var guid) ? guid.ToByteArray(bigEndian: true) : text;

    /// <summary>A record id in full: it often contains the correlation id, which is then stored once.</summary>
    public static string? Record(string? stored, string? correlation) =>
        stored is null || correlation is null
            ? stored : stored.Replace(CorrelationPlaceholder.ToString(), correlation, StringComparison.Ordinal);
}
