using System.Buffers.Binary;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.PostgreSql;

/// <summary>The key of a row that was removed: its values, each after its length in four bytes.</summary>
internal static class RemovedKey
{
    /// <summary>The key that a statement's row has, in all its columns.</summary>
    public static byte[] Of(Statement row, int columns)
    {
        using var key = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        for (var i = 0; i < columns; i++)
        {
            var value = RowCopy.AnyOf(row, i);
            BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
            key.Write(length);
            key.Write(value);
        }

        return key.ToArray();
    }

    /// <summary>Binds a key's values to a statement's parameters, in their order.</summary>
    public static void Bind(Statement statement, byte[] key)
    {
        var rest = key.AsSpan();
        var index = 1;
        while (rest.Length >= 4)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            RowCopy.BindAny(statement, index++, rest.Slice(4, length));
            rest = rest[(4 + length)..];
        }
    }
}
