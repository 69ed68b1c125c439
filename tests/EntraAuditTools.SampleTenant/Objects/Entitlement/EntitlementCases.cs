using static EntraAuditTools.SampleTenant.PolicyTargetKind;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Packages that are a case each: every allowed target scope, every kind of expiration, approval, exclusion and resource.
/// </summary>
public sealed class EntitlementCases
{
    private readonly SampleRandom random;
    private readonly long end;

    internal EntitlementCases(Tenant tenant, EntitlementObjects objects)
    {
        random = new SampleRandom(SampleRandom.Mix((ulong)tenant.Options.Seed, 22));
        end = tenant.Options.To.UtcTicks;
        var general = tenant.Catalogs[0];
        var finance = tenant.Catalogs[1];
        var engineering = Catalog("Engineering", published: true, external: false);
        var suppliers = Catalog("Suppliers", published: true, external: true);
        var drafts = Catalog("Drafts", published: false, external: true);
        Catalogs = [engineering, suppliers, drafts];
        PolicyTarget User(Person person) => new(SingleUser, person.Id, person.DisplayName);
        PolicyTarget Members(DirectoryGroup group) => new(GroupMembers, group.Id, group.DisplayName);
        PolicyTarget Organization(PartnerOrganization organization) =>
            new(ConnectedOrganizationMembers, organization.Id, organization.DisplayName);
        PackagePolicy Policy(string name, string scope, PolicyExpiration expiration, params PolicyTarget[] targets) =>
            new(random.NewId(), name, scope, false, null, expiration.Days) { Expiration = expiration, Targets = targets };
        PackagePolicy Approved(PackagePolicy policy, params ApprovalStageModel[] stages) =>
            policy with { ApprovalRequired = true, Stages = stages };
        ApprovalStageModel Stage(params PolicyTarget[] approvers) => new(approvers, [], 14);
        var escalating = Stage(new PolicyTarget(RequestorManager, "", "Manager")) with { Fallback = [User(objects.Approver)],
            Escalation = [User(objects.Alternate)] };

        Workbench = Package("Engineering workbench", engineering,
            [PackageResource.Of(objects.Workbench), PackageResource.Of(objects.Library), PackageResource.Of(objects.Drydock, 0)],
            Approved(Policy("Engineers", "specificDirectoryUsers", PolicyExpiration.After(180), Members(objects.Engineers)),
                Stage(User(objects.Approver))),
            Policy("Named exceptions", "specificDirectoryUsers", PolicyExpiration.Never, User(objects.Named)),
            Policy("Administrators assign", "notSpecified", PolicyExpiration.NotSpecified) with { AcceptsRequests = false });
        SourceReader = Package("Source code reader", engineering, [PackageResource.Of(objects.Library)],
            Policy("Everybody of the house", "allMemberUsers", PolicyExpiration.After(365)),
            Policy("Administrators assign", "notSpecified", PolicyExpiration.NotSpecified) with { AcceptsRequests = false });
        ReleaseSigning = Package("Release signing", engineering, [PackageResource.Of(objects.Signers)],
            Approved(Policy("Two approvals", "allMemberUsers", PolicyExpiration.After(180)), escalating,
                Stage(User(objects.Approver), Members(objects.Engineers))) with { Question = "Which release?" });
        ReleaseApproval = Package("Release approval", engineering, [PackageResource.Of(objects.Drydock, 1)],
            Policy("Everybody", "allDirectoryUsers", PolicyExpiration.After(365))) with { IncompatiblePackages = [ReleaseSigning.Id] };
        ReleaseSigning = ReleaseSigning with { IncompatiblePackages = [ReleaseApproval.Id] };
        Payments = Package("Payments release", finance, [PackageResource.Of(tenant.Applications[0], 1)],
            Policy("Everybody of the house", "allMemberUsers", PolicyExpiration.Never)) with { IncompatibleGroups = [objects.Interns] };
        // One way only: its holders may still be given release signing.
        Audit = Package("Release audit", finance, [PackageResource.Of(tenant.Applications[1], 2)],
            Policy("Everybody of the house", "allMemberUsers", PolicyExpiration.After(90))) with { IncompatiblePackages =
                [ReleaseSigning.Id], IncompatibleGroups = [objects.Crew] };
        HarbourSite = Package("Harbour site", general,
            [PackageResource.Of(objects.Site), PackageResource.Of(objects.Night) with { Added = end - 21 * TimeSpan.TicksPerDay }],
            Policy("Everybody", "allDirectoryUsers", PolicyExpiration.Never));
        SupplierPortal = Package("Supplier portal", suppliers, [PackageResource.Of(objects.DataRoom)],
            Approved(Policy("Fabrikam and Proseware", "specificConnectedOrganizationUsers", PolicyExpiration.After(120),
                Organization(tenant.Organizations[0]), Organization(tenant.Organizations[2])),
                new ApprovalStageModel([new(ExternalSponsors, "", "External sponsors")], [User(objects.Alternate)], 14)),
            Policy("All configured organizations", "allConfiguredConnectedOrganizationUsers", PolicyExpiration.After(90)));
        DataRoom = Package("Open data room", suppliers, [PackageResource.Of(objects.DataRoom)],
            Approved(Policy("Anybody outside", "allExternalUsers", PolicyExpiration.After(180)),
                new ApprovalStageModel([new(InternalSponsors, "", "Internal sponsors")], [User(objects.Approver)], 7)));
        Robots = Package("Pipeline robots", engineering, [PackageResource.Of(objects.Drydock, 0)],
            Policy("The indexer", "specificDirectoryServicePrincipals", PolicyExpiration.After(365),
                new PolicyTarget(SingleServicePrincipal, objects.Robot.ServicePrincipalId, objects.Robot.DisplayName)),
            Policy("All service principals", "allDirectoryServicePrincipals", PolicyExpiration.After(30)),
            Policy("Agents", "allDirectoryAgentIdentities", PolicyExpiration.After(30)));
        SalesKit = Package("Sales kit", general, [PackageResource.Of(tenant.Groups[^1])],
            Policy("Sales department", "specificDirectoryUsers", PolicyExpiration.Never,
                new PolicyTarget(AttributeRuleMembers, "(user.department -eq \"Sales\")", "All of the Sales department")) with { Automatic =
                    true, AcceptsRequests = false });
        Vault = Package("Hidden vault", engineering, [PackageResource.Of(objects.Signers)],
            Policy("Everybody of the house", "allMemberUsers", PolicyExpiration.After(30))) with { Hidden = true };
        Draft = Package("Draft workspace", drafts, [PackageResource.Of(objects.Workbench)],
            Policy("Everybody", "allDirectoryUsers", PolicyExpiration.After(30)));
        Summer = Package("Summer campaign", general, [PackageResource.Of(objects.Night)],
            // Over within the period: before, one could ask for it.
            Policy("Until the end of September", "allMemberUsers", PolicyExpiration.On(end - 33 * TimeSpan.TicksPerDay)));
        Ledger = Package("Ledger archive", finance, [PackageResource.Of(objects.DataRoom)],
            // The catalog is not visible from outside, whatever the policy says.
            Policy("Anybody outside", "allExternalUsers", PolicyExpiration.After(60)) with { Added = end - 14 * TimeSpan.TicksPerDay },
            Policy("Organizations, by the old name", "allConfiguredConnectedOrganizationUsers",
                PolicyExpiration.After(60)) with { OldBetaName = true });
        var open = Policy("Everybody of the house", "allMemberUsers", PolicyExpiration.On(end + 200 * TimeSpan.TicksPerDay));
        Closed = Package("Closed programme", general, [PackageResource.Of(objects.Night)],
            // Was open until three weeks before the end.
            open with { AcceptsRequests = false, Changed = end - 21 * TimeSpan.TicksPerDay,
                Before = open with { Expiration = PolicyExpiration.After(60) } });
        NightShift = Package("Night shift", general, [PackageResource.Of(objects.Night)],
            Policy("Night crew", "specificDirectoryUsers", PolicyExpiration.After(95), Members(objects.Crew)),
            Policy("Quality circle", "specificDirectoryUsers", PolicyExpiration.After(95), Members(objects.Unseen)));
        Berth = Package("Pilot berth", general, [PackageResource.Of(objects.Site)],
            Policy("Everybody", "allDirectoryUsers", PolicyExpiration.After(14))) with { Deleted = end - 18 * TimeSpan.TicksPerDay };
        Empty = Package("Empty shell", engineering, []);
        Packages =
        [
            Workbench, SourceReader, ReleaseSigning, ReleaseApproval, Payments, Audit, HarbourSite, SupplierPortal, DataRoom, Robots,
            SalesKit, Vault, Draft, Summer, Ledger, Closed,
            NightShift, Berth, Empty,
        ];
    }

