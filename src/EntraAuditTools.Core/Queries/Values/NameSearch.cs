using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Values;

/// <summary>Looks a name up in the small tables, exactly and nearly. Tables, columns and conditions are constants, never input.</summary>
internal static class NameSearch
{
    // More names than this are not compared one by one; those that begin alike are.
    private const int MostNames = 20_000;

    /// <summary>Whether a row has the text in one of the columns.</summary>
    public static bool Has(MirrorReader mirror, string table, string[] columns, string text, string condition = "1")
    {
        var sql = new SqlText();
        sql.Add($"SELECT 1 FROM {table} WHERE {TextCondition.AnyOf(sql, [WildcardText.Escape(text)], columns)} AND {condition} LIMIT 1");
        return mirror.Query(sql, row => row.GetInt64(0)).Any();
    }

    /// <summary>Names that may be meant by a text which no row has.</summary>
    public static IEnumerable<string> Near(MirrorReader mirror, string table, string[] columns, string text)
    {
        var few = mirror.Query($"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {MostNames})", row => row.GetInt64(0))
            .First() < MostNames;
        foreach (var column in columns)
        {
            var sql = new SqlText();
            sql.Add($"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL");
            if (!few && text.Length >= 2) sql.Add($" AND {TextCondition.AnyOf(sql, [WildcardText.Escape(text[..2]) + "*"], column)}");
            sql.Add($" LIMIT {MostNames}");
            foreach (var name in mirror.Query(sql, row => TerminalText.Visible(row.GetString(0))!)) yield return name;
        }
    }
}
