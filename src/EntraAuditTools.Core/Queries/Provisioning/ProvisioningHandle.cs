using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>Where the rest of an entry of the provisioning log is.</summary>
internal sealed class ProvisioningHandle(LogPlace place, OriginalSource source, string? changeId, string? recordId, ImportText import,
    bool showSecret)
    : LogHandle(LogTable.Provisioning, place, source, recordId, import, showSecret)
{
    private ProvisioningLogDetails? details;

    public ProvisioningLogDetails Details() =>
        details ??= GraphProvisioningDetails.Read(ProvisioningNormalizer.ToGraph(Read()), Parts, ShowSecret);

    private List<OriginalRecord> Parts(int part) => changeId == null ? [] : ChangeParts.Read(Source, changeId, Row, part);
}
