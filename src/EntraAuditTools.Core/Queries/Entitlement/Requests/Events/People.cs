using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>
/// One key for one person: records name the same one with an id, a UPN, or both, and mostly leave the display name out. What has an id goes by
/// it; a UPN alone goes by the id that any record of the mirror gives with it, so that a narrow question has the answer of a wide one.
/// </summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
internal sealed class People(MirrorReader mirror)
{
    private readonly Dictionary<string, string?> idOfName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string? DisplayName, string? UserPrincipalName)> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A person's key; null when neither id nor UPN is known.</summary>
    public string? Key(IdentityText person) => (person.ObjectId ?? (person.UserPrincipalName is { } name ? IdOf(name) ?? name : null))?.ToLowerInvariant();

    /// <summary>A person by all that the log knows.</summary>
    public EntitlementSubject Describe(IdentityText person)
    {
        var id = person.ObjectId ?? (person.UserPrincipalName is { } name ? IdOf(name) : null);
        var known = id == null ? default : NamesOf(id);
        return new EntitlementSubject { Id = id, DisplayName = person.DisplayName ?? known.DisplayName,
            UserPrincipalName = person.UserPrincipalName ?? known.UserPrincipalName };
    }

    private string? IdOf(string name)
    {
        if (idOfName.TryGetValue(name, out var id)) return id;
        var sql = new SqlText();
        // A UPN that passed from one to the next: any of them, but always the same.
        sql.Add($"SELECT min(object_id) FROM identity WHERE upn = {sql.Bind(name)} COLLATE NOCASE");
        idOfName.Add(name, id = mirror.Query(sql, row => row.IsDBNull(0) ? null : row.GetString(0)).First());
        return id;
    }

    private (string? DisplayName, string? UserPrincipalName) NamesOf(string id)
    {
        if (names.TryGetValue(id, out var found)) return found;
        var sql = new SqlText();
        sql.Add($"SELECT min(display_name), min({ApplicationIdentity.UserPrincipalName}) FROM identity WHERE object_id = {sql.Bind(id)} COLLATE NOCASE");
        found = mirror.Query(sql,
            row => (row.IsDBNull(0) ? null : TerminalText.Visible(row.GetString(0)), row.IsDBNull(1) ? null : TerminalText.Visible(row.GetString(1)))).First();
        names.Add(id, found);
        return found;
    }
}
