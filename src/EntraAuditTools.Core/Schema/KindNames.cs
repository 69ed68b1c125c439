namespace EntraAuditTools.Core.Schema;

/// <summary>What kinds of record are called in results, coverage and questions.</summary>
internal static class KindNames
{
    public const string AuditActivity = "AuditActivity";
    public const string ProvisioningLog = "ProvisioningLog";
    public const string SynchronizationJob = "SynchronizationJob";

    public const string AccessPackage = "AccessPackage";
    public const string AccessPackageAssignment = "AccessPackageAssignment";
    public const string AccessPackageAssignmentPolicy = "AccessPackageAssignmentPolicy";
    public const string AccessPackageAssignmentRequest = "AccessPackageAssignmentRequest";
    public const string AccessPackageCatalog = "AccessPackageCatalog";
    public const string AccessPackageResource = "AccessPackageResource";
    public const string AccessPackageResourceRoleScope = "AccessPackageResourceRoleScope";
    public const string AccessPackageResourceAssignment = "AccessPackageResourceAssignment";
    public const string AccessPackageApproval = "AccessPackageApproval";
    public const string ApproverDelegate = "ApproverDelegate";
    public const string ConnectedOrganization = "ConnectedOrganization";
    public const string User = "User";
    public const string Group = "Group";
    public const string ServicePrincipal = "ServicePrincipal";
    public const string Application = "Application";
    public const string AppRoleAssignment = "AppRoleAssignment";
}
