using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Recognition;
using EntraAuditTools.Core.Formats.Wrappers;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>Takes one record: recognises it, and hands it to the importer of its kind or says why not.</summary>
internal sealed class RecordImporter
{
    private readonly ImportStatistics statistics;
    private readonly Dictionary<string, IKindImporter> importers;
    private readonly EntitlementImporter entitlement;
    private readonly bool isMember;
    private readonly FlatRows flat;
    private const string Cut = "what it holds was cut to text by an export that was too shallow (ConvertTo-Json needs -Depth 10)";

    private readonly RecordUnwrapper unwrapper = new();
    private IKindImporter? last;

    /// <summary>Makes the importers of one source.</summary>
    /// <param name="dimensions">Numbers recurring values.</param>
    /// <param name="statistics">Counts.</param>
    /// <param name="options">How to import.</param>
    /// <param name="fileTime">When the source was written, UTC.</param>
    public RecordImporter(Dimensions dimensions, ImportStatistics statistics, ImportOptions options, DateTime fileTime)
    {
        this.statistics = statistics;
        flat = new FlatRows(options, statistics);
        var tenant = Encoding.UTF8.GetBytes(options.Tenant ?? string.Empty);
        isMember = options.Group != null;
        var dates = DateReading.Of(options.DateFormat);
        entitlement = new EntitlementImporter(dimensions, statistics, options, fileTime);
        importers = new()
        {
            [KindNames.AuditActivity] = new AuditImporter(new(dimensions), statistics, tenant, dates),
            [KindNames.ProvisioningLog] = new ProvisioningImporter(new(dimensions), statistics, tenant, dates),
            [KindNames.SynchronizationJob] = new SynchronizationJobImporter(dimensions, statistics, options, fileTime),
        };
    }

    /// <summary>The kinds of record that have an importer of their own: logs, and synchronization jobs.</summary>
    public IEnumerable<string> Kinds => importers.Keys;

    /// <summary>Rejects one of several records that stood in one object, with its reason; null for one that is no known record.</summary>
    public delegate void InnerRejection(ReadOnlySpan<byte> record, string? reason);

    /// <summary>Called for such records; the others are taken in.</summary>
    public InnerRejection? OnInnerRejected { get; set; }

    /// <summary>Reads dates so from now on, once it is known how the source writes them.</summary>
    public void ReadDates(DateReading known)
    {
        foreach (var importer in importers.Values) importer.ReadDates(known);
    }

    /// <summary>Takes a JSON object in.</summary>
    /// <param name="record">Its bytes.</param>
    /// <param name="context">The <c>@odata.context</c> of its page; null when there is none.</param>
    /// <param name="batch">Where to.</param>
    /// <exception cref="RecordException">It is not taken in; the message says why.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Take(ReadOnlyMemory<byte> record, string? context, ImportBatch batch)
    {
        if (!System.Text.Unicode.Utf8.IsValid(record.Span)) throw new RecordException("not valid UTF-8");
        if (last?.TryTakeNext(record.Span, batch) != true) TakeRecognized(record, context, batch);
    }

    /// <summary>Takes in a row of a CSV, given as an object from column to cell.</summary>
    /// <inheritdoc cref="Take"/>
    public void TakeRow(ReadOnlyMemory<byte> row, Recognized layout, ImportBatch batch)
    {
        // What a row of the unified audit log is about stands inside it.
        if (layout.Shape is RecordShape.UnifiedAuditRow or RecordShape.UnifiedAuditData || layout.Kind == RecordKind.Unknown)
            TakeRecognized(row, null, batch);
        else if (layout.Shape == RecordShape.ActivityRow) ImporterOf(layout.Shape).Take(row, ShapeOfActivity(row), null, batch);
        else if (layout.Kind == RecordKind.Entitlement) TakeEntitlement(layout, row, batch);
        else ImporterOf(layout.Shape).Take(row, layout.Shape, null, batch);
    }

    /// <summary>What its objects do not contain; null when it has none.</summary>
    public MissingLinks? Missing => entitlement.Missing;

