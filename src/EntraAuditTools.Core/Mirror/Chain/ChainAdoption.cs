using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>
/// Takes the imports and originals of a mirror that had no chain into one, as they are then: what was changed before cannot be seen.
/// </summary>
internal static class ChainAdoption
{
    /// <summary>Digests all originals, and links all imports; within the transaction that made the tables.</summary>
    public static void Run(SqliteConnection connection)
    {
        using (var blocks = new Statement(connection, "SELECT id, import, data, raw_length FROM block ORDER BY id"))
        using (var insert = new Statement(connection, "INSERT INTO block_digest (block, import, digest) VALUES (?, ?, ?)"))
        {
            while (blocks.Step())
            {
                if (Digest(blocks.Blob(2), blocks.Number(3)) is { } digest)
                    insert.Bind(1, blocks.Number(0)).Bind(2, blocks.Number(1)).BindBlob(3, digest).Execute();
            }
        }

        using var chain = new ChainWriter(connection);
        chain.LinkAll(ChainReason.Adoption);
    }

    /// <summary>Null for a block that is damaged: it stays without a digest, which is found where it is looked for.</summary>
    private static byte[]? Digest(byte[]? data, long length)
    {
        try
        {
            return data == null ? null : BlockDigest.Of(new OriginalBlock(data, length));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
