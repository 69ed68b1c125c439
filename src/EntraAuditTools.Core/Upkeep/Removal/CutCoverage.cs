using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Removal;

/// <summary>Of a time whose records are removed a mirror is not complete any more.</summary>
internal static class CutCoverage
{
    /// <summary>Ends what a log is known to be complete for at a time.</summary>
    /// <param name="connection">The mirror.</param>
    /// <param name="log">The log.</param>
    /// <param name="ticks">The time, in UTC ticks.</param>
    public static void Run(SqliteConnection connection, LogTable log, long ticks)
    {
        using var delete = new Statement(connection, "DELETE FROM coverage WHERE kind = ? AND to_time <= ?");
        delete.BindString(1, log.Kind).Bind(2, ticks).Execute();
        using var cut = new Statement(connection, "UPDATE coverage SET from_time = ?2 WHERE kind = ?1 AND from_time < ?2");
        cut.BindString(1, log.Kind).Bind(2, ticks).Execute();
        // Spans that ended together are one now.
        using var same = new Statement(connection,
            "DELETE FROM coverage WHERE id NOT IN (SELECT min(id) FROM coverage GROUP BY kind, tenant, from_time, to_time, basis)");
        same.Execute();
    }
}
