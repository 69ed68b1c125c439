using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>The head of a mirror's chain: the digest of its last link, as people keep it.</summary>
internal static class ChainHead
{
    /// <summary>SQL for it; no row for a mirror without imports.</summary>
    public const string Sql = "SELECT digest FROM chain ORDER BY position DESC LIMIT 1";

    /// <summary>A digest in lower-case hex.</summary>
    public static string Text(byte[] digest) => Convert.ToHexString(digest).ToLowerInvariant();

    /// <summary>The last block of originals that a link covers; 0 for none.</summary>
    public static long LastBlock(SqliteConnection mirror)
    {
        using var last = new Statement(mirror, "SELECT content FROM chain ORDER BY position DESC LIMIT 1");
        if (!last.Step()) return 0;
        var block = ChainContent.Of(last.String(0) ?? string.Empty)?.LastBlock ?? 0;
        last.Reset();
        return block;
    }

    /// <summary>The head; null for a mirror without imports.</summary>
    public static string? Of(SqliteConnection mirror)
    {
        using var head = new Statement(mirror, Sql);
        if (!head.Step()) return null;
        var text = Text(head.Blob(0) ?? []);
        head.Reset();
        return text;
    }
}
