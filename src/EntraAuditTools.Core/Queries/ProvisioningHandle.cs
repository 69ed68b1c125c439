using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Mirror.Archive;

namespace EntraAuditTools.Core.Queries;

/// <summary>Where the rest of a provisioning log entry is, for the parts that are read on first use.</summary>
internal sealed class ProvisioningHandle(OriginalSource source, long rowId, long block, int slot, string? changeId, string? recordId, ImportText import, bool showSecret)
{
    private ProvisioningLogDetails? details;

    public ProvisioningLogDetails Details() => details ??= GraphProvisioningDetails.Read(ProvisioningNormalizer.ToGraph(source.Read(block, slot)), Parts, showSecret);

    public string Original() => source.ReadText(block, slot, showSecret);

    public RecordList<AuditEvidence> Evidence() => RecordEvidence.OfProvisioning.Read(source.MirrorPath, rowId, import, recordId);

    /// <summary>Steps (0) or modified properties (1) that came in a file of their own.</summary>
    private List<OriginalRecord> Parts(int part)
    {
        if (changeId == null) return [];
        using var mirror = MirrorReader.Open(source.MirrorPath);
        var sql = new SqlText();
        sql.Add($"SELECT block, slot FROM provisioning_part WHERE change_id = {sql.Bind(StoredId.ToCorrelation(changeId))} AND part = {part} ORDER BY position");
        return mirror.Query(sql, row => source.Read(row.GetInt64(0), row.GetInt32(1))).ToList();
    }
}
