namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Where values of a filter are to be found.</summary>
public enum ValueColumn
{
    /// <summary>Services of the audit log.</summary>
    Service,

    /// <summary>Categories of the audit log.</summary>
    Category,

    /// <summary>Activities, of the log or of the catalog of known ones.</summary>
    Activity,

    /// <summary>Results of the audit log.</summary>
    Result,

    /// <summary>People, applications and objects by name, UPN or id, in the logs or in the directory.</summary>
    Identity,

    /// <summary>Names of modified properties.</summary>
    Property,

    /// <summary>Tenants by id.</summary>
    Tenant,

    /// <summary>Applications that are provisioned.</summary>
    ProvisioningApplication,

    /// <summary>Actions of the provisioning log.</summary>
    ProvisioningAction,

    /// <summary>Statuses of the provisioning log.</summary>
    ProvisioningStatus,

    /// <summary>Systems that provisioning reads.</summary>
    SourceSystem,

    /// <summary>Systems that provisioning writes.</summary>
    TargetSystem,

    /// <summary>Provisioning jobs.</summary>
    ProvisioningJob,

    /// <summary>Kinds of provisioned objects.</summary>
    ProvisioningIdentityType,

    /// <summary>Error codes of the provisioning log.</summary>
    ErrorCode,

    /// <summary>Access packages by name or id.</summary>
    AccessPackage,

    /// <summary>Policies of access packages by name or id.</summary>
    Policy,

    /// <summary>Catalogs by name or id.</summary>
    Catalog,

    /// <summary>Resources of access packages by name or id.</summary>
    Resource,

    /// <summary>Connected organizations by name or id.</summary>
    ConnectedOrganization,

    /// <summary>Imports by number.</summary>
    Import,
}
