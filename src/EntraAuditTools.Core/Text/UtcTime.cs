using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Text;

/// <summary>UTC ticks as the mirror stores them, as times with offset zero.</summary>
internal static class UtcTime
{
    public static DateTimeOffset Of(long utcTicks) => new(utcTicks, TimeSpan.Zero);

    public static DateTimeOffset? Of(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Of(row.GetInt64(column));
}

/// <summary>SHA-256 as the mirror stores it, as lower-case hex.</summary>
internal static class Sha256Text
{
    public static string? Of(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : Convert.ToHexString((byte[])row.GetValue(column)).ToLowerInvariant();
}
