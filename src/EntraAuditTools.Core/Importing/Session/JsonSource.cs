using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Sources.Streams;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>Reads the records of a source of JSON: one after the other, in pages, or in any wrapper.</summary>
internal sealed class JsonSource(PeekStream text, RecordIntake intake, ImportOptions options, ImportStatistics statistics)
{
    /// <summary>The pages that it consists of.</summary>
    public PageSet Pages { get; private set; } = new();

    /// <summary>Whether it ends in the middle of a record.</summary>
    public bool EndsInRecord { get; private set; }

    /// <summary>Reads it to its end.</summary>
    /// <param name="tick">Called before each record.</param>
    public void Read(Action tick)
    {
        var splitter = new JsonRecordSplitter(text) { OnPage = statistics.Add };
        var withRecords = new HashSet<string>();
        while (splitter.TryRead(out var slice))
        {
            tick();
            // More than can be asked for at the end: pages that are still open count later.
            if (options.Complete && withRecords.Count < 2 * PageSet.MaxRecordContexts) withRecords.Add(splitter.Context ?? string.Empty);
            EndsInRecord = slice.Error?.Contains("ends in the middle", StringComparison.Ordinal) == true;
            if (slice.Error is { } error) Reject(slice, new(RefusalCause.Record, error));
            else if (intake.Take(slice.Bytes, PlaceOf(slice), splitter.Context, null) is not { } refusal) splitter.AcceptLast();
            else if (refusal.Cause == RefusalCause.Unknown) intake.Reject(PlaceOf(slice), slice.Bytes.Span, refusal);
            else if (refusal.Cause == RefusalCause.Mistake) Reject(slice, refusal);
            else RejectDamaged(splitter, refusal);
            intake.HandOverWhenFull();
        }

        if (splitter.EndsInside) statistics.NoteOpenEnd();
        Pages = splitter.Pages;
        if (!options.Complete || splitter.EndsInside) return;
        foreach (var context in Pages.RecordContexts.Where(context => !withRecords.Contains(context ?? string.Empty)))
            intake.TakeNothing(null, context);
        if (Pages.Count == 0 && withRecords.Count == 0) intake.TakeNothing(null, null);
    }

    private static RecordPlace PlaceOf(in RecordSlice slice) => new(slice.Line, slice.ByteOffset);

    /// <summary>What was not understood may be damaged, and another record in it: the splitter looks for where one begins.</summary>
    private void RejectDamaged(JsonRecordSplitter splitter, Refusal refusal)
    {
        var rejected = splitter.RejectLast(refusal.Text);
        Reject(rejected, refusal with { Text = rejected.Error! });
    }

    private void Reject(in RecordSlice slice, Refusal refusal)
    {
        statistics.SawObject |= ContentDescription.IsObject(slice.Bytes.Span);
        intake.Reject(PlaceOf(slice), slice.Bytes.Span, refusal);
    }
}
