using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Where the values of filters are to be found that every log has.</summary>
internal static class CommonColumn
{
    /// <summary>Tenants by id.</summary>
    public static readonly ValueColumn Tenant = new(mirror => new(
        text => text.Equals(TenantScope.Unknown, StringComparison.OrdinalIgnoreCase)
            || TermLookup.Terms(mirror, [WildcardText.Escape(text)]) is { Count: > 0 },
        _ => mirror.Query(
            $"""
            SELECT text FROM term WHERE id IN (
                SELECT tenant FROM coverage UNION SELECT DISTINCT tenant FROM entity WHERE tenant <> 0
                {(mirror.Light == null ? string.Concat(mirror.Logs.Select(Newest)) : "UNION SELECT term FROM tenant")})
            """,
            row => TerminalText.Visible(row.GetString(0))!).Take(10)));

    /// <summary>Imports by number.</summary>
    public static readonly ValueColumn Import =
        new(mirror => HeldValues.List(() => mirror.Query("SELECT CAST(id AS TEXT) FROM import", row => row.GetString(0))));

    private static string Newest(LogTable log) => $"UNION SELECT tenant FROM (SELECT tenant FROM {log.Name} ORDER BY id DESC LIMIT 5000) ";
}
