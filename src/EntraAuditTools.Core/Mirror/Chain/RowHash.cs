using System.Buffers.Binary;
using System.Security.Cryptography;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>
/// SHA-256 over the values of rows, each with its type and length, so that no two different lists of rows are the same bytes.
/// </summary>
internal sealed class RowHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds the rows of a statement, with how many there are.</summary>
    public long AddAll(Statement rows, int columns)
    {
        var count = 0L;
        for (; rows.Step(); count++)
        {
            for (var i = 0; i < columns; i++) Add(rows, i);
        }

        AddCount(count);
        return count;
    }

    /// <summary>Adds how many rows there were.</summary>
    public void AddCount(long count) => Add(0, count, []);

    /// <summary>Adds a row of a place and a digest.</summary>
    public void Add(long block, long slot, ReadOnlySpan<byte> digest)
    {
        Add(SQLitePCL.raw.SQLITE_INTEGER, block, []);
        Add(SQLitePCL.raw.SQLITE_INTEGER, slot, []);
        Add(SQLitePCL.raw.SQLITE_BLOB, digest.Length, digest);
    }

    /// <summary>The digest of all that was added; then it is ready for another.</summary>
    public byte[] Finish() => hash.GetHashAndReset();

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    /// <summary>Adds a value of a row.</summary>
    public void Add(Statement row, int column)
    {
        var type = row.TypeOf(column);
        var isNumber = type == SQLitePCL.raw.SQLITE_INTEGER;
        var bytes = isNumber ? [] : row.TextSpan(column);
        Add(type, isNumber ? row.Number(column) : bytes.Length, bytes);
    }

    private void Add(int type, long number, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(long)];
        head[0] = (byte)type;
        BinaryPrimitives.WriteInt64LittleEndian(head[1..], number);
        hash.AppendData(head);
        hash.AppendData(bytes);
    }
}
