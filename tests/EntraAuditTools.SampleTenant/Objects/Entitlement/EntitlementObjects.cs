namespace EntraAuditTools.SampleTenant;

/// <summary>
/// The people, groups, organizations and applications that only entitlement management knows: each is a case by itself.
/// They take part in nothing else, so that logs stay as they are.
/// </summary>
public sealed class EntitlementObjects
{
    internal EntitlementObjects(Tenant tenant)
    {
        var random = new SampleRandom(SampleRandom.Mix((ulong)tenant.Options.Seed, 21));
        Wingspan = new(random.NewId(), random.NewId(), "Wingspan Charter", "wingspan.example", true, "configured");
        Cresting = new(random.NewId(), random.NewId(), "Cresting Media", "cresting.example", true, "configured");
        Bluewater = new(random.NewId(), random.NewId(), "Bluewater Authority", "bluewater.example", true, "configured");
        Cormorant = new(random.NewId(), random.NewId(), "Cormorant Studio", "cormorant.example", true, "proposed");

        Person Member(string given, string family, string department, string title) =>
            Make(random, tenant, given, family, department, title, null);
        Person Guest(string given, string family, PartnerOrganization home) =>
            Make(random, tenant, given, family, "", "", home);
        Employee = Member("Ingrid", "Solberg", "Engineering", "Engineer");
        Newcomer = Member("Noor", "Aldana", "Engineering", "Analyst");
        Conflicted = Member("Marek", "Dvorak", "Engineering", "Team Lead");
        Untyped = Member("Olive", "Marsh", "Operations", "Specialist") with { UserTypeMissing = true };
        Intern = Member("Pia", "Lund", "Finance", "Assistant");
        Nested = Member("Ravi", "Menon", "Engineering", "Engineer");
        Named = Member("Suri", "Tan", "Legal", "Director");
        Returned = Member("Theo", "Brandvold", "Engineering", "Architect");
        BeyondTwenty = Member("Uli", "Kraft", "Operations", "Specialist");
        Approver = Member("Asta", "Grönlund", "Engineering", "Director");
        Alternate = Member("Bram", "Koster", "Engineering", "Manager");
        Guest1 = Guest("Diego", "Fuentes", tenant.Organizations[0]);
        ProposedGuest = Guest("Petra", "Kolb", tenant.Organizations[2]);
        UnconnectedGuest = Guest("Jae", "Min", tenant.Organizations[3]);
        DisconnectedGuest = Guest("Rania", "Saleh", Wingspan);
        DomainGuest = Guest("Lio", "Ferro", Cresting);
        CrossCloudGuest = Guest("Mei", "Sato", Bluewater);
        ExternalSponsor = Guest("Hale", "Winters", tenant.Organizations[0]);
        // Somebody who has asked and is not in the tenant yet.
        Stranger = new(random.NewId(), null, "Femi Adeyemi", "femi.adeyemi@cormorant.example", "femi.adeyemi@cormorant.example", Cormorant);

        var crew = tenant.Members.Take(34).ToList();
        crew.Insert(30, BeyondTwenty);
        Berlin = Group("Engineers Berlin", [Nested, tenant.Members[1]]);
        Engineers = Group("All engineers", [Employee, Newcomer, Conflicted, Returned]) with { Groups = [Berlin] };
        Interns = Group("Interns", [Intern, tenant.Members[2]]);
        Crew = Group("Night crew", crew) with { Export = MemberExport.Cut };
        Unseen = Group("Quality circle", [Named]) with { Export = MemberExport.None };
        Library = Group("Engineering library", [Employee, Nested]);
        Workbench = Group("Workbench users", [Employee]);
        Signers = Group("Release signers", [Conflicted]);
        Night = Group("Night shift desk", []);

        DirectoryGroup Group(string name, IReadOnlyList<Person> members) => new(random.NewId(), name, "", false, members);
        EnterpriseApplication Application(string name) =>
            new(random.NewId(), random.NewId(), random.NewId(), name,
                [new(random.NewId(), "build", "Build runner"), new(random.NewId(), "admin", "Administrator")]);
        Drydock = Application("Drydock Pipelines");
        Robot = Application("Berth Indexer");
        Site = new($"https://{tenant.Domain.Split('.')[0]}.sharepoint.example/sites/harbour-master", "Harbour master");
        DataRoom = new($"https://{tenant.Domain.Split('.')[0]}.sharepoint.example/sites/data-room", "Data room");

        long before = tenant.Options.From.UtcTicks;
        long end = tenant.Options.To.UtcTicks;
        ConnectedOrganizations =
        [
            .. tenant.Organizations.Where(organization => organization.Connected)
            .Select((organization, index) => new ConnectedOrganizationModel(organization, before - 90 * TimeSpan.TicksPerDay)
            {
                Sources = Both(organization),
                InternalSponsors = index == 0 ? [Approver, Alternate] : [],
                ExternalSponsors = index == 0 ? [ExternalSponsor] : [],
            }),
            new(Wingspan, before - 200 * TimeSpan.TicksPerDay) { Sources = Both(Wingspan), Removed = end - 20 * TimeSpan.TicksPerDay },
            new(Cresting, before - 150 * TimeSpan.TicksPerDay)
            {
                Sources = [new("domainIdentitySource", Cresting.DisplayName, Cresting.Domain),
                    new("externalDomainFederation", Cresting.DisplayName, "print." + Cresting.Domain, "https://idp." + Cresting.Domain)],
                InternalSponsors = [Approver],
                // Proposed by a first request; an administrator made it configured within the period.
                ConfiguredAt = end - 26 * TimeSpan.TicksPerDay,
            },
            new(Bluewater, before - 60 * TimeSpan.TicksPerDay) { Sources =
                [new("crossCloudAzureActiveDirectoryTenant", Bluewater.DisplayName, Bluewater.TenantId, "microsoftonline.us")] },
            new(Cormorant, end - 3 * TimeSpan.TicksPerDay) { Sources = [new("domainIdentitySource", Cormorant.DisplayName,
                Cormorant.Domain)] },
        ];
    }

