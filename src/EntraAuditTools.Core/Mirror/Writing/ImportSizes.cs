using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing;

/// <summary>
/// The sizes of the files that were imported, to know which need not be hashed before they are read. Asked for with each file: in memory,
/// as there is no index, and an import may have tens of thousands of files.
/// </summary>
internal sealed class ImportSizes(SqliteConnection connection)
{
    private HashSet<long>? sizes;

    /// <summary>Whether a file of this size was imported.</summary>
    public bool Has(long bytes) => (sizes ??= Load()).Contains(bytes);

    /// <summary>Adds a file that was read to its end.</summary>
    public void Add(long bytes) => sizes?.Add(bytes);

    private HashSet<long> Load()
    {
        var loaded = new HashSet<long>();
        using var statement = new Statement(connection, "SELECT DISTINCT bytes FROM import WHERE bytes IS NOT NULL AND sha256 IS NOT NULL");
        while (statement.Step()) loaded.Add(statement.Number(0));
        return loaded;
    }
}
