using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>Takes in the records of one kind. One per source.</summary>
internal interface IKindImporter
{
    /// <summary>
    /// Reads dates so from now on: until then none was met of which that had to be known. Nothing, where dates are no reason to refuse.
    /// </summary>
    void ReadDates(DateReading known)
    {
    }

    /// <summary>
    /// Takes a JSON object in if it is like this importer's last one: a file's records are alike, so that is tried first, in one pass.
    /// False when it has to be looked at closely; nothing was taken in then.
    /// </summary>
    /// <exception cref="RecordException">It is not taken in; the message says why.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is not JSON.</exception>
    bool TryTakeNext(ReadOnlySpan<byte> record, ImportBatch batch);

    /// <summary>
    /// Takes in a record that was recognised as one of this kind: a JSON object, or a row of a CSV as an object from column to cell.
    /// </summary>
    /// <param name="record">Its bytes.</param>
    /// <param name="shape">How it is written.</param>
    /// <param name="context">The <c>@odata.context</c> of its page; null when there is none.</param>
    /// <param name="batch">Where to.</param>
    /// <inheritdoc cref="TryTakeNext" path="/exception"/>
    void Take(ReadOnlyMemory<byte> record, RecordShape shape, string? context, ImportBatch batch);
}
