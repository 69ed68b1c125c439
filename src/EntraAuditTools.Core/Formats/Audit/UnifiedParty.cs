using System.Text.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// One object that an <c>Actor</c> or <c>Target</c> list of the unified log is about. Such a list names an object several times: by its
/// id with a prefix for its kind, the bare id, a word for the kind, its names, and application ids.
/// </summary>
internal sealed class UnifiedParty
{
    /// <summary>What it is ("User", "ServicePrincipal"…); null when not known.</summary>
    public string? Kind { get; set; }

    /// <summary>Its object id.</summary>
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? UserPrincipalName { get; set; }

    /// <summary>Of an application its own application id; of a user the client's.</summary>
    public string? AppId { get; set; }

    public bool IsUser => Kind is { } kind && Utf8.Is(kind, "User");

    public bool IsApplication => Kind is { } kind && (Utf8.Is(kind, "ServicePrincipal") || Utf8.Is(kind, "Application"));

    /// <summary>The objects of a list, in its order; one without an id when no entry gives an object.</summary>
    /// <param name="list">Actor or Target: a list, or a single entry, which is read like a list of one.</param>
    public static List<UnifiedParty> Read(JsonElement list)
    {
        List<UnifiedEntry> entries = list.ValueKind switch
        {
            JsonValueKind.Array =>
                [.. list.EnumerateArray().Select(UnifiedEntry.Read).Where(entry => entry.Kind != UnifiedEntryKind.Nothing)],
            JsonValueKind.Object or JsonValueKind.String => [UnifiedEntry.Read(list)],
            _ => [],
        };
        var parties = new List<UnifiedParty>();
        foreach (var entry in entries)
        {
            if (entry.Kind == UnifiedEntryKind.Object && !parties.Exists(party => party.Id == entry.Text))
                parties.Add(new UnifiedParty { Kind = entry.Prefix, Id = entry.Text });
        }

        if (parties.Count == 0) parties.Add(new UnifiedParty());
        Describe(parties, entries);
        return parties;
    }

    /// <summary>
    /// Completes each object with the other entries. Of several objects an entry belongs to the one beside it: to the next where the list
    /// begins with descriptions (as Actor does), else to the last one (as in Target); if that cannot have it or has it already, to one that
    /// lacks it.
    /// </summary>
    private static void Describe(List<UnifiedParty> parties, List<UnifiedEntry> entries)
    {
        var objects = entries.FindIndex(entry => entry.Kind == UnifiedEntryKind.Object);
        var isBefore = objects > 0
            && entries.FindIndex(entry => entry.Kind is UnifiedEntryKind.Name or UnifiedEntryKind.UserPrincipalName) is >= 0 and var first
            && first < objects;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var beside = Beside(parties, entries, i, isBefore);
            switch (entry.Kind)
            {
                case UnifiedEntryKind.UserPrincipalName:
                    if (Pick(parties, beside, party => party.UserPrincipalName == null && (party.IsUser || party.Kind == null)) is { } user)
                        user.UserPrincipalName = entry.Text;
                    else if (Pick(parties, beside, party => party.Name == null && !party.IsUser) is { } other) other.Name = entry.Text;
                    break;
                case UnifiedEntryKind.Name:
                    if ((Pick(parties, beside, party => party.Name == null && !party.IsUser)
                        ?? Pick(parties, beside, party => party.Name == null)) is { } named) named.Name = entry.Text;
                    break;
                case UnifiedEntryKind.Word:
                    if (parties.Find(party => party.Kind == null) is { } unknown) unknown.Kind = entry.Text;
                    break;
                case UnifiedEntryKind.Claim when parties.Find(party => party.Id == null) is { } anonymous:
                    anonymous.Id = entry.Text;
                    break;
                case UnifiedEntryKind.BareId or UnifiedEntryKind.Claim or UnifiedEntryKind.ServicePrincipalName:
                    SetAppId(parties, beside, entry);
                    break;
            }
        }
    }

    private static void SetAppId(List<UnifiedParty> parties, UnifiedParty? beside, UnifiedEntry entry)
    {
        if (parties.Exists(party => party.Id == entry.Text || party.AppId == entry.Text)) return;
        var owner = Pick(parties, beside, party => party.AppId == null && party.IsApplication)
            ?? (parties.Count == 1 && parties[0].AppId == null ? parties[0] : null);
        if (owner == null) return;
        // A service principal name can be an address: it is used like a name.
        if (entry.Kind == UnifiedEntryKind.ServicePrincipalName) owner.Name ??= entry.Text;
        else owner.AppId = entry.Text;
    }

    private static UnifiedParty? Pick(List<UnifiedParty> parties, UnifiedParty? beside, Predicate<UnifiedParty> fits) =>
        beside != null && fits(beside) ? beside : parties.Find(fits);

    private static UnifiedParty? Beside(List<UnifiedParty> parties, List<UnifiedEntry> entries, int index, bool isBefore)
    {
        if (parties.Count == 1) return parties[0];
        var at = isBefore
            ? entries.FindIndex(index, entry => entry.Kind == UnifiedEntryKind.Object)
            : entries.FindLastIndex(index, entry => entry.Kind == UnifiedEntryKind.Object);
        return at < 0 ? null : parties.Find(party => party.Id == entries[at].Text);
    }
}
