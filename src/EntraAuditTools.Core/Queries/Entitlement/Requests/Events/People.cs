using System.Text.Json;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>
/// One key for a person: records name the same one with an id, a UPN, or both, and mostly leave the display name out. What has an id goes
/// by it; a UPN alone goes by the id that any record of the mirror gives with it, so that a narrow question has the answer of a wide one.
/// </summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
internal sealed class People(MirrorReader mirror)
{
    private readonly Dictionary<string, string?> idOfName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string? DisplayName, string? UserPrincipalName)> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A person's key; null when neither id nor UPN is known.</summary>
    public string? Key(IdentityText person) => (IdOf(person) ?? person.UserPrincipalName)?.ToLowerInvariant();

    /// <summary>A person's object id; null where no record of the mirror has it.</summary>
    public string? IdOf(IdentityText person) => person.ObjectId ?? (person.UserPrincipalName is { } name ? IdOf(name) : null);

    /// <summary>A person by all that the log knows.</summary>
    public EntitlementSubject Describe(IdentityText person)
    {
        var id = IdOf(person);
        var known = id == null ? default : NamesOf(id);
        return new EntitlementSubject { Id = id, DisplayName = person.DisplayName ?? known.DisplayName,
            UserPrincipalName = person.UserPrincipalName ?? known.UserPrincipalName };
    }

    /// <summary>Every identity by which records can name some persons.</summary>
    public HashSet<long> IdentitiesOf(IEnumerable<IdentityText> persons)
    {
        var names = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var person in persons)
        {
            if (Key(person) is not { } key) continue;
            if (person.UserPrincipalName is { } name) names[key] = name;
            else names.TryAdd(key, null);
        }

        // What has no id goes by its UPN, which others may give beside the id: it is looked up where none of these does.
        var sql = new SqlText();
        sql.Add($"""
            WITH own AS (SELECT value AS id FROM json_each({Json(sql, names.Keys)})),
            known AS (SELECT value AS upn FROM json_each({Json(sql, names.Values.OfType<string>())})),
            nameless AS (SELECT value AS id FROM json_each({Json(sql, names.Where(pair => pair.Value == null).Select(pair => pair.Key))}))
            SELECT i.id FROM own CROSS JOIN identity i ON i.object_id = own.id
            UNION SELECT i.id FROM own CROSS JOIN identity i ON i.upn = own.id
            UNION SELECT i.id FROM known CROSS JOIN identity i ON i.upn = known.upn
            UNION SELECT o.id FROM nameless CROSS JOIN identity i ON i.object_id = nameless.id CROSS JOIN identity o ON o.upn = i.upn
                WHERE i.upn <> '' AND o.object_id IS NULL
            """);
        return [.. mirror.Query(sql, row => row.GetInt64(0))];
    }

    private static string Json(SqlText sql, IEnumerable<string> texts) => sql.Bind(JsonSerializer.Serialize(texts));

    private string? IdOf(string name)
    {
        if (idOfName.TryGetValue(name, out var id)) return id;
        // A UPN that passed from one to the next: any of them, but always the same.
        var row = mirror.Prepared("SELECT min(object_id) FROM identity WHERE upn = ?").BindString(1, name);
        if (mirror.Step(row)) id = row.String(0);
        row.Reset();
        idOfName.Add(name, id);
        return id;
    }

    private (string? DisplayName, string? UserPrincipalName) NamesOf(string id)
    {
        if (names.TryGetValue(id, out var found)) return found;
        var row = mirror.Prepared($"SELECT min(display_name), min({ApplicationIdentity.UserPrincipalName}) FROM identity WHERE object_id = ?")
            .BindString(1, id);
        if (mirror.Step(row)) found = (TerminalText.Visible(row.String(0)), TerminalText.Visible(row.String(1)));
        row.Reset();
        names.Add(id, found);
        return found;
    }
}
