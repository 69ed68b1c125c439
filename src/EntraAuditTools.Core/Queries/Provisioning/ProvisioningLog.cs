using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Logs.Conditions;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>The provisioning log, as it is read.</summary>
internal static class ProvisioningLog
{
    private static readonly ProvisioningKindField[] KindFields =
    [
        new("Action", "action", "create, update, delete, disable, stagedDelete, other.", kind => [kind.Action])
            { Noun = "action", Held = ValueColumn.ProvisioningAction, TakesAll = true },
        new("Application", "application's name or id", "Name of the application, or object id of its service principal.",
            kind => [kind.Application.DisplayName, kind.Application.ObjectId, kind.Application.AppId])
            { Noun = "application", Held = ValueColumn.ProvisioningApplication, TakesAll = true },
        new("IdentityType", "identity type", "User, Group…", kind => [kind.IdentityType])
            { Noun = "identity type", Held = ValueColumn.ProvisioningIdentityType },
        new("SourceSystem", "source system", "System that is read.", kind => [kind.SourceSystem])
            { Noun = "source system", Held = ValueColumn.SourceSystem },
        new("TargetSystem", "target system", "System that is written.", kind => [kind.TargetSystem])
            { Noun = "target system", Held = ValueColumn.TargetSystem },
        new("Status", "status", "success, failure, skipped, warning.", kind => [kind.Status])
            { Noun = "status", Held = ValueColumn.ProvisioningStatus, TakesAll = true },
        new("JobId", "job id", "The job.", kind => [kind.JobId]) { Noun = "job", Held = ValueColumn.ProvisioningJob },
        new("ErrorCode", "error code", "Code of the error.", kind => [kind.ErrorCode]) { Noun = "error code", Held = ValueColumn.ErrorCode },
    ];

    /// <summary>The log.</summary>
    public static readonly LogDefinition<ProvisioningLogEntry> Definition = new()
    {
        Table = LogTable.Provisioning,
        What = "Provisioning log entries",
        Columns = ProvisioningRowReader.Columns,
        Reader = context => new ProvisioningRowReader(context).Read,
        Kinds = context => context.Shared(mirror => new ProvisioningKinds(mirror)).Matching(context.Filter, KindFields),
        Fields =
        [
            .. KindFields,
            new("Identity", "identity's name, UPN, source or target id", "Display name, UPN, source id or target id.")
            {
                Noun = "identity",
                Held = ValueColumn.Identity,
                Condition = (context, texts) => new LinkCondition(TermLookup.Identities(context.Mirror, texts)!, "source", "target"),
            },
            new("CycleId", "cycle id", "One iteration of the job.") { Condition = (_, texts) => IdCondition.Of("cycle", texts) },
            new("ChangeId", "change id", "The change of one object in one cycle.") { Condition = (_, texts) => IdCondition.Of("change_id", texts) },
            new("Id", "record id", "Graph's record id.") { Condition = RecordIds },
            CommonFields.Tenant(null),
            CommonFields.Import(PartsOfImports),
        ],
    };

    /// <summary>Asks it.</summary>
    public static readonly LogQuery<ProvisioningLogEntry> Query = new(Definition);

    /// <summary>The files of the portal that hold the steps and changes of entries.</summary>
    private static string PartsOfImports(LogScope scope, string row, string blocks) =>
        $" OR {scope.Dialect.Unsought($"{row}.change_id")} IN (SELECT change_id FROM provisioning_part WHERE block IN ({blocks}))";

    private static LogCondition RecordIds(LogContext context, IReadOnlyList<string> ids)
    {
        if (ids.Any(id => new WildcardText(id).Literal is null)) return new PatternCondition(ids, (dialect, row) => dialect.IdText($"{row}.record_id"));
        // The row that an id belongs to may be stored under another key, where two events share it, or without regard to case.
        var texts = ids.Select(id => new WildcardText(id).Literal!).ToList();
        var keys = texts.SelectMany(text => new[] { text, text.ToLowerInvariant() }).Distinct().Select(StableHash.Of).ToList();
        return new RowCondition(RecordKeys.Rows(context.Mirror, LogTable.Provisioning, keys));
    }
}
