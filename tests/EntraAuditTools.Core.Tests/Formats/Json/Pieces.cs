using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>What the splitter cuts a text into, with a parser in the place of the import.</summary>
internal sealed class Pieces
{
    private readonly List<string> whole = [];
    private readonly List<(string Text, string Reason)> rejected = [];
    private readonly List<Piece> all = [];

    /// <summary>Every piece, in the order in which it was handed out.</summary>
    public IReadOnlyList<Piece> All => all;

    /// <summary>The records that are JSON.</summary>
    public IReadOnlyList<string> Whole => whole;

    /// <summary>The rest.</summary>
    public IReadOnlyList<(string Text, string Reason)> Rejected => rejected;

    /// <summary>Whether a list or page that was begun has not ended.</summary>
    public bool EndsInside { get; private set; }

    /// <summary>What the pages said.</summary>
    public PageSet Pages { get; private set; } = new();

    /// <summary>Cuts a text that arrives in chunks of a size.</summary>
    public static Pieces Of(string text, int chunk = 64 * 1024) => Of(Encoding.UTF8.GetBytes(text), chunk);

    /// <inheritdoc cref="Of(string, int)"/>
    public static Pieces Of(byte[] text, int chunk = 64 * 1024)
    {
        var pieces = new Pieces();
        var splitter = new JsonRecordSplitter(new ChunkStream(text, chunk));
        while (splitter.TryRead(out var slice))
        {
            if (slice.Error != null)
            {
                pieces.Add(slice, splitter.Context);
                continue;
            }

            try
            {
                JsonDocument.Parse(slice.Bytes, new JsonDocumentOptions { MaxDepth = JsonResync.MaxDepth }).Dispose();
                pieces.Add(slice, splitter.Context);
                splitter.AcceptLast();
            }
            catch (JsonException e)
            {
                pieces.Add(splitter.RejectLast(JsonResync.Describe(e)), splitter.Context);
            }
        }

        pieces.EndsInside = splitter.EndsInside;
        pieces.Pages = splitter.Pages;
        return pieces;
    }

    private void Add(in RecordSlice slice, string? context)
    {
        var text = Encoding.UTF8.GetString(slice.Bytes.Span);
        if (slice.Error == null) whole.Add(text);
        else rejected.Add((text, slice.Error));
        all.Add(new(text, slice.ByteOffset, slice.Line, slice.Error, context));
    }

    private sealed class ChunkStream(byte[] bytes, int chunk) : MemoryStream(bytes, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, chunk)]);
    }
}

/// <summary>A piece of a JSON text.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Reason">Why it is no record; null when it is one.</param>
/// <param name="Context">What its page says that its records are; null outside pages.</param>
internal sealed record Piece(string Text, long Offset, long Line, string? Reason, string? Context);