    /// <summary>An employee with several packages, and one resource from two of them.</summary>
    public Person Employee { get; }

    /// <summary>An employee who has nothing and can only request.</summary>
    public Person Newcomer { get; }

    /// <summary>A guest of a configured organization, with one package.</summary>
    public Person Guest1 { get; }

    /// <summary>Holds two packages that exclude each other.</summary>
    public Person Conflicted { get; }

    /// <summary>Exports say userType null.</summary>
    public Person Untyped { get; }

    /// <summary>Member of a group that excludes a package which she holds.</summary>
    public Person Intern { get; }

    /// <summary>Member of a group within the group that a policy names.</summary>
    public Person Nested { get; }

    /// <summary>Named by a policy himself.</summary>
    public Person Named { get; }

    /// <summary>Gave a package back and was given it again.</summary>
    public Person Returned { get; }

    /// <summary>Member of a large group, but not among the first twenty.</summary>
    public Person BeyondTwenty { get; }

    public Person Approver { get; }

    /// <summary>Asked when the approver does not answer.</summary>
    public Person Alternate { get; }

    /// <summary>Guest of a proposed organization.</summary>
    public Person ProposedGuest { get; }

    /// <summary>Guest of an organization that is not connected.</summary>
    public Person UnconnectedGuest { get; }

    /// <summary>Guest whose organization was connected until twenty days before the end.</summary>
    public Person DisconnectedGuest { get; }

    /// <summary>Guest of an organization known by its domain alone.</summary>
    public Person DomainGuest { get; }

    /// <summary>Guest of an organization of another cloud, known by its tenant alone.</summary>
    public Person CrossCloudGuest { get; }

    public Person ExternalSponsor { get; }

    /// <summary>Has requested and is not in the tenant yet: no object id.</summary>
    public EntitlementSubject Stranger { get; }

    /// <summary>Named by a policy; has <see cref="Berlin"/> in it.</summary>
    public DirectoryGroup Engineers { get; }

    public DirectoryGroup Berlin { get; }

    public DirectoryGroup Interns { get; }

    /// <summary>35 members, of which an export shows 20.</summary>
    public DirectoryGroup Crew { get; }

    /// <summary>Named by a policy and in no export.</summary>
    public DirectoryGroup Unseen { get; }

    /// <summary>Given by two packages.</summary>
    public DirectoryGroup Library { get; }

    public DirectoryGroup Workbench { get; }

    public DirectoryGroup Signers { get; }

    public DirectoryGroup Night { get; }

    public EnterpriseApplication Drydock { get; }

    /// <summary>Its service principal holds a package.</summary>
    public EnterpriseApplication Robot { get; }

    public SharePointSite Site { get; }

    public SharePointSite DataRoom { get; }

    /// <summary>Connected by tenant and domain, until twenty days before the end.</summary>
    public PartnerOrganization Wingspan { get; }

    public PartnerOrganization Cresting { get; }

    public PartnerOrganization Bluewater { get; }

    /// <summary>Proposed three days before the end by a stranger's request.</summary>
    public PartnerOrganization Cormorant { get; }

    /// <summary>Every organization that is or was connected.</summary>
    public IReadOnlyList<ConnectedOrganizationModel> ConnectedOrganizations { get; }

    public IReadOnlyList<Person> People =>
    [
        Employee, Newcomer, Guest1, Conflicted, Untyped, Intern, Nested, Named, Returned, BeyondTwenty, Approver, Alternate,
        ProposedGuest, UnconnectedGuest, DisconnectedGuest, DomainGuest, CrossCloudGuest, ExternalSponsor,
    ];

    public IReadOnlyList<DirectoryGroup> Groups => [Engineers, Berlin, Interns, Crew, Unseen, Library, Workbench, Signers, Night];

    public IReadOnlyList<EnterpriseApplication> Applications => [Drydock, Robot];

    private static OrganizationSource[] Both(PartnerOrganization organization) =>
        [new("azureActiveDirectoryTenant", organization.DisplayName, organization.TenantId),
            new("domainIdentitySource", organization.DisplayName, organization.Domain)];

    private static Person Make(SampleRandom random, Tenant tenant, string given, string family, string department, string title,
        PartnerOrganization? home)
    {
        string mail = $"{given}.{family}@{home?.Domain ?? tenant.Domain}".ToLowerInvariant().Replace('ö', 'o');
        return new Person(random.NewId(), $"{given} {family}", home is null ? mail : $"{mail.Replace('@', '_')}#EXT#@{tenant.Domain}",
            mail, department, title)
        {
            Home = home,
            IpAddresses = ["192.0.2." + random.Between(1, 254).ToString(System.Globalization.CultureInfo.InvariantCulture)],
        };
    }
}
