using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>Where the rest of an activity is.</summary>
internal sealed class ActivityHandle(LogPlace place, OriginalSource source, string? recordId, ImportText import, bool showSecret)
    : LogHandle(LogTable.Activity, place, source, recordId, import, showSecret)
{
    public AuditActivityDetails Details() => GraphAuditDetails.Read(AuditNormalizer.ToGraph(Read()), ShowSecret, Source.NameOf);
}
