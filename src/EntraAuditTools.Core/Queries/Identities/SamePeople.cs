namespace EntraAuditTools.Core.Queries.Identities;

/// <summary>
/// One number for one object: exports name the same object with more or less of its names, and the mirror keeps each combination.
/// What has the same id (else UPN, else name) is the same.
/// </summary>
internal sealed class SamePeople(ActivityDimensions words)
{
    private readonly Dictionary<long, long> numbers = [];
    private readonly Dictionary<string, long> byKey = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of an entry's object: by its source, else by its target; 0 when neither is known.</summary>
    public long Of(long source, long target)
    {
        var identity = source != 0 ? source : target;
        if (identity == 0) return 0;
        if (numbers.TryGetValue(identity, out var number)) return number;
        var text = words.Identity(identity);
        var key = text.ObjectId ?? text.UserPrincipalName ?? text.DisplayName ?? string.Empty;
        if (!byKey.TryGetValue(key, out number)) byKey.Add(key, number = identity);
        numbers.Add(identity, number);
        return number;
    }
}
