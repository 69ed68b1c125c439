using System.Text;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Entities;

/// <summary>Ids of entities as they are stored: 16 bytes where they are GUIDs, else text.</summary>
internal static class StoredEntityId
{
    /// <summary>Binds an id to a statement's parameter.</summary>
    public static void Bind(Statement statement, int index, string id)
    {
        if (!Guid.TryParseExact(id, "D", out var guid))
        {
            statement.BindText(index, Encoding.UTF8.GetBytes(id));
            return;
        }

        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        statement.BindBlob(index, bytes);
    }

    /// <summary>The value to compare a stored id with.</summary>
    public static object ToStored(string id) => Guid.TryParseExact(id, "D", out var guid) ? guid.ToByteArray(bigEndian: true) : id;

    /// <inheritdoc cref="Of(SqliteDataReader, int)"/>
    public static string Of(Statement row, int column) =>
        row.Blob(column) is { Length: 16 } bytes ? new Guid(bytes, bigEndian: true).ToString() : TerminalText.Visible(row.String(column)!);

    /// <summary>A stored id as text.</summary>
    public static string Of(SqliteDataReader row, int column) =>
        row.GetValue(column) is byte[] { Length: 16 } bytes
            ? new Guid(bytes, bigEndian: true).ToString() : TerminalText.Visible(row.GetString(column));
}