    /// <summary>Takes in an original that the mirror has, as it would be taken in today.</summary>
    /// <param name="original">The original.</param>
    /// <param name="context">The <c>@odata.context</c> of its page; null when there is none.</param>
    /// <param name="kind">What it was taken for before, of what has states; null for anything else.</param>
    /// <param name="guess">A context in place of its page's, where that was not kept; null when there is none.</param>
    /// <param name="batch">Where to.</param>
    /// <inheritdoc cref="Take" path="/exception"/>
    public void TakeOriginal(in OriginalRecord original, string? context, EntityKind? kind, OldContext? guess, ImportBatch batch)
    {
        if (RowLayout(original.Shape) is { } layout)
        {
            TakeRow(original.Json, layout, batch);
            return;
        }

        if (context == null && guess != null && (kind is not { } known || IsNeeded(guess, original, known))) context = guess.Text;
        Take(original.Json, context, batch);
    }

    /// <summary>Takes note of a page that holds nothing: of a complete export that says something.</summary>
    /// <param name="kind">Of what kind of state its records would be; null where only its address shows it.</param>
    /// <param name="context">Its <c>@odata.context</c>; null when it has none.</param>
    /// <param name="batch">Where to.</param>
    public void TakeNothing(EntityKind? kind, string? context, ImportBatch batch) => entitlement.TakeNothing(kind, context, batch);

    /// <summary>What rows of a CSV are that are kept as objects of their columns; null for a shape that says it itself.</summary>
    public static Recognized? RowLayout(RecordShape shape) => shape switch
    {
        RecordShape.UnifiedActivityRow => Recognized.Of(RecordShape.ActivityRow),
        RecordShape.PortalAssignmentRow => Recognized.Of(EntityKind.Assignment, shape),
        RecordShape.PortalConnectedOrganizationRow => Recognized.Of(EntityKind.ConnectedOrganization, shape),
        _ => ShapeInfo.Of(shape).IsRow ? Recognized.Of(shape) : null,
    };

    /// <summary>
    /// Whether a record needs a context that was not kept: it names no parent, is not recognised, or is taken for something else.
    /// </summary>
    private bool IsNeeded(OldContext guess, in OriginalRecord original, EntityKind known)
    {
        using var document = RecordJson.ParseRecord(original.Json);
        var found = RecordRecognizer.Recognize(document.RootElement, null, isMember);
        // What its own properties show to be of a kind that is left out (a contact, a device) is that.
        return found.Kind == RecordKind.Unknown || (found.Kind == RecordKind.Entitlement && (guess.NamesParent || found.Entity != known));
    }

    private static RecordShape ShapeOfActivity(ReadOnlyMemory<byte> row)
    {
        using var document = RecordJson.ParseRecord(row);
        return ActivityRecord.IsUnified(document.RootElement) ? RecordShape.UnifiedActivityRow : RecordShape.ActivityRow;
    }

    private void TakeEntitlement(in Recognized layout, ReadOnlyMemory<byte> row, ImportBatch batch)
    {
        using var document = RecordJson.ParseRecord(row);
        entitlement.Take(layout, document.RootElement, row.Span, null, batch);
    }

    private void TakeRecognized(ReadOnlyMemory<byte> record, string? context, ImportBatch batch)
    {
        Recognized recognized;
        using (var document = RecordJson.ParseRecord(record))
        {
            if (AnswerPart.Of(document.RootElement) is { } part)
            {
                TakePart(part, document.RootElement, batch);
                return;
            }

            if (flat.IsMapped(document.RootElement) && TakeFlat(document.RootElement, batch)) return;
            recognized = RecordRecognizer.Recognize(document.RootElement, context, isMember);
            // A row of provisioning steps has details as text, which look like a user by themselves.
            if (recognized.Kind == RecordKind.Unknown && TakeFlat(document.RootElement, batch, isOfParts: true)) return;
            if ((recognized.Kind == RecordKind.Unknown || recognized.MayHold) && TakeInside(document.RootElement, recognized, batch))
                return;
            switch (recognized.Kind)
            {
                case RecordKind.NotSupported:
                    statistics.Skip(recognized.Label);
                    return;
                case RecordKind.Entitlement:
                    last = null;
                    entitlement.Take(recognized, document.RootElement, record.Span, context, batch);
                    return;
                case RecordKind.GraphError:
                    statistics.AnswerError(recognized.Label);
                    return;
                case RecordKind.Unknown when RecordRecognizer.LabelOfContext(context) is { } label:
                    statistics.Skip(ForeignKinds.OfCollection(label) ?? $"record of {label}");
                    return;
                case RecordKind.Unknown when TakeFlat(document.RootElement, batch):
                    return;
                case RecordKind.Unknown:
                    throw document.RootElement.EnumerateObject()
                        .Any(property => WrapperNames.IsKnown(property.Name) && RecordText.IsCut(property.Value))
                        ? new RecordException(Cut) : Unknown(document.RootElement);
            }
        }

        last = ImporterOf(recognized.Shape);
        last.Take(record, recognized.Shape, context, batch);
    }

