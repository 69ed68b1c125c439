namespace EntraAuditTools;

/// <summary>
/// A person or other principal that entitlement management gives access (Graph <c>accessPackageSubject</c>), or that takes part in a
/// request.
/// </summary>
public sealed class EntitlementSubject : ComparableIdentity
{
    /// <summary>Object id in the directory; null when no export contains it.</summary>
    public string? Id { get; init; }

    /// <summary>Display name; null when no export contains it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>User principal name; null when no export contains it, and for service principals.</summary>
    public string? UserPrincipalName { get; init; }

    /// <summary><c>Member</c>, <c>Guest</c> or <c>ServicePrincipal</c>; null when no export contains it.</summary>
    public string? Type { get; init; }

    /// <inheritdoc/>
    private protected override (string? Id, string? UserPrincipalName, string? Name) Names => (Id, UserPrincipalName, DisplayName);

    /// <summary>Display name, else UPN, else id.</summary>
    public override string ToString() => DisplayName ?? UserPrincipalName ?? Id ?? string.Empty;
}
