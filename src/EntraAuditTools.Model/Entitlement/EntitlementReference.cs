namespace EntraAuditTools;

/// <summary>An access package, policy, catalog or group that another object refers to.</summary>
public sealed class EntitlementReference : ComparableIdentity
{
    /// <summary>Graph's id; null when no export contains it.</summary>
    public string? Id { get; init; }

    /// <summary>Display name; null when no export contains it.</summary>
    public string? DisplayName { get; init; }

    /// <inheritdoc/>
    private protected override (string? Id, string? UserPrincipalName, string? Name) Names => (Id, null, DisplayName);

    /// <summary>Display name, else id.</summary>
    public override string ToString() => DisplayName ?? Id ?? string.Empty;
}