    private IKindImporter ImporterOf(RecordShape shape) => importers[ShapeInfo.Of(shape).Kind!];

    private static string Article(string label) => label[0] is 'a' or 'e' or 'i' or 'o' ? "an" : "a";

    private UnknownRecordException Unknown(JsonElement record)
    {
        var names = record.EnumerateObject().Take(8).Select(p => p.Name).ToArray();
        var listed = names.Length == 0 ? "none" : ContentDescription.Shorten(string.Join(", ", names));
        return new(unwrapper.PassedOver is { } inside
            ? $"{listed}; under {ContentDescription.Shorten(inside.Path)} stands {Article(inside.Label)} {inside.Label}: pipe what is there"
            : listed);
    }

    /// <summary>Takes in a row of a table; false when the object is none that is known.</summary>
    private bool TakeFlat(JsonElement record, ImportBatch batch, bool isOfParts = false)
    {
        if (!flat.TryRead(record, out var recognized, out var row) || (isOfParts && !ShapeInfo.Of(recognized.Shape).IsPart)) return false;
        last = null;
        if (recognized.Kind == RecordKind.NotSupported) statistics.Skip(recognized.Label);
        else TakeRow(row.ToArray(), recognized, batch);
        return true;
    }

    /// <summary>Takes in what a shipper, a SIEM or a query's answer wrapped; false when there is nothing inside.</summary>
    private bool TakeInside(JsonElement outer, in Recognized recognized, ImportBatch batch)
    {
        if (recognized.Kind == RecordKind.Unknown && QueryFrame.IsIdle(outer)) return true;
        var found = unwrapper.Find(outer);
        // What is known for another kind is called that, unless there is more in it.
        if (recognized.Kind == RecordKind.NotSupported)
            found.RemoveAll(record => !record.Recognized.IsOfLog);
        if (found.Count == 0) return false;
        TakeFound(found, batch);
        return true;
    }

    /// <summary>Takes in what a part of a <c>$batch</c> was answered.</summary>
    private void TakePart(in AnswerPart part, JsonElement outer, ImportBatch batch)
    {
        var body = part.Body;
        var found = unwrapper.FindIn(body);
        var error = found is [{ Recognized.Kind: RecordKind.GraphError } only] ? only.Recognized.Label : null;
        if (error == null && part.Status < 400)
        {
            statistics.Answered(part.Status, null);
            var isPage = body.ValueKind == JsonValueKind.Object && body.Find("value").ValueKind == JsonValueKind.Array;
            var isEmpty = body.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || isPage;
            if (found.Count == 0 && !isEmpty) throw RecordText.IsCut(body) ? new RecordException(Cut) : Unknown(outer);
            TakeFound(found, batch);
            return;
        }

        statistics.Answered(part.Status, error);
    }

    private void TakeFound(List<InnerRecord> found, ImportBatch batch)
    {
        statistics.LeftPages += unwrapper.LeftPages;
        foreach (var inner in found)
        {
            try
            {
                if (inner.Error != null) OnInnerRejected?.Invoke(inner.Json.Span, inner.Error);
                else if (inner.IsTaken) TakeRecognized(inner.Json, inner.Context, batch);
                else if (inner.Recognized.Kind == RecordKind.NotSupported) statistics.Skip(inner.Recognized.Label);
                else if (inner.Recognized.Kind == RecordKind.GraphError) statistics.AnswerError(inner.Recognized.Label);
                else OnInnerRejected?.Invoke(inner.Json.Span, null);
            }
            catch (RecordException e)
            {
                OnInnerRejected?.Invoke(inner.Json.Span, e.Message);
            }
        }

        // The next is wrapped too: it is not tried as what was inside.
        last = null;
    }
}

/// <summary>A JSON object that is no record of a known kind; the message lists its properties.</summary>
internal sealed class UnknownRecordException(string properties) : Exception(properties);
