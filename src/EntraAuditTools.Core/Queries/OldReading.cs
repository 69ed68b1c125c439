using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Mirror;

namespace EntraAuditTools.Core.Queries;

/// <summary>What a mirror answers as an older version understood it: a file that was imported is not read again by a newer one.</summary>
public static class OldReading
{
    /// <summary>A sentence on imports that an older version read; null when there are none.</summary>
    /// <param name="mirror">The mirror.</param>
    public static string? Warning(MirrorReader mirror)
    {
        ArgumentNullException.ThrowIfNull(mirror);
        var sql = mirror.SchemaVersion >= ReadingSchema.Since
            ? $"SELECT count(*) FROM import WHERE reader < {ReaderVersion.Current}"
            : "SELECT count(*) FROM import";
        var count = mirror.Query(sql, row => row.GetInt64(0)).First();
        return count == 0 ? null
            : $"{(count == 1 ? "One import of this mirror was" : $"{count:N0} imports of this mirror were")} read by an older version of this module, which took some actors, addresses, "
                + "dates and links otherwise (see its CHANGELOG). To have them as this version reads them, import the files into a new mirror; the originals are kept in any case.";
    }
}
