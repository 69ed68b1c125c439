using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>Where the rest of an activity is, for the parts that are read on first use.</summary>
internal sealed class ActivityHandle(OriginalSource source, long rowId, long block, int slot, string? recordId, ImportText import,
    string origin, bool showSecret)
{
    public AuditActivityDetails Details() => GraphAuditDetails.Read(AuditNormalizer.ToGraph(source.Read(block, slot)), showSecret, source.NameOf);

    public string Original() => source.ReadText(block, slot, showSecret);

    public RecordList<AuditEvidence> Evidence() => RecordEvidence.OfActivity.Read(source.MirrorPath, rowId, import, recordId, origin);
}
