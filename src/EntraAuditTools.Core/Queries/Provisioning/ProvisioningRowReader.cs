using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Logs.Kinds;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>Makes objects of the rows of the provisioning log.</summary>
internal sealed class ProvisioningRowReader(LogContext context)
{
    /// <summary>The columns that <see cref="Read"/> expects.</summary>
    public const string Columns =
        "p.id, p.drift, p.kind, p.source, p.target, p.initiator, p.duration, p.cycle, p.change_id, p.tenant, p.record_id, p.block, p.slot";

    private readonly LogKinds<ProvisioningKindText> kinds = context.Shared(ProvisioningKindText.All);
    private readonly OriginalSource originals = new(context.Mirror.Path);
    private readonly ImportLookup imports = context.Shared(mirror => new ImportLookup(mirror));
    private readonly bool showSecret = context.Filter.ShowSecret;

    /// <summary>The object of the current row.</summary>
    public ProvisioningLogEntry Read(Statement rows)
    {
        var row = rows.Handle;
        var id = raw.sqlite3_column_int64(row, 0);
        var kind = kinds[raw.sqlite3_column_int64(row, 2)];
        var source = kinds.Words.Identity(raw.sqlite3_column_int64(row, 3));
        var target = kinds.Words.Identity(raw.sqlite3_column_int64(row, 4));
        var initiator = kinds.Words.Identity(raw.sqlite3_column_int64(row, 5));
        var change = TerminalText.Visible(RawColumn.Id(row, 8));
        var recordId = TerminalText.Visible(RawColumn.Id(row, 10));
        var block = raw.sqlite3_column_int64(row, 11);
        var place = new LogPlace(id, block, raw.sqlite3_column_int(row, 12));
        var handle = new ProvisioningHandle(place, originals, change, recordId, imports.OfBlock(block), showSecret);
        return new ProvisioningLogEntry(handle.Details, handle.Evidence, handle.Original)
        {
            Time = UtcTime.Of(ActivityTime.ToTicks(id, raw.sqlite3_column_int64(row, 1))),
            Action = kind.Action,
            Status = kind.Status,
            Application = kind.Application.DisplayName ?? kind.Application.ObjectId ?? kind.Application.AppId,
            ApplicationId = kind.Application.ObjectId,
            Identity = NameOf(source, target),
            IdentityType = kind.IdentityType,
            SourceSystem = kind.SourceSystem,
            TargetSystem = kind.TargetSystem,
            ErrorCode = kind.ErrorCode,
            ErrorCategory = kind.ErrorCategory,
            SkipReason = kind.SkipReason,
            Duration = raw.sqlite3_column_type(row, 6) == raw.SQLITE_NULL
            ? null : TimeSpan.FromMilliseconds(raw.sqlite3_column_int64(row, 6)),
            ChangeId = change,
            CycleId = TerminalText.Visible(RawColumn.Id(row, 7)),
            JobId = kind.JobId,
            InitiatedBy = initiator.DisplayName ?? initiator.UserPrincipalName ?? initiator.ObjectId ?? initiator.AppId,
            InitiatorType = initiator.Type,
            TenantId = kinds.Words.Term(raw.sqlite3_column_int64(row, 9)),
            Id = recordId,
            SourceIdentity = Identity(source, () => handle.Details().SourceDetails),
            TargetIdentity = Identity(target, () => handle.Details().TargetDetails),
        };
    }

    /// <summary>The name that says most of an entry's object; null when nothing is known of it.</summary>
    public static string? NameOf(IdentityText source, IdentityText target) =>
        source.DisplayName ?? source.UserPrincipalName ?? target.DisplayName ?? target.UserPrincipalName ?? source.ObjectId
            ?? target.ObjectId;

    private static ProvisioningIdentity Identity(IdentityText identity, Func<RecordList<AuditDetail>> details) => new(details)
    {
        Id = identity.ObjectId,
        DisplayName = identity.DisplayName,
        Type = identity.Type,
        UserPrincipalName = identity.UserPrincipalName,
    };
}
