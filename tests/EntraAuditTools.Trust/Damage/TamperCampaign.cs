using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Trust.Running;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Trust.Damage;

/// <summary>Changes a value, removes a row or doubles one, in any table of a mirror, through SQLite itself: the file stays well formed.</summary>
internal sealed class TamperCampaign : ICampaign
{
    /// <summary>What the chain covers by itself: no change of these may go unseen, whether a question shows it or not.</summary>
    private static readonly HashSet<string> Covered = ["import", "coverage", "rejection", "block", "original_context", "complete_export", "provisioning_part",
        "chain", "chain_import", "block_digest", "removed_original"];

    public string Name => "tampering";

    public string Promise =>
        "What somebody changes in a mirror is found by Test-AuditMirror where it changes an answer, and always in imports and originals.";

    public int ShortRounds => 12;

    public void Run(Round round)
    {
        var known = KnownMirror.Of(round);
        var copy = known.Copy(round);
        var before = File.ReadAllBytes(copy);
        if (Change(round.Random, copy) is not var (table, what)) return;
        if (before.AsSpan().SequenceEqual(File.ReadAllBytes(copy))) return;
        round.Count("mirrors changed");
        var isFound = AnswerComparison.Run(round, known, copy, what);
        if (!isFound && Covered.Contains(table)) round.Fail($"{what}: the check passes");
    }

    /// <summary>Null where there was nothing to change.</summary>
    private static (string Table, string What)? Change(Random random, string path)
    {
        var tables = OldMirror.Texts(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'meta'");
        var table = tables[random.Next(tables.Count)];
        var columns = OldMirror.Texts(path, $"SELECT name FROM pragma_table_info('{table}')");
        var column = columns[random.Next(columns.Count)];
        var key = OldMirror.Texts(path, $"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk");
        var count = int.Parse(OldMirror.Texts(path, $"SELECT count(*) FROM {table}")[0], System.Globalization.CultureInfo.InvariantCulture);
        // The block's own count is for questions about the mirror alone, which are not compared; nothing refers to those numbers.
        if (count == 0 || (table, column) is ("block", "count") or ("coverage" or "rejection" or "complete_export", "id")) return null;
        var row = $"({string.Join(", ", key)}) = (SELECT {string.Join(", ", key)} FROM {table} LIMIT 1 OFFSET {random.Next(count)})";
        if (random.Next(4) == 0)
        {
            OldMirror.Execute(path, $"DELETE FROM {table} WHERE {row}");
            return (table, $"a row of {table} removed");
        }

        var value = random.Next(5) switch
        {
            0 => "NULL",
            1 => $"(SELECT {column} FROM {table} LIMIT 1 OFFSET {random.Next(count)})",
            2 => random.NextInt64(-3, 4).ToString(System.Globalization.CultureInfo.InvariantCulture),
            3 => $"CAST({column} AS TEXT) || 'x'",
            _ => $"CASE typeof({column}) WHEN 'integer' THEN {column} + {random.Next(1, 1000)} WHEN 'blob' THEN randomblob(length({column})) "
                + $"ELSE replace({column}, 'e', 'a') END",
        };
        try
        {
            OldMirror.Execute(path, $"UPDATE OR IGNORE {table} SET {column} = {value} WHERE {row}");
        }
        catch (SqliteException)
        {
            // The table does not take such a value.
            return null;
        }

        return (table, $"{column} of a row of {table} set to {value}");
    }
}
