using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>What the splitter cuts a text into, with a parser in the place of the import.</summary>
internal sealed class Pieces
{
    private readonly List<string> whole = [];
    private readonly List<(string Text, string Reason)> rejected = [];

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
                pieces.Add(slice);
                continue;
            }

            try
            {
                JsonDocument.Parse(slice.Bytes, new JsonDocumentOptions { MaxDepth = JsonResync.MaxDepth }).Dispose();
                pieces.whole.Add(Encoding.UTF8.GetString(slice.Bytes.Span));
                splitter.AcceptLast();
            }
            catch (JsonException e)
            {
                pieces.Add(splitter.RejectLast(JsonResync.Describe(e)));
            }
        }

        pieces.EndsInside = splitter.EndsInside;
        pieces.Pages = splitter.Pages;
        return pieces;
    }

    private void Add(in RecordSlice slice) => rejected.Add((Encoding.UTF8.GetString(slice.Bytes.Span), slice.Error!));

    private sealed class ChunkStream(byte[] bytes, int chunk) : MemoryStream(bytes, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, chunk)]);
    }
}