    public IReadOnlyList<AccessCatalog> Catalogs { get; }

    public IReadOnlyList<AccessPackageModel> Packages { get; }

    /// <summary>Three policies: a group with one approval, one person without, administrators only. Gives the library too.</summary>
    public AccessPackageModel Workbench { get; }

    /// <summary>Gives the library.</summary>
    public AccessPackageModel SourceReader { get; }

    /// <summary>Two stages, the first escalates; excludes <see cref="ReleaseApproval"/> and is excluded by it.</summary>
    public AccessPackageModel ReleaseSigning { get; }

    public AccessPackageModel ReleaseApproval { get; }

    /// <summary>Excludes members of a group.</summary>
    public AccessPackageModel Payments { get; }

    /// <summary>
    /// Excludes holders of <see cref="ReleaseSigning"/>, not the other way round, and members of a group whose list is cut.
    /// </summary>
    public AccessPackageModel Audit { get; }

    /// <summary>A SharePoint site, for ever; since 21 days before the end a group too.</summary>
    public AccessPackageModel HarbourSite { get; }

    /// <summary>Two named organizations (one proposed), and all configured ones.</summary>
    public AccessPackageModel SupplierPortal { get; }

    /// <summary>Anybody outside.</summary>
    public AccessPackageModel DataRoom { get; }

