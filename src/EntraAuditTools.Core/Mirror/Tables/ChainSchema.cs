namespace EntraAuditTools.Core.Mirror.Tables;

/// <summary>
/// The tables that make later changes of imports and originals visible (docs/reliability.md). Since version 4 of the schema: what an older
/// mirror holds is taken in as it is then.
/// </summary>
internal static class ChainSchema
{
    /// <summary>The version of the schema that has them first.</summary>
    public const int Since = 4;

    /// <summary>Adds the tables to a mirror that lacks them.</summary>
    public static readonly string Create = $"""
        -- One link for each import that finished, in that order, and for each later change of what was linked. content is a JSON object
        -- (ChainContent); digest is the SHA-256 of the previous link's digest (32 zeros before the first) and of content.
        CREATE TABLE chain (position INTEGER PRIMARY KEY, content TEXT NOT NULL, digest BLOB NOT NULL);

        -- The imports that a link covers, each with the digest of its row, coverage, rejections and complete exports (ImportDigest).
        CREATE TABLE chain_import (import INTEGER NOT NULL, position INTEGER NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (position, import)) WITHOUT ROWID;
        CREATE INDEX chain_import_import ON chain_import (import);

        -- The digest of the originals of a block (BlockDigest); also of blocks that were removed.
        CREATE TABLE block_digest (block INTEGER PRIMARY KEY, import INTEGER NOT NULL, digest BLOB NOT NULL);

        -- Originals that a link removed: the SHA-256 of one, which its block's digest needs, or (slot -1) the digest of a whole block, or
        -- (slot -2 and less) the digest of a row of provisioning_part (ChainDigests).
        CREATE TABLE removed_original (
            block INTEGER NOT NULL, slot INTEGER NOT NULL, position INTEGER NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (block, slot)) WITHOUT ROWID;

        CREATE INDEX coverage_import ON coverage (import);
        {string.Join('\n', LogTable.All.Where(log => log.Since < Since).Select(log => log.CreateSightingIndex))}
        CREATE INDEX provisioning_part_block ON provisioning_part (block);
        CREATE INDEX complete_export_import ON complete_export (import);
        """;
}
