using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Tests.Importing;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>Makes mirrors as older versions left them: their tables, filled with what today's import would have put there.</summary>
internal static class OldMirror
{
    /// <summary>Turns a mirror into one of an older version.</summary>
    /// <param name="mirror">Where it is.</param>
    /// <param name="version">The version, 1 to 3.</param>
    /// <param name="wrong">SQL that spoils what is derived, as an older reader would have.</param>
    public static void Age(TestMirror mirror, int version, string wrong = "") => Age(mirror.Path, version, wrong);

    /// <inheritdoc cref="Age(TestMirror, int, string)"/>
    /// <param name="path">Full path of the mirror.</param>
    public static void Age(string path, int version, string wrong = "")
    {
        var old = path + ".old";
        var schema = OldSchema.Version1 + (version >= 2 ? OldSchema.Version2 : string.Empty) + (version >= 3 ? OldSchema.Version3 : string.Empty);
        Execute(old, $"PRAGMA journal_mode = WAL; BEGIN; {schema} PRAGMA application_id = {MirrorSchema.ApplicationId}; PRAGMA "
            + $"user_version = {version}; COMMIT");
        var copy = new List<string>();
        foreach (var table in Texts(old, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"))
        {
            var columns = string.Join(", ", Texts(old, $"SELECT name FROM pragma_table_info('{table}')"));
            copy.Add($"INSERT INTO {table} ({columns}) SELECT {columns} FROM newer.{table};");
        }

        Execute(old, $"ATTACH '{path}' AS newer; BEGIN; {string.Concat(copy)} {wrong} COMMIT; DETACH newer; PRAGMA wal_checkpoint(TRUNCATE)");
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!, "mirror.db*")
            .Where(file => !file.StartsWith(old, StringComparison.Ordinal))) File.Delete(file);
        File.Move(old, path);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!, "mirror.db.old*")) File.Delete(file);
    }

    public static void Execute(string path, string sql)
    {
        using var connection = Open(path);
        MirrorFile.Execute(connection, sql);
    }

    public static List<string> Texts(string path, string sql)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read()) found.Add(Convert.ToString(rows.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)!);
        return found;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
