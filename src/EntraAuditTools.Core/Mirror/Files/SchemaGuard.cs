using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>
/// Makes a file that came from somewhere else harmless before anything is asked of it: a trigger would run with the next import, a view
/// that stands where a table is expected answers what its maker likes. SQLite's own advice for files that are not trusted
/// (https://sqlite.org/security.html, "Untrusted SQLite Database Files").
/// </summary>
internal static partial class SchemaGuard
{
    // https://sqlite.org/c3ref/c_dbconfig_defensive.html
    private const int EnableTrigger = 1003, Defensive = 1010, EnableView = 1015, TrustedSchema = 1017;

    /// <summary>What SQLite makes itself: statistics, and the tables behind the full-text index.</summary>
    private static readonly HashSet<string> MadeBySqlite = new(StringComparer.Ordinal)
    {
        "sqlite_stat1", "sqlite_stat4", "activity_text_data", "activity_text_idx", "activity_text_content", "activity_text_docsize",
        "activity_text_config",
    };

    private static readonly ConcurrentDictionary<long, Dictionary<string, string>> Schemas = new();

    // Comparing texts that were compared before costs less than a question may.
    private static readonly ConcurrentDictionary<(long Version, string Name, string Sql), bool> Accepted = new();

    /// <summary>Turns off what a schema could do by itself. Before the first statement.</summary>
    public static void Restrict(SqliteConnection connection)
    {
        foreach (var (option, value) in new[] { (EnableTrigger, 0), (EnableView, 0), (TrustedSchema, 0), (Defensive, 1) })
            _ = raw.sqlite3_db_config(connection.Handle, option, value, out _);
    }

    /// <summary>Compares a mirror's schema with that of its version.</summary>
    /// <param name="connection">The mirror.</param>
    /// <param name="path">Its path, for the error.</param>
    /// <param name="version">The version that it says it has; not a newer one than this version's.</param>
    /// <param name="besides">Other tables that may be there; null for none.</param>
    /// <exception cref="AuditToolException">MirrorAltered: it has something that this tool never makes, or lacks something.</exception>
    public static void Check(SqliteConnection connection, string path, long version, IReadOnlyCollection<string>? besides = null)
    {
        var expected = Schemas.GetOrAdd(version, Build);
        var seen = 0;
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT type, name, sql FROM sqlite_master";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var (type, name) = (rows.GetString(0), rows.GetString(1));
            // An index that a constraint of its table makes has no text of its own.
            if (type == "index" && rows.IsDBNull(2)) continue;
            var sql = rows.IsDBNull(2) ? string.Empty : rows.GetString(2);
            if (IsKnown(version, expected, name, sql)) seen += type == "table" ? 1 : 0;
            else if (type != "table" || !(MadeBySqlite.Contains(name) || IsSearchIndex(sql) || besides?.Contains(name) == true))
                throw MirrorErrors.Altered(path, $"its {type} '{TerminalName(name)}' is not as this tool makes it");
        }

        // An index more came to mirrors of version 2 while that was new: one that lacks it is slower, not wrong.
        var tables = expected.Values.Count(sql => sql.StartsWith("CREATETABLE", StringComparison.Ordinal));
        if (seen < tables) throw MirrorErrors.Altered(path, $"it lacks {tables - seen} of the tables of its version");
    }

    private static bool IsKnown(long version, Dictionary<string, string> expected, string name, string sql)
    {
        if (Accepted.ContainsKey((version, name, sql))) return true;
        if (!expected.TryGetValue(name, out var known) || known != Plain(sql)) return false;
        Accepted.TryAdd((version, name, sql), true);
        return true;
    }

    private static bool IsSearchIndex(string sql) => Plain(sql) == Plain(SearchIndexSchema.Create);

    /// <summary>The schema of a version, as SQLite stores it.</summary>
    private static Dictionary<string, string> Build(long version)
    {
        using var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        MirrorFile.Execute(memory, MirrorMigration.Sql(0, version));
        using var command = memory.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL";
        using var rows = command.ExecuteReader();
        var schema = new Dictionary<string, string>(StringComparer.Ordinal);
        while (rows.Read()) schema.Add(rows.GetString(0), Plain(rows.GetString(1)));
        return schema;
    }

    /// <summary>SQL without comments and blanks: mirrors keep the text that the version wrote which made them.</summary>
    private static string Plain(string sql) => Blanks().Replace(Comments().Replace(sql, " "), string.Empty);

    private static string TerminalName(string name) => name.Length > 60 ? name[..60] + "…" : name;

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
