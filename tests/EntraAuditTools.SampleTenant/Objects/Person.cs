namespace EntraAuditTools.SampleTenant;

/// <summary>A member or guest of the tenant.</summary>
public sealed record Person(string Id, string DisplayName, string UserPrincipalName, string Mail, string Department, string JobTitle)
{
    /// <summary>The organization a guest comes from; null for members.</summary>
    public PartnerOrganization? Home { get; init; }

    public bool IsGuest => Home is not null;

    /// <summary>Addresses from the documentation ranges (RFC 5737, RFC 3849).</summary>
    public required IReadOnlyList<string> IpAddresses { get; init; }

    /// <summary>UserType as the directory writes it.</summary>
    public string UserType => IsGuest ? "Guest" : "Member";

    /// <summary>Created before the directory knew user types: exports say null.</summary>
    public bool UserTypeMissing { get; init; }
}
