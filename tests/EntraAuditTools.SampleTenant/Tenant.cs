namespace EntraAuditTools.SampleTenant;

/// <summary>
/// The small entitlement that every event and object is about: who is there, what they belong to and what can be requested.
/// Its size grows with the options, never with the length of the log beyond that.
/// </summary>
public sealed class Tenant
{
    /// <summary>Builds the entitlement that the options describe; the same options give the same entitlement.</summary>
    public Tenant(SampleTenantOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.To <= options.From)
            throw new ArgumentException("To must be after From.", nameof(options));
        Options = options;
        var random = new SampleRandom(SampleRandom.Mix((ulong)options.Seed, 1));
        Id = random.NewId();
        WorkspaceId = random.NewId();
        Organizations = PeopleFactory.Organizations(random);
        People = PeopleFactory.Create(random, options.UserCount, Domain, Organizations);
        Members = [.. People.Where(person => !person.IsGuest)];
        Guests = [.. People.Where(person => person.IsGuest)];
        Administrators = [.. Members.Take(Math.Clamp(Members.Count / 40, 3, 60))];
        Groups = DirectoryObjectFactory.Groups(random, options.GroupCount, People, Domain);
        Applications = DirectoryObjectFactory.Applications(random, options.ApplicationCount);
        Roles = DirectoryObjectFactory.Roles(random);
        Catalogs = EntitlementFactory.Catalogs(random, options.From.UtcDateTime);
        Packages = EntitlementFactory.Packages(random, Catalogs, Members, Groups, Applications, options.From.UtcDateTime);
        RequestablePackages = [.. Packages.Where(package => package.Catalog.Published)];
        ConnectedGuests = [.. Guests.Where(guest => guest.Home is { Connected: true, State: "configured" })];
        Jobs = ProvisioningJob.Create(random, options.Seed, Id, Applications, Organizations[0]);
        OutboundJobs = [.. Jobs.Where(job => job.Kind is ProvisioningTargetKind.Scim or ProvisioningTargetKind.ServiceNow
            or ProvisioningTargetKind.Salesforce)];
        QuarantinedJob = Jobs.First(job => job.Quarantined);
        Services = new ServiceActors(random);
        plan = new Lazy<ScenarioSchedule>(() => new ScenarioSchedule(this));
        provisioningPlan = new Lazy<ProvisioningPlan>(() => new ProvisioningPlan(this));
        entitlement = new Lazy<EntitlementManagement>(() => new EntitlementManagement(this));
    }

    private readonly Lazy<ScenarioSchedule> plan;
    private readonly Lazy<ProvisioningPlan> provisioningPlan;
    private readonly Lazy<EntitlementManagement> entitlement;

    public SampleTenantOptions Options { get; }

    /// <summary>Tenant id.</summary>
    public string Id { get; }

    /// <summary>Name of the organization.</summary>
    public string DisplayName { get; } = "Harborline Trading";

    /// <summary>Its domain, under a top-level domain that is reserved for examples.</summary>
    public string Domain { get; } = "harborline.example";

    /// <summary>The Log Analytics workspace, which is what TenantId means in its rows.</summary>
    public string WorkspaceId { get; }

    public IReadOnlyList<PartnerOrganization> Organizations { get; }

    public IReadOnlyList<Person> People { get; }

    public IReadOnlyList<Person> Members { get; }

    public IReadOnlyList<Person> Guests { get; }

    public IReadOnlyList<Person> Administrators { get; }

    public IReadOnlyList<DirectoryGroup> Groups { get; }

    public IReadOnlyList<EnterpriseApplication> Applications { get; }

    public IReadOnlyList<DirectoryRole> Roles { get; }

    public IReadOnlyList<AccessCatalog> Catalogs { get; }

    public IReadOnlyList<AccessPackageModel> Packages { get; }

    /// <summary>Packages of published catalogs that the audit log names.</summary>
    public IReadOnlyList<AccessPackageModel> RequestablePackages { get; }

    /// <summary>Guests from connected organizations whose state is configured.</summary>
    public IReadOnlyList<Person> ConnectedGuests { get; }

    public IReadOnlyList<ProvisioningJob> Jobs { get; }

    /// <summary>The job that is in quarantine at the end of the period.</summary>
    public ProvisioningJob QuarantinedJob { get; }

    /// <summary>Jobs that provision whoever is assigned to an application.</summary>
    internal IReadOnlyList<ProvisioningJob> OutboundJobs { get; }

    /// <summary>Entitlement management over time: what the logs have and much more.</summary>
    public EntitlementManagement Entitlement => entitlement.Value;

    internal ServiceActors Services { get; }

    internal ScenarioSchedule Plan => plan.Value;

    internal ProvisioningPlan ProvisioningPlan => provisioningPlan.Value;
}