    /// <summary>For service principals and agents alone.</summary>
    public AccessPackageModel Robots { get; }

    /// <summary>Assigned by a rule.</summary>
    public AccessPackageModel SalesKit { get; }

    public AccessPackageModel Vault { get; }

    /// <summary>In a catalog that is not published.</summary>
    public AccessPackageModel Draft { get; }

    /// <summary>Its policy ends 33 days before the end.</summary>
    public AccessPackageModel Summer { get; }

    /// <summary>For people outside, in a catalog that they cannot see; one of its policies by the beta's old name.</summary>
    public AccessPackageModel Ledger { get; }

    /// <summary>Accepts no requests since 21 days before the end.</summary>
    public AccessPackageModel Closed { get; }

    /// <summary>For a group whose list of members is cut, and for one that is in no export.</summary>
    public AccessPackageModel NightShift { get; }

    /// <summary>Deleted 18 days before the end.</summary>
    public AccessPackageModel Berth { get; }

    /// <summary>No policy and no resource.</summary>
    public AccessPackageModel Empty { get; }

    private AccessCatalog Catalog(string name, bool published, bool external) =>
        new(random.NewId(), name, "userManaged", published, external,
            new DateTime(end - 320 * TimeSpan.TicksPerDay + random.Below(TimeSpan.TicksPerDay), DateTimeKind.Utc));

    private AccessPackageModel Package(string name, AccessCatalog catalog, PackageResource[] resources, params PackagePolicy[] policies) =>
        new(random.NewId(), name, $"Access for {name.ToLowerInvariant()}", catalog,
            new DateTime(end - 310 * TimeSpan.TicksPerDay + random.Below(TimeSpan.TicksPerDay), DateTimeKind.Utc)) { Resources = resources,
            Policies = policies };
}
