namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Everything that entitlement management knows of the tenant, over time. Whoever writes it "as exported at" a time asks each
/// object how it stood then; what is true then is in <see cref="ExpectedEntitlement"/>.
/// </summary>
public sealed class EntitlementManagement
{
    internal EntitlementManagement(Tenant tenant)
    {
        Tenant = tenant;
        Objects = new EntitlementObjects(tenant);
        Cases = new EntitlementCases(tenant, Objects);
        Catalogs = [.. tenant.Catalogs, .. Cases.Catalogs];
        Packages = [.. tenant.Packages, .. Cases.Packages];
        People = [.. tenant.People, .. Objects.People];
        Groups = [.. tenant.Groups, .. Objects.Groups];
        Applications = [.. tenant.Applications, .. Objects.Applications];
        var history = new EntitlementHistory(tenant, Objects, Cases);
        Assignments = history.Assignments;
        Requests = history.Requests;
    }

    public Tenant Tenant { get; }

    /// <summary>Those who are a case each.</summary>
    public EntitlementObjects Objects { get; }

    /// <summary>Packages that are a case each.</summary>
    public EntitlementCases Cases { get; }

    public IReadOnlyList<AccessCatalog> Catalogs { get; }

    public IReadOnlyList<AccessPackageModel> Packages { get; }

    /// <summary>Everybody, those of the logs first.</summary>
    public IReadOnlyList<Person> People { get; }

    public IReadOnlyList<DirectoryGroup> Groups { get; }

    /// <summary>With their service principals.</summary>
    public IReadOnlyList<EnterpriseApplication> Applications { get; }

    /// <summary>Over the whole time; ask each with <see cref="PackageAssignment.At"/>.</summary>
    public IReadOnlyList<PackageAssignment> Assignments { get; }

    /// <summary>Over the whole time; ask each with <see cref="PackageRequest.At"/>.</summary>
    public IReadOnlyList<PackageRequest> Requests { get; }

    public IReadOnlyList<ConnectedOrganizationModel> ConnectedOrganizations => Objects.ConnectedOrganizations;
}
