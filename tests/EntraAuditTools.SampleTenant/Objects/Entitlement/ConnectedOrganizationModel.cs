namespace EntraAuditTools.SampleTenant;

/// <summary>One way of knowing that somebody belongs to an organization.</summary>
/// <param name="Type">Name of the Graph type: azureActiveDirectoryTenant, crossCloudAzureActiveDirectoryTenant, domainIdentitySource,
/// externalDomainFederation, socialIdentitySource.</param>
/// <param name="DisplayName">In words.</param>
/// <param name="Value">Tenant id, domain, or kind of social account.</param>
/// <param name="Other">The cloud of a cross-cloud tenant, the issuer of a federation; else null.</param>
public sealed record OrganizationSource(string Type, string DisplayName, string Value, string? Other = null);

/// <summary>A connected organization.</summary>
/// <param name="Home">The organization that guests come from.</param>
/// <param name="Created">UTC ticks.</param>
public sealed record ConnectedOrganizationModel(PartnerOrganization Home, long Created)
{
    public required IReadOnlyList<OrganizationSource> Sources { get; init; }

    public IReadOnlyList<Person> InternalSponsors { get; init; } = [];

    public IReadOnlyList<Person> ExternalSponsors { get; init; } = [];

    /// <summary>When the connection was removed, in UTC ticks; null when it was not.</summary>
    public long? Removed { get; init; }

    /// <summary>When its state went from proposed to configured, in UTC ticks; null when it never changed.</summary>
    public long? ConfiguredAt { get; init; }

    public string Id => Home.Id;

    public string DisplayName => Home.DisplayName;

    public string Description => $"{Home.DisplayName} works with us";

    public bool ExistsAt(long ticks) => Created <= ticks && !(Removed <= ticks);

    /// <summary>configured or proposed.</summary>
    public string StateAt(long ticks) => ConfiguredAt > ticks ? "proposed" : Home.State;

    /// <summary>When it was last changed, as seen at a time; both in UTC ticks.</summary>
    public long ModifiedAt(long ticks) => ConfiguredAt <= ticks ? ConfiguredAt.Value : Created;
}
