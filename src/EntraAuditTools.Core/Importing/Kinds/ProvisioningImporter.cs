using System.Buffers;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>
/// Takes in entries of the provisioning log, and the steps and modified properties that the portal keeps in files of their own.
/// </summary>
internal sealed class ProvisioningImporter(ProvisioningRowBuilder rows, ImportStatistics statistics, byte[] tenant, DateReading dates)
    : IKindImporter
{
    private readonly ProvisioningFields fields = new() { Dates = dates };
    private readonly ArrayBufferWriter<byte> scratch = new(16 * 1024);
    private RecordShape expected;

    /// <inheritdoc/>
    public void ReadDates(DateReading known) => fields.Dates = known;

    /// <inheritdoc/>
    public bool TryTakeNext(ReadOnlySpan<byte> record, ImportBatch batch)
    {
        if (expected == RecordShape.GraphProvisioning) GraphProvisioningReader.Read(record, fields);
        else if (expected != RecordShape.DiagnosticProvisioning || !GraphProvisioningReader.ReadEnvelope(record, fields)) return false;
        if (fields is not { Ticks: not 0, IsCut: false, BadTime: null } || fields.Action.IsEmpty || fields.Status.IsEmpty
            || fields.Id.IsEmpty) return false;
        // Files that were joined, and originals that are read anew, change their shape in the middle: another one's record is looked at.
        if (expected == RecordShape.GraphProvisioning && fields.HasOther) return false;
        Accept(expected, record, batch);
        return true;
    }

    /// <inheritdoc/>
    public void Take(ReadOnlyMemory<byte> record, RecordShape shape, string? context, ImportBatch batch)
    {
        if (ShapeInfo.Of(shape).IsPart)
        {
            AcceptPart(record, shape, batch);
            return;
        }

        if (shape == RecordShape.ProvisionOnDemand)
        {
            foreach (var entry in OnDemandAnswer.Split(record)) TakeRewritten(entry, shape, batch);
            expected = RecordShape.Unknown;
            return;
        }

        expected = shape;
        if (shape == RecordShape.GraphProvisioning)
        {
            GraphProvisioningReader.Read(record.Span, fields);
        }
        else if (shape != RecordShape.DiagnosticProvisioning || !GraphProvisioningReader.ReadEnvelope(record.Span, fields))
        {
            TakeRewritten(record, shape, batch);
            return;
        }

        Accept(shape, record.Span, batch);
    }

    private void TakeRewritten(ReadOnlyMemory<byte> record, RecordShape shape, ImportBatch batch)
    {
        scratch.ResetWrittenCount();
        ProvisioningNormalizer.Rewrite(new OriginalRecord(shape, record), scratch);
        GraphProvisioningReader.Read(scratch.WrittenSpan, fields);
        Accept(shape, record.Span, batch);
    }

    private void Accept(RecordShape shape, ReadOnlySpan<byte> original, ImportBatch batch)
    {
        rows.Add(batch, fields, shape, original, tenant);
        statistics.Accept(batch.Rows<ProvisioningRow>().Rows[^1].Record, fields.IsCut);
    }

    private void AcceptPart(ReadOnlyMemory<byte> row, RecordShape shape, ImportBatch batch)
    {
        string change;
        using (var document = RecordJson.ParseRecord(row))
            change = document.RootElement.Text("changeId")
                ?? throw new RecordException("has no change id, by which it belongs to an entry");
        var isStep = shape == RecordShape.PortalProvisioningStep;
        batch.ProvisioningParts.Add(
            new(ProvisioningRowBuilder.AddId(batch, System.Text.Encoding.UTF8.GetBytes(change)), isStep ? 0 : 1,
                StableHash.OfUtf8(row.Span), batch.Add(row.Span), shape));
        statistics.Accept(KindNames.ProvisioningLog, ShapeInfo.Of(shape).Name, 0, isCut: false);
    }
}
