using System.Text.Json;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>Copies the rows of a damaged mirror that can be read into new tables, as they are; originals have rules of their own.</summary>
internal static class SalvagedRows
{
    /// <summary>Makes a mirror of a version, and fills it.</summary>
    /// <param name="path">Full path of the new mirror, an empty file.</param>
    /// <param name="version">The version of the damaged one.</param>
    /// <param name="layouts">Its tables.</param>
    /// <param name="tables">What can be read of it.</param>
    /// <param name="onProgress">Called with how many rows are copied.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>How many blocks of originals were proven by their digests, and how many had none any more.</returns>
    public static (long Proven, long Unproven) Copy(string path, long version, IReadOnlyList<TableLayout> layouts, DamagedTables tables,
        Action<long> onProgress, CancellationToken cancel)
    {
        using var mirror = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        mirror.Open();
        SchemaGuard.Restrict(mirror);
        // Whether it outlives a power cut is the finished mirror's matter.
        MirrorFile.Execute(mirror, "PRAGMA page_size = 8192; PRAGMA synchronous = OFF; BEGIN IMMEDIATE");
        MirrorFile.Execute(mirror, MirrorMigration.Sql(0, version));
        var rows = 0L;
        foreach (var layout in layouts.Where(layout => layout.Name != SalvagedBlocks.Table))
        {
            using var insert = Insert(mirror, layout);
            foreach (var row in tables.Rows(layout))
            {
                cancel.ThrowIfCancellationRequested();
                Run(insert, layout.Name == "import" ? Readable(layout, row) : row);
                if (++rows % 1000 == 0) onProgress(rows);
            }
        }

        var blocks = new SalvagedBlocks(mirror, version >= ChainSchema.Since, tables.IsWhole("block_digest"));
        foreach (var row in tables.Rows(layouts.Single(layout => layout.Name == SalvagedBlocks.Table)))
        {
            cancel.ThrowIfCancellationRequested();
            blocks.Add(row);
            onProgress(++rows);
        }

        // What writing it anew would have left to do.
        MirrorFile.Execute(mirror,
            $"DELETE FROM meta WHERE name NOT IN ('{MaskedOriginals.MetaName}', '{TenantPart.MetaName}'); "
            + $"PRAGMA application_id = {MirrorSchema.ApplicationId}; PRAGMA user_version = {version}; COMMIT");
        return (blocks.Proven, blocks.Unproven);
    }

    private static sqlite3_stmt Insert(SqliteConnection mirror, TableLayout layout)
    {
        var names = string.Join(", ", layout.Columns.Select(column => column.Name));
        var values = string.Join(", ", layout.Columns.Select(_ => "?"));
        var sql = $"INSERT OR IGNORE INTO {layout.Name} ({names}) VALUES ({values})";
        var code = raw.sqlite3_prepare_v2(mirror.Handle, sql, out var statement);
        return code == raw.SQLITE_OK ? statement : throw new InvalidOperationException($"{layout.Name} cannot be filled");
    }

    private static void Run(sqlite3_stmt insert, object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            _ = row[i] switch
            {
                long number => raw.sqlite3_bind_int64(insert, i + 1, number),
                string text => raw.sqlite3_bind_text(insert, i + 1, text),
                byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(insert, i + 1, 0),
                byte[] bytes => raw.sqlite3_bind_blob(insert, i + 1, bytes),
                _ => raw.sqlite3_bind_null(insert, i + 1),
            };
        }

        // A row that a constraint refuses contradicts one that is there.
        var code = raw.sqlite3_step(insert);
        raw.sqlite3_reset(insert);
        if (code is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_NOMEM)
            throw new SqliteException(raw.sqlite3_errstr(code).utf8_to_string(), code);
    }

    /// <summary>The row of an import, whose options and notes everything that reads it takes for JSON.</summary>
    private static object?[] Readable(TableLayout layout, object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = (layout.Columns[i].Name, row[i]) switch
            {
                ("options", string options) when !IsJson<RememberedOptions>(options) => "{}",
                ("notes", string notes) when !IsJson<List<string>>(notes) => "[]",
                var (_, value) => value,
            };
        }

        return row;
    }

    private static bool IsJson<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text) != null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
