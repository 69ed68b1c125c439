using System.Buffers;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>Result of <see cref="ObjectScanner.Scan"/>.</summary>
internal enum ScanResult
{
    /// <summary>The bytes end before the object does.</summary>
    More,

    /// <summary>The object ends.</summary>
    Ended,

    /// <summary>A bracket closes what another kind of bracket opened: this is not JSON.</summary>
    Mismatch,

    /// <summary>Nested deeper than any record may be.</summary>
    TooDeep,
}

/// <summary>
/// Finds where a JSON object ends by matching brackets outside strings; the rest of the grammar is the parser's business. What can no
/// longer be a record is reported where that shows, so that nobody reads on for the end of an object that has none.
/// </summary>
internal struct ObjectScanner
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    private int depth;
    private ulong lists;
    private bool inString;
    private bool countsOnly;

    /// <summary>From here on only counts brackets, of any kind and depth: to find the end of what is rejected anyway.</summary>
    public void CountOnly() => countsOnly = true;

    /// <summary>Scans on.</summary>
    /// <param name="bytes">The object's bytes from its first brace.</param>
    /// <param name="position">Where to go on; moved to behind the last byte that was scanned.</param>
    /// <returns>
    /// For <see cref="ScanResult.Mismatch"/> the bracket is the last byte before the position; for <see cref="ScanResult.TooDeep"/> it is
    /// at the position, to be scanned once the scanner is loose.
    /// </returns>
    public ScanResult Scan(ReadOnlySpan<byte> bytes, ref int position)
    {
        while (position < bytes.Length)
        {
            if (inString)
            {
                var quote = bytes[position..].IndexOfAny((byte)'"', (byte)'\\');
                if (quote < 0)
                {
                    position = bytes.Length;
                    return ScanResult.More;
                }

                if (bytes[position + quote] == (byte)'\\')
                {
                    // An escape whose second byte is not there yet is scanned again with more bytes.
                    if (position + quote + 1 >= bytes.Length)
                    {
                        position += quote;
                        return ScanResult.More;
                    }

                    position += quote + 2;
                    continue;
                }

                position += quote + 1;
                inString = false;
            }

            var next = bytes[position..].IndexOfAny(Structure);
            if (next < 0)
            {
                position = bytes.Length;
                return ScanResult.More;
            }

            position += next + 1;
            var c = bytes[position - 1];
            if (c == (byte)'"')
            {
                inString = true;
            }
            else if (c is (byte)'{' or (byte)'[')
            {
                if (depth == JsonResync.MaxDepth && !countsOnly)
                {
                    position--;
                    return ScanResult.TooDeep;
                }

                depth++;
                lists = (lists << 1) | (c == (byte)'[' ? 1UL : 0UL);
            }
            else
            {
                if (!countsOnly && (lists & 1) != (c == (byte)']' ? 1UL : 0UL)) return ScanResult.Mismatch;
                lists >>= 1;
                if (--depth == 0) return ScanResult.Ended;
            }
        }

        return ScanResult.More;
    }
}
