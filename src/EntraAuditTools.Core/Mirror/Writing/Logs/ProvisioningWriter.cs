using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Logs;

/// <summary>Writes entries of the provisioning log.</summary>
internal sealed class ProvisioningWriter(SqliteConnection connection, BlockQueue blocks, WriteCounts counts)
    : RecordWriter<ProvisioningRow>(connection, LogTable.Provisioning, blocks, counts)
{
    private readonly Statement findChange = new(connection, "SELECT change_id IS NOT NULL FROM provisioning WHERE id = ?");

    /// <inheritdoc/>
    protected override RowList<ProvisioningRow> RowsOf(ImportBatch batch) => batch.Provisioning;

    /// <inheritdoc/>
    protected override void BindOwn(Statement statement, ref ProvisioningRow row, ImportBatch batch)
    {
        statement.Bind(FirstOwn, row.Source).Bind(FirstOwn + 1, row.Target).Bind(FirstOwn + 2, row.Initiator);
        if (row.Duration < 0) statement.BindText(FirstOwn + 3, default);
        else statement.Bind(FirstOwn + 3, row.Duration);
        BindId(statement, FirstOwn + 4, row.Cycle, batch);
        BindId(statement, FirstOwn + 5, row.Change, batch);
    }

    /// <summary>
    /// One id is one entry if change, action and status agree as far as both tell them, and the time: whatever it is where one of them keeps
    /// that of delivery (Log Analytics, answers).
    /// </summary>
    protected override bool IsSame(in Existing known, in RecordRow row)
    {
        var isTimeTrue = ShapeInfo.Of(RowBuilder.ShapeOf(known.Rank)).KeepsTime && ShapeInfo.Of(row.Shape).KeepsTime;
        if (isTimeTrue && !TimeText.Agree(known.Ticks, row.Ticks)) return false;
        if (Fingerprint.Agree(known.Fingerprint, row.Fingerprint)) return true;
        return TimeText.Agree(known.Ticks, row.Ticks) && Fingerprint.PartsAgree(known.Fingerprint, row.Fingerprint) && !(row.HasChange && HasChange(known.Id));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        findChange.Dispose();
        base.Dispose();
    }

    private bool HasChange(long id)
    {
        findChange.Bind(1, id);
        var has = findChange.Step() && findChange.Number(0) != 0;
        findChange.Reset();
        return has;
    }
}
