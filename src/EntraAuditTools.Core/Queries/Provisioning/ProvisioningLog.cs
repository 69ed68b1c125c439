using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Logs.Conditions;
using EntraAuditTools.Core.Queries.Logs.Kinds;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>The provisioning log, as it is read.</summary>
internal static class ProvisioningLog
{
    // Documentation: Graph's provisioningResult and provisioningAction (FORMATS 1.2).
    private static readonly string[] Results = ["success", "failure", "skipped", "warning"];
    private static readonly string[] Actions = ["create", "update", "delete", "disable", "stagedDelete", "other"];

    private static readonly KindField<ProvisioningKindText>[] KindFields =
    [
        Kind("Action", "action", "create, update, delete, disable, stagedDelete, other.", "action", kind => [kind.Action], Actions),
        new("Application", "application's name or id", "Name of the application, or object id of its service principal.",
            ProvisioningKindText.All, kind => [kind.Application.DisplayName, kind.Application.ObjectId, kind.Application.AppId])
            { Noun = "application", Held = ProvisioningColumn.Application, TakesAll = true },
        Kind("IdentityType", "identity type", "User, Group…", "identity type", kind => [kind.IdentityType]),
        Kind("SourceSystem", "source system", "System that is read.", "source system", kind => [kind.SourceSystem]),
        Kind("TargetSystem", "target system", "System that is written.", "target system", kind => [kind.TargetSystem]),
        Kind("Status", "status", "success, failure, skipped, warning.", "status", kind => [kind.Status], Results),
        new("JobId", "job id", "The job.", ProvisioningKindText.All, kind => [kind.JobId]) { Noun = "job", Held = ProvisioningColumn.Job },
        Kind("ErrorCode", "error code", "Code of the error.", "error code", kind => [kind.ErrorCode]),
    ];

    /// <summary>The log.</summary>
    public static readonly LogDefinition<ProvisioningLogEntry> Definition = new()
    {
        Table = LogTable.Provisioning,
        What = "Provisioning log entries",
        Columns = ProvisioningRowReader.Columns,
        Reader = context => new ProvisioningRowReader(context).Read,
        Kinds = context => context.Shared(ProvisioningKindText.All).Matching(context.Filter, KindFields),
        Fields =
        [
            .. KindFields,
            new("Identity", "identity's name, UPN, source or target id", "Display name, UPN, source id or target id.")
            {
                Noun = "identity",
                Held = NameColumn.Identity,
                Values = new IdentityValues(),
                Condition = (context, texts) => new LinkCondition(TermLookup.Identities(context.Mirror, texts)!, "source", "target"),
            },
            new("CycleId", "cycle id", "One iteration of the job.") { Condition = (_, texts) => IdCondition.Of("cycle", texts) },
            new("ChangeId", "change id",
                "The change of one object in one cycle.") { Condition = (_, texts) => IdCondition.Of("change_id", texts) },
            CommonFields.Id,
            CommonFields.Tenant(null),
            CommonFields.Import(PartsOfImports),
            CommonFields.ImportedAfter,
        ],
    };

    /// <summary>Asks it.</summary>
    public static readonly LogQuery<ProvisioningLogEntry> Query = new(Definition);

    /// <summary>The files of the portal that hold the steps and changes of entries.</summary>
    private static string PartsOfImports(LogScope scope, string row, string blocks) =>
        $" OR {scope.Dialect.Unsought($"{row}.change_id")} IN (SELECT change_id FROM provisioning_part WHERE block IN ({blocks}))";

    /// <summary>A filter by a word; where there are only a few usual ones, All asks for any of them.</summary>
    private static KindField<ProvisioningKindText> Kind(string name, string words, string help, string noun,
        Func<ProvisioningKindText, string?[]> values, string[]? usual = null) =>
        new(name, words, help, ProvisioningKindText.All, values, usual) { Noun = noun, TakesAll = usual != null };
}
