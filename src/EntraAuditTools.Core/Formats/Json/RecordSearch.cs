namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// Looks for the next record within and behind a damaged one. An object counts as a record when its first two properties have the names of
/// the damaged record's or of good ones', and when it is no mere part of the damaged record that begins alike: it must have the very
/// property in which the damaged one breaks, or nearly all that good ones have. Each byte is read a bounded number of times.
/// </summary>
/// <param name="expected">Names of the damaged record's properties up to where it breaks.</param>
/// <param name="known">Names of good records'.</param>
/// <param name="isLine">Whether the damaged record begins a line: then another line that begins with a brace is a record.</param>
/// <param name="budget">Pays for objects that break.</param>
internal sealed class RecordSearch(RecordNames expected, IReadOnlyList<RecordNames> known, bool isLine, SearchBudget budget)
{
    private const int GuessBytes = 64 * 1024;

    private readonly IReadOnlyList<RecordNames> likes = [.. known.Where(k => k.SharesSignature(expected))];
    private readonly IReadOnlyList<RecordNames> signatures = expected.IsSignature && !known.Any(k => k.SharesSignature(expected))
        ? [expected, .. known] : known;

    private enum Verdict
    {
        No,
        Record,
        Undecided,
    }

    /// <summary>
    /// Looks for a record before the break, where everything is fine JSON: one that a list of the damaged record took in.
    /// </summary>
    /// <param name="bytes">From the damaged record's first byte.</param>
    /// <param name="breakAt">Where it breaks, or the end of what is there.</param>
    /// <returns>Where the record begins; -1 when there is none.</returns>
    public int FindSwallowed(ReadOnlySpan<byte> bytes, int breakAt)
    {
        for (var at = 1; at < breakAt; at++)
        {
            var next = bytes[at..breakAt].IndexOf((byte)'{');
            if (next < 0) return -1;
            at += next;
            if (Begins(bytes[at..]) != true) continue;
            if (isLine && bytes[at - 1] == (byte)'\n') return at;
            if (IsValue(bytes, at)) continue;
            var names = RecordNames.Read(bytes[at..], out var length, out var end);
            if (end == RecordNames.End.Broken) budget.Spend();
            if (HasLast(names) && (likes.Count == 0 || end != RecordNames.End.Whole || IsLikeGood(names))) return at;
            if (end == RecordNames.End.Whole) at += length - 1;
        }

        return -1;
    }

    /// <summary>Looks for a record behind the break.</summary>
    /// <param name="bytes">What is there.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="isEnd">Whether nothing follows the bytes, or no more will be waited for.</param>
    /// <param name="settled">The end of what needs no second look; continue there with more bytes.</param>
    /// <returns>Where the record begins; -1 when there is none yet.</returns>
    public int FindBehind(ReadOnlySpan<byte> bytes, int from, bool isEnd, out int settled)
    {
        for (var at = from; at < bytes.Length; at++)
        {
            var next = bytes[at..].IndexOf((byte)'{');
            if (next < 0) break;
            at += next;
            if (isLine && at > 0 && bytes[at - 1] == (byte)'\n') return settled = at;
            if (signatures.Count == 0 && !budget.IsSpent) return Guess(bytes, at, isEnd, out settled);
            var length = 0;
            var verdict = IsValue(bytes, at) ? Verdict.No : Judge(bytes[at..], isEnd, out length);
            settled = at;
            if (verdict == Verdict.Record) return at;
            if (verdict == Verdict.Undecided) return -1;
            at += Math.Max(length - 1, 0);
        }

        settled = bytes.Length;
        return -1;
    }

