using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>
/// Originals of a query's activities, read on demand. The objects do not hold the blocks: ten thousand activities of one user can be in ten
/// thousand blocks of 40 KB. Objects outlive their query: a block that is not among the last few is read from the mirror again (see
/// <see cref="KeptMirror"/>). Thread-safe.
/// </summary>
internal sealed class OriginalSource(string mirrorPath)
{
    // Activities next to each other in time usually share a block, or alternate between those of a few exports.
    private const int MaxBlocks = 8;

    // Names recur from row to row: looking each up took longer than showing it.
    private const int MaxNames = 20_000;

    private readonly object gate = new();
    private readonly Queue<long> order = new(MaxBlocks);
    private readonly Dictionary<long, OriginalRecord[]> blocks = new(MaxBlocks);
    private readonly Dictionary<string, string?> names = new(StringComparer.OrdinalIgnoreCase);

    public string MirrorPath => mirrorPath;

    /// <exception cref="AuditToolException">The mirror cannot be read any more, or no longer holds the original.</exception>
    public OriginalRecord Read(long block, int slot)
    {
        lock (gate)
        {
            if (!blocks.TryGetValue(block, out var records))
            {
                records = Load(block);
                if (order.Count == MaxBlocks) blocks.Remove(order.Dequeue());
                order.Enqueue(block);
                blocks.Add(block, records);
            }

            return (uint)slot < (uint)records.Length && !records[slot].Json.IsEmpty ? records[slot] : throw Missing(null);
        }
    }

    /// <summary>The name that the mirror knows of an object id; null when it knows none.</summary>
    public string? NameOf(string id)
    {
        lock (gate)
        {
            if (names.TryGetValue(id, out var known)) return known;
        }

        var name = KnownNames.Of(mirrorPath, id);
        lock (gate)
        {
            if (names.Count >= MaxNames) names.Clear();
            names[id] = name;
        }

        return name;
    }

    /// <summary>A record as the text that people see.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public string ReadText(long block, int slot, bool showSecret)
    {
        var text = TerminalText.Visible(Encoding.UTF8.GetString(Read(block, slot).Json.Span));
        return showSecret ? text : SecretMask.MaskJson(text);
    }

    private OriginalRecord[] Load(long block)
    {
        try
        {
            return KeptMirror.Read(mirrorPath, mirror => StoredBlock.Read(mirror, block) ?? throw Missing(null));
        }
        catch (InvalidDataException e)
        {
            throw MirrorErrors.Damaged(mirrorPath, e);
        }
    }

    private AuditToolException Missing(Exception? inner) => new("OriginalNotFound", AuditErrorKind.NotFound,
        $"The mirror '{mirrorPath}' no longer holds the original of this record.", "Ask again: the record was removed or rewritten since.",
            mirrorPath, inner);
}
