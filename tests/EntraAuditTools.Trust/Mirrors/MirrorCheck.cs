using System.Globalization;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Trust.Running;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Trust.Mirrors;

/// <summary>Whether a mirror is whole, and the one that it should be.</summary>
internal static class MirrorCheck
{
    /// <summary>Neither SQLite nor Test-AuditMirror finds anything wrong with it: each page, and the chain over imports and originals.</summary>
    public static void IsWhole(Round round, string mirror, string when)
    {
        var found = Texts(mirror, "PRAGMA integrity_check(20)");
        round.Expect(found is ["ok"], $"{when}: integrity_check: {string.Join("; ", found)}");
        round.Count("checks");
        // An import that was ended before it had made the tables leaves none.
        if (Texts(mirror, "PRAGMA schema_version") is ["0"]) return;
        var check = Core.Upkeep.Checking.MirrorCheck.Run(mirror, new(IsQuick: true), _ => { }, round.Cancel);
        round.Expect(check.Problems.Count == 0, $"{when}: Test-AuditMirror: {string.Join("; ", check.Problems)}");
    }

    /// <summary>It has the rows of another, whatever the numbers of its imports.</summary>
    public static void HasContent(Round round, IReadOnlyList<string> promised, string mirror, string when)
    {
        var found = MirrorContent.BySource(mirror);
        round.Count("rows compared", found.Count);
        if (promised.SequenceEqual(found)) return;
        var missing = promised.Except(found).ToList();
        var more = found.Except(promised).ToList();
        File.WriteAllLines(round.PathOf("missing.txt"), missing);
        File.WriteAllLines(round.PathOf("more.txt"), more);
        round.Fail(string.Create(CultureInfo.InvariantCulture,
            $"{when}: {missing.Count} rows are missing, {more.Count} are there besides (missing.txt, more.txt): "
            + $"{missing.FirstOrDefault() ?? "-"} | {more.FirstOrDefault() ?? "-"}"));
    }

    /// <summary>The first column of a query.</summary>
    public static IReadOnlyList<string> Texts(string mirror, string sql)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = mirror, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read()) found.Add(Convert.ToString(rows.GetValue(0), CultureInfo.InvariantCulture)!);
        return found;
    }
}