    /// <summary>
    /// Looks within an object whose brackets are in order, behind its break: only what is a good record in nearly all of its properties.
    /// </summary>
    public int FindWithin(ReadOnlySpan<byte> bytes, int breakAt)
    {
        for (var at = Math.Max(breakAt, 1); at < bytes.Length; at++)
        {
            var next = bytes[at..].IndexOf((byte)'{');
            if (next < 0) return -1;
            at += next;
            if (isLine && bytes[at - 1] == (byte)'\n') return at;
            if (IsValue(bytes, at) || Begins(bytes[at..]) != true) continue;
            var names = RecordNames.Read(bytes[at..], out var length, out var end);
            if (end == RecordNames.End.Broken) budget.Spend();
            // Where it breaks at the very brace, that was not meant as a part of it.
            if (end == RecordNames.End.Whole && (at == breakAt || HasLast(names)) && IsLikeGood(names)) return at;
            if (end == RecordNames.End.Whole) at += length - 1;
        }

        return -1;
    }

    private Verdict Judge(ReadOnlySpan<byte> candidate, bool isEnd, out int length)
    {
        length = 0;
        switch (Begins(candidate))
        {
            case false:
                return Verdict.No;
            case null:
                return isEnd ? Verdict.No : Verdict.Undecided;
        }

        var names = RecordNames.Read(candidate, out length, out var end);
        if (end == RecordNames.End.Broken) budget.Spend();
        if (HasLast(names) || IsLikeGood(names) || !known.Any(k => k.SharesSignature(names))) return Verdict.Record;
        return end switch
        {
            // A damaged one may be a record as well: it is looked at on its own.
            RecordNames.End.Broken => Verdict.Record,
            RecordNames.End.Partial => isEnd ? Verdict.Record : Verdict.Undecided,
            _ => Verdict.No,
        };
    }

    /// <summary>Whether an object begins as records do; null when its bytes end before that shows.</summary>
    private bool? Begins(ReadOnlySpan<byte> bytes)
    {
        bool? begins = false;
        if (budget.IsSpent) return false;
        foreach (var signature in signatures)
        {
            var result = signature.BeginsLike(bytes, budget);
            if (result == true) return true;
            if (result == null) begins = null;
        }

        return begins;
    }

    /// <summary>
    /// Whether an object has the property in which the damaged record breaks. The first two say nothing: all that is looked at has them.
    /// </summary>
    private bool HasLast(RecordNames names) => expected.Names.Count > 2 && names.Has(expected.Names[^1]);

    private bool IsLikeGood(RecordNames names) => known.Any(k => k.SharesSignature(names) && k.IsLike(names));

    /// <summary>Whether an object is the value of a property: a record is in a list or by itself.</summary>
    private static bool IsValue(ReadOnlySpan<byte> bytes, int at)
    {
        for (at--; at >= 0; at--)
        {
            if (bytes[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return bytes[at] == (byte)':';
        }

        return false;
    }

    /// <summary>
    /// When nothing is known of any record: of the whole objects that follow, those that begin alike and are largest together are records;
    /// others are parts of the damaged one.
    /// </summary>
    private int Guess(ReadOnlySpan<byte> bytes, int from, bool isEnd, out int settled)
    {
        settled = from;
        if (!isEnd && bytes.Length - from < GuessBytes) return -1;
        var groups = new List<(RecordNames Names, int First, long Bytes)>();
        for (var at = from; at < bytes.Length && at - from < GuessBytes; at++)
        {
            var next = bytes[at..].IndexOf((byte)'{');
            if (next < 0) break;
            at += next;
            if (IsValue(bytes, at) || RecordNames.MayBegin(bytes[at..]) == false) continue;
            if (budget.IsSpent) break;
            var names = RecordNames.Read(bytes[at..], out var length, out var end);
            if (end == RecordNames.End.Broken) budget.Spend();
            if (end != RecordNames.End.Whole || !names.IsSignature) continue;
            var group = groups.FindIndex(g => g.Names.SharesSignature(names));
            if (group >= 0) groups[group] = groups[group] with { Bytes = groups[group].Bytes + length };
            else groups.Add((names, at, length));
            at += length - 1;
        }

        if (groups.Count > 0) return settled = groups.MaxBy(g => g.Bytes).First;
        settled = (int)Math.Min((long)from + GuessBytes, bytes.Length);
        return -1;
    }
}
