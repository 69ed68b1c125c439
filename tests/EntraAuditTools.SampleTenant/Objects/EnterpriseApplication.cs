namespace EntraAuditTools.SampleTenant;

/// <summary>A role that an application defines.</summary>
public sealed record ApplicationRole(string Id, string Value, string DisplayName);

/// <summary>An application with its service principal in this tenant.</summary>
public sealed record EnterpriseApplication(string ObjectId, string AppId, string ServicePrincipalId, string DisplayName,
    IReadOnlyList<ApplicationRole> Roles);
