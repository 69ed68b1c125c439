namespace EntraAuditTools;

/// <summary>
/// A group, application or SharePoint site that entitlement management gives roles of (Graph <c>accessPackageResource</c>).
/// </summary>
public sealed class EntitlementResource : ComparableIdentity
{
    /// <summary>
    /// Its id where it comes from (object id of the group or service principal, URL of the site); null when no export contains it.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>Display name; null when no export contains it.</summary>
    public string? DisplayName { get; init; }

    /// <summary><c>AadGroup</c>, <c>AadApplication</c>, <c>SharePointOnline</c>…; null when no export contains it.</summary>
    public string? System { get; init; }

    /// <summary>URL of a site; null when there is none or no export contains it.</summary>
    public string? Url { get; init; }

    /// <inheritdoc/>
    private protected override (string? Id, string? UserPrincipalName, string? Name) Names => (Id, Url, DisplayName);

    /// <summary>Display name, else URL, else id.</summary>
    public override string ToString() => DisplayName ?? Url ?? Id ?? string.Empty;
}
