using System.Diagnostics.CodeAnalysis;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>One entry of the provisioning log on its way into the mirror; linked with its source and target identity.</summary>
internal struct ProvisioningRow : IRecordRow
{
    public RecordRow Record;
    public int Source;
    public int Target;
    public int Initiator;

    /// <summary>Milliseconds; -1 when the export does not say.</summary>
    public long Duration;
    public IdRange Cycle;
    public IdRange Change;

    /// <inheritdoc/>
    public static LogTable Log => LogTable.Provisioning;

    [UnscopedRef]
    ref RecordRow IRecordRow.Record => ref Record;

    /// <inheritdoc/>
    public readonly void Bind(Statement statement, int first, ImportBatch batch)
    {
        statement.Bind(first, Source).Bind(first + 1, Target).Bind(first + 2, Initiator);
        if (Duration < 0) statement.BindText(first + 3, default);
        else statement.Bind(first + 3, Duration);
        Cycle.Bind(statement, first + 4, batch);
        Change.Bind(statement, first + 5, batch);
    }
}

/// <summary>A step or modified property that came in a file of its own.</summary>
/// <param name="Change">The change that it is part of.</param>
/// <param name="Part">0: step; 1: modified property.</param>
/// <param name="Digest">Hash of the original's bytes.</param>
/// <param name="Original">The row.</param>
/// <param name="Shape">How it was written.</param>
internal readonly record struct ProvisioningPartRow(IdRange Change, int Part, long Digest, ByteRange Original, RecordShape Shape);

/// <summary>An observation of a synchronization job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ObservedTicks">When its export was taken, UTC.</param>
/// <param name="IsAssumed">Whether that time is assumed.</param>
/// <param name="Application">Identity of the application; 0 when unknown.</param>
/// <param name="Tenant">Tenant; 0 when unknown.</param>
/// <param name="Digest">Hash of the original's bytes: a job is in the same state when it is written the same.</param>
/// <param name="Original">The job.</param>
/// <param name="Shape">How it was written.</param>
internal readonly record struct JobRow(ByteRange JobId, long ObservedTicks, bool IsAssumed, int Application, int Tenant, long Digest,
    ByteRange Original, RecordShape Shape)
{
    /// <summary>The <c>@odata.context</c> of its page; null when there is none.</summary>
    public string? Context { get; init; }

    /// <summary>Where the original is stored already; null for one that is new.</summary>
    public OriginalPlace? Place { get; init; }
}
