using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>Names that no export of objects contains, as the audit log wrote them last.</summary>
internal static class AuditedNames
{
    /// <summary>A user; null for no id.</summary>
    public static EntitlementSubject? User(MirrorReader mirror, string? id) =>
        id == null ? null : Find(mirror, id) is var (name, upn) ? new() { Id = id, DisplayName = name, UserPrincipalName = upn }
            : new() { Id = id };

    /// <summary>A package or policy; null for no id.</summary>
    public static EntitlementReference? Reference(MirrorReader mirror, string? id) =>
        id == null ? null : new() { Id = id, DisplayName = Find(mirror, id)?.Name };

    private static (string? Name, string? UserPrincipalName)? Find(MirrorReader mirror, string id)
    {
        var sql = new SqlText();
        sql.Add($"SELECT display_name, {ApplicationIdentity.UserPrincipalName} FROM identity WHERE object_id = {sql.Bind(id)} AND "
            + $"(display_name IS NOT NULL OR upn IS NOT NULL) ORDER BY display_name IS NULL, id DESC LIMIT 1");
        return mirror.Query(sql, row => ((string?, string?)?)(Text(row, 0), Text(row, 1))).FirstOrDefault();
    }

    private static string? Text(Microsoft.Data.Sqlite.SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : TerminalText.Visible(row.GetString(column));
}
