using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Mirror.Rows;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>Counts what a source's records are rejected for, and keeps their text, within bounds.</summary>
/// <param name="statistics">Counts.</param>
internal sealed class Rejections(ImportStatistics statistics)
{
    private const int MaxKeptText = SkippedPiece.KeptBytes;
    private const int MaxRejections = 100_000;
    private const int MaxUnknown = 10_000;
    private const long MaxKeptBytes = 256L * 1024 * 1024;

    private int kept;
    private long keptBytes;

    /// <summary>Rejects a record.</summary>
    /// <param name="batch">Where it is kept.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="text">Its text.</param>
    /// <param name="reason">Why.</param>
    public void Reject(ImportBatch batch, RecordPlace place, ReadOnlySpan<byte> text, string reason)
    {
        reason = SkippedPiece.Describe(reason, text);
        statistics.Reject(Placed(place, reason));
        Keep(batch, place, text, reason);
    }

    /// <summary>Rejects an object that is no record of any kind that is known.</summary>
    /// <param name="batch">Where it is kept.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="text">Its text.</param>
    /// <param name="properties">Its properties.</param>
    public void RejectUnknown(ImportBatch batch, RecordPlace place, ReadOnlySpan<byte> text, string properties)
    {
        var reason = SkippedPiece.Describe($"not a record of any known kind (its properties: {properties})", text);
        statistics.RejectUnknown(properties, Placed(place, reason));
        Keep(batch, place, text, reason);
    }

    private static string Placed(RecordPlace place, string reason) => place.Line is { } number ? $"line {number}: {reason}" : reason;

    private void Keep(ImportBatch batch, RecordPlace place, ReadOnlySpan<byte> text, string reason)
    {
        // Of a file that may be no export at all fewer are kept than of one whose records are known.
        var isForeign = statistics.Accepted + statistics.NotSupported == 0 && statistics.Unknown == statistics.Rejected;
        if (kept >= (isForeign ? MaxUnknown : MaxRejections) || keptBytes > MaxKeptBytes)
        {
            statistics.Note($"So many records were rejected that only the first {kept:N0} of them are kept.");
            return;
        }

        var some = text[..Math.Min(text.Length, MaxKeptText)];
        kept++;
        keptBytes += some.Length;
        batch.Rejections.Add(new(place.Line, place.Offset, reason, some.ToArray()));
    }
}

/// <summary>Where a record is in its source.</summary>
/// <param name="Line">Its line, from 1; null when not known.</param>
/// <param name="Offset">Its first byte; null when not known.</param>
internal readonly record struct RecordPlace(long? Line, long? Offset);
