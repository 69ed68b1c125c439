using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>Where the rest of a provisioning log entry is, for the parts that are read on first use.</summary>
internal sealed class ProvisioningHandle(OriginalSource source, long rowId, long block, int slot, string? changeId, string? recordId,
    ImportText import, bool showSecret)
{
    private ProvisioningLogDetails? details;

    public ProvisioningLogDetails Details() =>
        details ??= GraphProvisioningDetails.Read(ProvisioningNormalizer.ToGraph(source.Read(block, slot)), Parts, showSecret);

    public string Original() => source.ReadText(block, slot, showSecret);

    public RecordList<AuditEvidence> Evidence() => RecordEvidence.OfProvisioning.Read(source.MirrorPath, rowId, import, recordId);

    private List<OriginalRecord> Parts(int part) => changeId == null ? [] : ChangeParts.Read(source, changeId, rowId, part);
}
