using EntraAuditTools.Core.Formats;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing;

/// <summary>Writes entries of the provisioning log.</summary>
internal sealed class ProvisioningWriter(SqliteConnection connection, BlockQueue blocks, WriteCounts counts)
    : RecordWriter<ProvisioningRow>(connection, "provisioning", "provisioning_identity", Own, blocks, counts)
{
    private static readonly OwnColumn[] Own =
    [
        new("source", KeepsKnown: true), new("target", KeepsKnown: true), new("initiator", KeepsKnown: true), new("duration", KeepsKnown: true),
        new("cycle", KeepsKnown: true), new("change_id", KeepsKnown: true),
    ];

    /// <inheritdoc/>
    protected override void BindOwn(Statement statement, ref ProvisioningRow row, ImportBatch batch)
    {
        statement.Bind(FirstOwn, row.Source).Bind(FirstOwn + 1, row.Target).Bind(FirstOwn + 2, row.Initiator);
        if (row.Duration < 0) statement.BindText(FirstOwn + 3, default);
        else statement.Bind(FirstOwn + 3, row.Duration);
        BindId(statement, FirstOwn + 4, row.Cycle, batch);
        BindId(statement, FirstOwn + 5, row.Change, batch);
    }

    /// <summary>Log Analytics keeps the time of delivery, so one id with one change, action and status is one entry whatever its time.</summary>
    protected override bool IsSame(in Existing known, in RecordRow row) => TimeText.Agree(known.Ticks, row.Ticks) || Fingerprint.Agree(known.Fingerprint, row.Fingerprint);
}
