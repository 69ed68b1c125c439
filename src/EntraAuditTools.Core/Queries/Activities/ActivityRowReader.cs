using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>Makes objects of a question's rows.</summary>
internal sealed class ActivityRowReader(LogContext context)
{
    /// <summary>The columns that <see cref="Read"/> expects.</summary>
    public const string Columns =
        "a.id, a.drift, a.kind, a.result, a.actor, a.target, a.target_count, a.address, a.tenant, a.origin, a.correlation, a.record_id, a.block, a.slot";

    private readonly ActivityDimensions dimensions = context.Shared(mirror => new ActivityDimensions(mirror));
    private readonly OriginalSource originals = new(context.Mirror.Path);
    private readonly ImportLookup imports = context.Shared(mirror => new ImportLookup(mirror));
    private readonly bool showSecret = context.Filter.ShowSecret;

    /// <summary>The object of the current row.</summary>
    public AuditActivity Read(Statement rows)
    {
        var row = rows.Handle;
        var id = raw.sqlite3_column_int64(row, 0);
        var kind = dimensions.ActivityType(raw.sqlite3_column_int64(row, 2));
        var actor = dimensions.Identity(raw.sqlite3_column_int64(row, 4));
        var target = dimensions.Identity(raw.sqlite3_column_int64(row, 5));
        var correlation = RawColumn.Id(row, 10);
        var recordId = RawColumn.Text(row, 11) is { } stored ? TerminalText.Visible(StoredId.Record(stored, correlation)) : null;
        var block = raw.sqlite3_column_int64(row, 12);
        var origin = ActivityOrigin.Of(raw.sqlite3_column_int64(row, 9));
        var place = new LogPlace(id, block, raw.sqlite3_column_int(row, 13));
        var handle = new ActivityHandle(place, originals, recordId, imports.OfBlock(block), showSecret) { Origin = origin };
        return new AuditActivity(handle.Details, handle.Evidence, handle.Original)
        {
            Time = UtcTime.Of(ActivityTime.ToTicks(id, raw.sqlite3_column_int64(row, 1))),
            Service = kind.Service,
            Category = kind.Category,
            Activity = kind.Activity,
            OperationType = kind.OperationType,
            Result = dimensions.Term(raw.sqlite3_column_int64(row, 3)),
            InitiatedBy = new AuditInitiator
            {
                Type = actor.Type,
                Id = actor.ObjectId,
                AppId = actor.AppId,
                DisplayName = actor.DisplayName,
                UserPrincipalName = actor.UserPrincipalName,
                IPAddress = dimensions.Address(raw.sqlite3_column_int64(row, 7)),
            },
            TargetSummary = target.Summary,
            TargetCount = raw.sqlite3_column_int(row, 6),
            TenantId = dimensions.Term(raw.sqlite3_column_int64(row, 8)),
            Origin = origin,
            CorrelationId = TerminalText.Visible(correlation),
            Id = recordId,
        };
    }
}
