using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Finds rows of a log by the hashes of their record ids.</summary>
internal static class RecordKeys
{
    /// <summary>The rows; also those that are stored under another key because another event has the same id.</summary>
    public static List<long> Rows(MirrorReader mirror, LogTable log, IReadOnlyList<long> keys)
    {
        var sql = mirror.LogText();
        sql.Add($"SELECT id FROM {log.Name} WHERE {sql.In("key", keys)} UNION SELECT {log.Name} FROM {log.Conflicts} WHERE {sql.In("key", keys)}");
        return mirror.QueryLog(sql, row => row.Number(0)).ToList();
    }
}
