namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>
/// One key for one person: records name the same one with an id, a UPN, or both. What has an id goes by it; a UPN alone goes by the id that
/// another record gives with it.
/// </summary>
internal sealed class People
{
    private readonly Dictionary<string, string> idOfName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IdentityText> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes note of the names of a person.</summary>
    public void Learn(IdentityText person)
    {
        if (person is { ObjectId: { } id, UserPrincipalName: { } name })
        {
            // The smaller id where two had the name one after the other: any, but always the same.
            if (!idOfName.TryGetValue(name, out var other) || string.CompareOrdinal(id, other) < 0) idOfName[name] = id;
        }

        if (person.ObjectId is { } key) known[key] = known.TryGetValue(key, out var old) ? Join(old, person) : person;
    }

    /// <summary>A person's key; null when neither id nor UPN is known.</summary>
    public string? Key(IdentityText person) =>
        (person.ObjectId ?? (person.UserPrincipalName is { } name ? idOfName.GetValueOrDefault(name) ?? name : null))?.ToLowerInvariant();

    /// <summary>A person by all that is known.</summary>
    public EntitlementSubject Describe(IdentityText person)
    {
        var all = Key(person) is { } key && known.TryGetValue(key, out var found) ? Join(person, found) : person;
        return new EntitlementSubject { Id = all.ObjectId, DisplayName = all.DisplayName, UserPrincipalName = all.UserPrincipalName };
    }

    // Of two names the one that sorts first, so that the order of reading does not matter.
    private static IdentityText Join(IdentityText a, IdentityText b) => new(a.Type ?? b.Type, a.ObjectId ?? b.ObjectId, First(a.DisplayName, b.DisplayName), First(a.UserPrincipalName, b.UserPrincipalName));

    private static string? First(string? a, string? b) => a == null ? b : b == null ? a : string.CompareOrdinal(a, b) <= 0 ? a : b;
}
