using System.Buffers;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Sources;
using EntraAuditTools.Core.Mirror.Archive;
using EntraAuditTools.Core.Mirror.Writing;

namespace EntraAuditTools.Core.Importing;

/// <summary>Takes one record: recognises it, reads it, and adds it to a batch or says why not.</summary>
internal sealed class RecordImporter(ActivityRowBuilder rows, ImportTally tally, byte[] tenant)
{
    private readonly AuditFields fields = new();
    private readonly ArrayBufferWriter<byte> scratch = new(16 * 1024);
    private RecordShape expected;

    /// <summary>Takes a JSON object in.</summary>
    /// <param name="record">Its bytes.</param>
    /// <param name="context">The <c>@odata.context</c> of its page; null when there is none.</param>
    /// <param name="batch">Where to.</param>
    /// <exception cref="RecordException">It is not taken in; the message says why.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Take(ReadOnlyMemory<byte> record, string? context, ImportBatch batch)
    {
        var span = record.Span;
        if (!System.Text.Unicode.Utf8.IsValid(span)) throw new RecordException("not valid UTF-8");
        // A file's records are alike: what the last one was is tried first, in one pass. Whatever does not fit is looked at closely.
        if (expected == RecordShape.GraphAudit)
        {
            GraphAuditReader.Read(span, fields);
            if (IsComplete())
            {
                Accept(RecordShape.GraphAudit, span, batch);
                return;
            }
        }
        else if (expected == RecordShape.DiagnosticAudit && GraphAuditReader.ReadEnvelope(span, fields) && IsComplete())
        {
            Accept(RecordShape.DiagnosticAudit, span, batch);
            return;
        }

        TakeRecognized(record, context, batch);
    }

    /// <summary>Takes in a row of a CSV, given as an object from column to cell.</summary>
    /// <inheritdoc cref="Take"/>
    public void TakeRow(ReadOnlyMemory<byte> row, RecordShape shape, ImportBatch batch)
    {
        if (shape == RecordShape.UnifiedAuditRow)
        {
            TakeRecognized(row, null, batch);
            return;
        }

        Rewrite(row, shape);
        Accept(shape, row.Span, batch);
    }

    private void TakeRecognized(ReadOnlyMemory<byte> record, string? context, ImportBatch batch)
    {
        Recognized recognized;
        using (var document = JsonDocument.Parse(record, new JsonDocumentOptions { MaxDepth = JsonResync.MaxDepth }))
        {
            recognized = RecordRecognizer.Recognize(document.RootElement);
            switch (recognized.Kind)
            {
                case RecordKind.NotSupported:
                    tally.Skip(recognized.Label);
                    return;
                case RecordKind.GraphError:
                    tally.AnswerError(recognized.Label);
                    return;
                case RecordKind.Unknown when RecordRecognizer.LabelOfContext(context) is { } label:
                    tally.Skip($"record of {label}");
                    return;
                case RecordKind.Unknown:
                    var names = document.RootElement.EnumerateObject().Take(8).Select(p => p.Name).ToArray();
                    throw new UnknownRecordException(names.Length == 0 ? "none" : ContentDescription.Shorten(string.Join(", ", names)));
            }
        }

        expected = recognized.Shape;
        switch (recognized.Shape)
        {
            case RecordShape.GraphAudit:
                GraphAuditReader.Read(record.Span, fields);
                break;
            case RecordShape.DiagnosticAudit:
                if (!GraphAuditReader.ReadEnvelope(record.Span, fields)) ReadProperties(record);
                break;
            default:
                Rewrite(record, recognized.Shape);
                break;
        }

        Accept(recognized.Shape, record.Span, batch);
    }

    /// <summary>An envelope whose properties stand as text.</summary>
    private void ReadProperties(ReadOnlyMemory<byte> record)
    {
        GraphAuditReader.Read(AuditNormalizer.ToGraph(new OriginalRecord(RecordShape.DiagnosticAudit, record)).Span, fields);
    }

    private void Rewrite(ReadOnlyMemory<byte> record, RecordShape shape)
    {
        scratch.ResetWrittenCount();
        AuditNormalizer.Rewrite(new OriginalRecord(shape, record), scratch);
        GraphAuditReader.Read(scratch.WrittenSpan, fields);
    }

    private void Accept(RecordShape shape, ReadOnlySpan<byte> original, ImportBatch batch)
    {
        rows.Add(batch, fields, shape, original, tenant);
        if (batch.Activities[^1].Tenant is var known and not 0) tally.Tenant = known;
        tally.Accept(ShapeNames.Of(shape), fields.Ticks, fields.IsCut);
    }

    private bool IsComplete() => fields is { Ticks: not 0, IsCut: false, BadTime: null } && !fields.Activity.IsEmpty;
}

/// <summary>A JSON object that is no record of a known kind; the message lists its properties.</summary>
internal sealed class UnknownRecordException(string properties) : Exception(properties);
