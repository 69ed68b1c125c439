using System.Text;

namespace EntraAuditTools.SampleTenant;

/// <summary>Rows of comma-separated values with CRLF, quoted where needed or everywhere.</summary>
internal sealed class CsvOutput(Stream stream, bool byteOrderMark, bool quoteAll) : IDisposable
{
    private static readonly UTF8Encoding Plain = new(false);
    private static readonly UTF8Encoding Marked = new(true);
    private readonly StreamWriter writer = new(stream, byteOrderMark ? Marked : Plain, 64 * 1024, leaveOpen: true);

    public void Row(IReadOnlyList<string?> cells)
    {
        for (int index = 0; index < cells.Count; index++)
        {
            if (index > 0)
                writer.Write(',');
            string cell = cells[index] ?? "";
            if (!quoteAll && cell.AsSpan().IndexOfAny("\",\r\n") < 0)
            {
                writer.Write(cell);
                continue;
            }

            writer.Write('"');
            writer.Write(cell.Contains('"', StringComparison.Ordinal) ? cell.Replace("\"", "\"\"", StringComparison.Ordinal) : cell);
            writer.Write('"');
        }

        writer.Write("\r\n");
    }

    public void Dispose() => writer.Dispose();
}
