using System.Text.RegularExpressions;
using EntraAuditTools.Core.Mirror.Reading;
using SQLitePCL;

namespace EntraAuditTools.Core.Tests.Queries.Plans;

/// <summary>How SQLite goes about the statements of a question, by its own words (https://www.sqlite.org/eqp.html).</summary>
internal static partial class Plans
{
    /// <summary>
    /// Tables that link rows of a log, under the names that statements give them; all others are looked up for rows that were found
    /// already.
    /// </summary>
    private static readonly HashSet<string> Links =
        new(StringComparer.Ordinal) { "t", "activity_target", "activity_mention", "activity_text", "provisioning_identity" };

    /// <summary>
    /// How the rows of a log are found: <c>walk</c> (all of them, in the order of time), <c>time</c> (a stretch of them), <c>rows</c> (one
    /// by one), or by which indexes and tables of links; then <c>sorted</c> where they are all found before the first is shown.
    /// </summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="columns">Columns of the statement that reads the rows, by which it is known.</param>
    /// <param name="ask">The question.</param>
    public static string Of(MirrorReader mirror, string columns, Action ask) => Describe(Steps(mirror, columns, ask));

    /// <summary>The steps of a statement, in SQLite's words.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="part">Part of the statement, by which it is known.</param>
    /// <param name="ask">The question.</param>
    public static List<string> Steps(MirrorReader mirror, string part, Action ask)
    {
        var statements = new List<string>();
        raw.sqlite3_trace(mirror.Connection.Handle, (_, sql) => statements.Add(sql), null);
        try
        {
            ask();
        }
        finally
        {
            raw.sqlite3_trace(mirror.Connection.Handle, (strdelegate_trace)null!, null);
        }

        return Explain(mirror, Assert.Single(statements, sql => sql.Contains(part, StringComparison.Ordinal)));
    }

    private static List<string> Explain(MirrorReader mirror, string sql)
    {
        using var command = mirror.Connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        using var rows = command.ExecuteReader();
        var steps = new List<string>();
        while (rows.Read()) steps.Add(rows.GetString(3));
        return steps;
    }

    private static string Describe(IReadOnlyList<string> steps)
    {
        var found = new List<string>();
        foreach (var step in steps.Select(step => Step().Match(step)).Where(step => step.Success))
        {
            var table = step.Groups["table"].Value;
            var isLog = table is "a" or "p" or "activity" or "provisioning";
            if (!isLog && !Links.Contains(table)) continue;
            var how = step.Groups["how"].Value;
            found.Add(!isLog ? table == "t" ? "links" : table
                : step.Value.StartsWith("SCAN", StringComparison.Ordinal) ? "walk"
                : step.Groups["index"] is { Success: true } index ? index.Value
                : how.Contains("rowid=?", StringComparison.Ordinal) ? "rows" : "time");
        }

        if (steps.Contains("USE TEMP B-TREE FOR ORDER BY")) found.Add("sorted");
        return string.Join(' ', found.Distinct());
    }

    [GeneratedRegex(@"^(SCAN|SEARCH) (?<table>\w+)(?<how>( USING (COVERING )?INDEX (?<index>\w+))?.*)$")]
    private static partial Regex Step();
}
