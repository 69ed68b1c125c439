namespace EntraAuditTools;

/// <summary>An access package, policy, catalog or group that another object refers to.</summary>
public sealed class EntitlementReference
{
    /// <summary>Graph's id; null when no export tells it.</summary>
    public string? Id { get; init; }

    /// <summary>Display name; null when no export tells it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Display name, else id.</summary>
    public override string ToString() => DisplayName ?? Id ?? string.Empty;
}
