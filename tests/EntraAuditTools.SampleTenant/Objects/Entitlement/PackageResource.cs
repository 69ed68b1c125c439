namespace EntraAuditTools.SampleTenant;

/// <summary>A SharePoint site.</summary>
public sealed record SharePointSite(string Url, string DisplayName);

/// <summary>What a package gives: membership of a group, a role of an application, or a role in a SharePoint site.</summary>
public sealed record PackageResource(string ResourceId, string RoleId, string ScopeId, DirectoryGroup? Group,
    EnterpriseApplication? Application)
{
    /// <summary>The site; null when the resource is a group or an application.</summary>
    public SharePointSite? Site { get; init; }

    /// <summary>Which of the application's roles; its first unless said.</summary>
    public int RoleIndex { get; init; }

    /// <summary>Since when the package gives it, in UTC ticks; null for as long as the package exists.</summary>
    public long? Added { get; init; }

    public string DisplayName => Group?.DisplayName ?? Application?.DisplayName ?? Site!.DisplayName;

    public string OriginSystem => Group is not null ? "AadGroup" : Application is not null ? "AadApplication" : "SharePointOnline";

    /// <summary>The group, the service principal, or the site's address.</summary>
    public string OriginId => Group?.Id ?? Application?.ServicePrincipalId ?? Site!.Url;

    public string RoleName => Group is not null ? "Member" : Application is not null ? Application.Roles[RoleIndex].DisplayName
        : "Contributors";

    /// <summary>
    /// What the system itself calls the role: Member_ and the group, the id of the application role, the site's role by number.
    /// </summary>
    public string RoleOriginId => Group is not null ? "Member_" + Group.Id : Application is not null ? Application.Roles[RoleIndex].Id
        : "4";

    /// <summary>The id of a resourceRoleScope: the role's and the scope's.</summary>
    public string RoleScopeId => RoleId + "_" + ScopeId;

    internal static PackageResource Of(DirectoryGroup group) => Of(group.Id, "Member", group, null);

    internal static PackageResource Of(EnterpriseApplication application, int role) =>
        Of(application.ServicePrincipalId, application.Roles[role].Id, null, application) with { RoleIndex = role };

    internal static PackageResource Of(SharePointSite site) => Of(site.Url, "4", null, null) with { Site = site };

    // A resource and its roles have the same ids in every package and catalog.
    private static PackageResource Of(string origin, string role, DirectoryGroup? group, EnterpriseApplication? application) =>
        new(SampleRandom.Of("resource/" + origin).NewId(), SampleRandom.Of("role/" + origin + "/" + role).NewId(),
            SampleRandom.Of("scope/" + origin).NewId(), group, application);
}
