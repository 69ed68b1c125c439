using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Logs;

/// <summary>Writes entries of the provisioning log.</summary>
internal sealed class ProvisioningWriter(SqliteConnection connection, BlockQueue blocks, WriteCounts counts)
    : RecordWriter<ProvisioningRow>(connection, blocks, counts)
{
    private readonly Statement findChange = new(connection, "SELECT change_id IS NOT NULL FROM provisioning WHERE id = ?");

    /// <summary>
    /// One id is one entry if change, action and status agree as far as both have them, and the time: whatever it is where one of them
    /// keeps that of delivery (Log Analytics, answers).
    /// </summary>
    protected override bool IsSame(in Existing known, in ProvisioningRow row)
    {
        ref readonly var record = ref row.Record;
        var isTimeTrue = ShapeInfo.Of(RowBuilder.ShapeOf(known.Rank)).KeepsTime && ShapeInfo.Of(record.Shape).KeepsTime;
        if (isTimeTrue && !TimeText.Agree(known.Ticks, record.Ticks)) return false;
        if (Fingerprint.Agree(known.Fingerprint, record.Fingerprint)) return true;
        return TimeText.Agree(known.Ticks, record.Ticks) && Fingerprint.PartsAgree(known.Fingerprint, record.Fingerprint)
            && !(row.Change.Bytes.Length > 0 && HasChange(known.Id));
    }

    /// <inheritdoc/>
    protected override void Seek(ref ProvisioningRow row, ImportBatch batch, SoughtRows sought)
    {
        base.Seek(ref row, batch, sought);
        if (row.Change.Bytes.Length > 0) sought.Changes.Add(SoughtId.Of(batch.Get(row.Change.Bytes), row.Change.IsGuid));
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
