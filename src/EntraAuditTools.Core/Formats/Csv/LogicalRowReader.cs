using System.Text;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>
/// Hands a CSV parser one logical row at a time (a row goes on in the next line while a quote is open), so that a quote that is never
/// closed costs one line and not the rest of the file.
/// </summary>
internal sealed class LogicalRowReader(TextReader lines) : TextReader
{
    private const int MaxRowChars = 4 * 1024 * 1024;
    private const int MaxRowLines = 5_000;

    private readonly LinkedList<string> pushedBack = [];
    private readonly List<string> current = [];
    private string text = string.Empty;
    private int position;
    private long nextLine = 1;

    /// <summary>The row that was handed out last, as it stands in the file.</summary>
    public string RowText => text.TrimEnd('\n');

    /// <summary>The line on which it begins, from 1.</summary>
    public long RowLine { get; private set; } = 1;

    /// <summary>Lines that were left out because a quote in them is never closed.</summary>
    public Queue<(long Line, string Text)> Unclosed { get; } = [];

    /// <summary>True when the row that was handed out last spans lines.</summary>
    public bool SpansLines => current.Count > 1;

    /// <summary>Gives back all lines of the last row but its first: they are rows of their own.</summary>
    public void KeepFirstLineOnly()
    {
        for (var i = current.Count - 1; i >= 1; i--) pushedBack.AddFirst(current[i]);
        nextLine -= current.Count - 1;
        text = current[0] + "\n";
        current.RemoveRange(1, current.Count - 1);
    }

    /// <inheritdoc/>
    public override int Peek() => position < text.Length || NextRow() ? text[position] : -1;

    /// <inheritdoc/>
    public override int Read() => position < text.Length || NextRow() ? text[position++] : -1;

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        // Never more than one row at a time: the parser's row and ours stay in step.
        if (position >= text.Length && !NextRow()) return 0;
        var count = Math.Min(buffer.Length, text.Length - position);
        text.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    private bool NextRow()
    {
        while (true)
        {
            current.Clear();
            var first = NextLine();
            if (first == null) return false;
            if (first.Length == 0) continue;
            RowLine = nextLine - 1;
            current.Add(first);
            var open = IsOdd(first);
            var chars = first.Length;
            while (open && chars < MaxRowChars && current.Count < MaxRowLines && NextLine() is { } more)
            {
                current.Add(more);
                chars += more.Length + 1;
                open ^= IsOdd(more);
            }

            if (open)
            {
                KeepFirstLineOnly();
                Unclosed.Enqueue((RowLine, first));
                continue;
            }

            var row = new StringBuilder(chars + current.Count);
            foreach (var line in current) row.Append(line).Append('\n');
            text = row.ToString();
            position = 0;
            return true;
        }
    }

    private string? NextLine()
    {
        string? line;
        if (pushedBack.First is { } first)
        {
            line = first.Value;
            pushedBack.RemoveFirst();
        }
        else
        {
            line = ReadBoundedLine();
        }

        if (line != null) nextLine++;
        return line;
    }

    private string? ReadBoundedLine()
    {
        var line = new StringBuilder();
        while (true)
        {
            var c = lines.Read();
            if (c < 0) return line.Length == 0 ? null : line.ToString();
            if (c == '\n') return line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
            // A "line" of megabytes is no row: it is cut, and fails as what is left of it.
            if (line.Length < MaxRowChars) line.Append((char)c);
        }
    }

    private static bool IsOdd(string line) => (line.AsSpan().Count('"') & 1) != 0;
}
