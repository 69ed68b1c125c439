using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Mirror.Writing.Entities;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Logs;

/// <summary>Writes audit activities, and keeps the full-text index up where there is one.</summary>
internal sealed class ActivityWriter : RecordWriter<ActivityRow>
{
    private static readonly int ActivityPart = LogTable.Activity.Kinds.PartOf("activity");

    private readonly Dimensions dimensions;
    private readonly ActivitySearchIndex.Writer? searchIndex;
    private readonly EntitlementEventWriter entitlementEvents;
    private readonly TwinWriter twins;
    private readonly Statement insertMention;
    private readonly List<(int Identity, long Row)> mentions = [];

    /// <summary>Prepares the statements.</summary>
    public ActivityWriter(SqliteConnection connection, Dimensions dimensions, BlockQueue blocks, WriteCounts counts)
        : base(connection, blocks, counts)
    {
        this.dimensions = dimensions;
        entitlementEvents = new(connection);
        twins = new(connection);
        insertMention = new(connection, "INSERT OR IGNORE INTO activity_mention VALUES (?, ?)");
        if (ActivitySearchIndex.Exists(connection)) searchIndex = new(connection);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        searchIndex?.Dispose();
        entitlementEvents.Dispose();
        twins.Dispose();
        insertMention.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    public override void LacksRows()
    {
        base.LacksRows();
        twins.LacksRows();
    }

    /// <inheritdoc/>
    protected override void Seek(ref ActivityRow row, ImportBatch batch, SoughtRows sought)
    {
        base.Seek(ref row, batch, sought);
        if (row.Correlation.Bytes.Length == 0) return;
        var correlation = SoughtId.Of(batch.Get(row.Correlation.Bytes), row.Correlation.IsGuid);
        (row.Origin == TwinWriter.Directory ? sought.CorrelationsOfDirectory : sought.Correlations).Add(correlation);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        base.Flush();
        mentions.Sort();
        foreach (var (identity, row) in mentions) insertMention.Bind(1, identity).Bind(2, row).Execute();
        mentions.Clear();
    }

    /// <summary>Links what both logs have, of all that was written since.</summary>
    public override void BeforeCommit() => twins.Pair();

    /// <inheritdoc/>
    protected override bool IsSame(in Existing known, in ActivityRow row) =>
        TimeText.Agree(known.Ticks, row.Record.Ticks) && Distinction(known.Kind) == Distinction(row.Record.Kind);

    /// <inheritdoc/>
    protected override long Distinction(int kind) => dimensions.PartOfKind(LogTable.Activity, kind, ActivityPart);

    /// <inheritdoc/>
    protected override void OnShown(long id, ref ActivityRow row, ReadOnlySpan<int> identities, ImportBatch batch)
    {
        for (var i = 0; i < row.MentionCount; i++) mentions.Add((batch.Mentions[row.FirstMention + i], id));
        if (row.Entitlement != 0) entitlementEvents.Write(id, batch.EntitlementEvents[row.Entitlement - 1], identities, batch);
    }

    /// <inheritdoc/>
    protected override void OnPlaced(long id, long before, ref ActivityRow row, ImportBatch batch)
    {
        var correlation = batch.Get(row.Correlation.Bytes);
        twins.Touch(id, row.Origin, correlation, row.Correlation.IsGuid);
        if (before != id) twins.Touch(before, row.Origin, correlation, row.Correlation.IsGuid);
    }

    /// <inheritdoc/>
    protected override void OnKept(long id, in RecordRow row, ImportBatch batch) =>
        searchIndex?.Add(id, new OriginalRecord(row.Shape, batch.Bytes.WrittenMemory.Slice(row.Original.Start, row.Original.Length)));
}
