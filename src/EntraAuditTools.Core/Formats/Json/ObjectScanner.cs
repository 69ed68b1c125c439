using System.Buffers;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>Finds where a JSON object ends by counting brackets outside strings; the grammar is the parser's business.</summary>
internal struct ObjectScanner
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    private int depth;
    private bool inString;

    /// <summary>Scans on.</summary>
    /// <param name="bytes">The object's bytes from its first brace.</param>
    /// <param name="position">Where to go on; moved to behind the last byte, or to the end of the bytes when it is not there.</param>
    /// <returns>True when the object ends at <paramref name="position"/>.</returns>
    public bool Scan(ReadOnlySpan<byte> bytes, ref int position)
    {
        while (position < bytes.Length)
        {
            if (inString)
            {
                var quote = bytes[position..].IndexOfAny((byte)'"', (byte)'\\');
                if (quote < 0)
                {
                    position = bytes.Length;
                    return false;
                }

                if (bytes[position + quote] == (byte)'\\')
                {
                    // An escape whose second byte is not there yet is scanned again with more bytes.
                    if (position + quote + 1 >= bytes.Length)
                    {
                        position += quote;
                        return false;
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
                return false;
            }

            position += next + 1;
            switch (bytes[position - 1])
            {
                case (byte)'"':
                    inString = true;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    if (--depth == 0) return true;
                    break;
            }
        }

        return false;
    }
}
