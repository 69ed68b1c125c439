using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>Numbers of a salvaged mirror.</summary>
internal static class SalvageSql
{
    /// <summary>The first column of all rows.</summary>
    public static List<long> Numbers(SqliteConnection mirror, string sql)
    {
        using var statement = new Statement(mirror, sql);
        var found = new List<long>();
        while (statement.Step()) found.Add(statement.Number(0));
        return found;
    }

    /// <summary>The first two columns of all rows, of each first number the first row.</summary>
    public static List<KeyValuePair<long, long>> Pairs(SqliteConnection mirror, string sql)
    {
        using var statement = new Statement(mirror, sql);
        var found = new List<KeyValuePair<long, long>>();
        while (statement.Step()) found.Add(new(statement.Number(0), statement.Number(1)));
        return [.. found.DistinctBy(pair => pair.Key)];
    }
}
