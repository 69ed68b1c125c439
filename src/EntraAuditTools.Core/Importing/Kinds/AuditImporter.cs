using System.Buffers;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>Takes in audit activities.</summary>
internal sealed class AuditImporter(ActivityRowBuilder rows, ImportStatistics statistics, byte[] tenant, DateReading dates) : IKindImporter
{
    private readonly AuditFields fields = new() { Dates = dates };
    private readonly ArrayBufferWriter<byte> scratch = new(16 * 1024);
    private RecordShape expected;

    /// <inheritdoc/>
    public void ReadDates(DateReading known) => fields.Dates = known;

    /// <inheritdoc/>
    public bool TryTakeNext(ReadOnlySpan<byte> record, ImportBatch batch)
    {
        if (expected == RecordShape.GraphAudit) GraphAuditReader.Read(record, fields);
        else if (expected != RecordShape.DiagnosticAudit || !GraphAuditReader.ReadEnvelope(record, fields, out var isAudit) || !isAudit)
            return false;
        if (fields is not { Ticks: not 0, IsCut: false, BadTime: null } || fields.Activity.IsEmpty) return false;
        // Files that were joined, and originals that are read anew, change their shape in the middle: another one's record is looked at.
        if (expected == RecordShape.GraphAudit && fields.HasOther) return false;
        Accept(expected, record, record, batch);
        return true;
    }

    /// <inheritdoc/>
    public void Take(ReadOnlyMemory<byte> record, RecordShape shape, string? context, ImportBatch batch)
    {
        expected = shape;
        var read = record.Span;
        switch (shape)
        {
            case RecordShape.GraphAudit:
                GraphAuditReader.Read(read, fields);
                break;
            // Texts where objects should be (the properties, or parts of them) are for the slow reader.
            case RecordShape.DiagnosticAudit when GraphAuditReader.ReadEnvelope(read, fields, out _) && !fields.IsCut:
                break;
            default:
                scratch.ResetWrittenCount();
                AuditNormalizer.Rewrite(new OriginalRecord(shape, record), scratch);
                read = scratch.WrittenSpan;
                GraphAuditReader.Read(read, fields);
                break;
        }

        Accept(shape, record.Span, read, batch);
    }

    private void Accept(RecordShape shape, ReadOnlySpan<byte> original, ReadOnlySpan<byte> read, ImportBatch batch)
    {
        rows.Add(batch, fields, shape, original, read, tenant);
        statistics.Accept(batch.Rows<ActivityRow>().Rows[^1].Record, fields.IsCut);
    }
}
