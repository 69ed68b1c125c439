using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Questions.Completion;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes a parameter as a field of Core's questions is completed.</summary>
public abstract class FieldCompleter : MirrorCompleter
{
    private readonly Func<CompletionRequest, IEnumerable<CompletedValue>> values;

    private protected FieldCompleter(Func<CompletionRequest, IEnumerable<CompletedValue>> values) => this.values = values;

    /// <inheritdoc/>
    private protected override IEnumerable<CompletedValue> Values(string parameter, CompletionRequest request) => values(request);
}

/// <summary>Completes access packages.</summary>
public sealed class AccessPackageCompleter() : FieldCompleter(NameCompletion.AccessPackages);

/// <summary>Completes catalogs.</summary>
public sealed class CatalogCompleter() : FieldCompleter(NameCompletion.Of("Catalog"));

/// <summary>Completes assignment policies.</summary>
public sealed class PolicyCompleter() : FieldCompleter(NameCompletion.Of("Policy"));

/// <summary>Completes groups, applications and sites that packages give roles of.</summary>
public sealed class ResourceCompleter() : FieldCompleter(NameCompletion.Of("Resource"));

/// <summary>Completes connected organizations.</summary>
public sealed class ConnectedOrganizationCompleter() : FieldCompleter(NameCompletion.Of("ConnectedOrganization"));

/// <summary>Completes users.</summary>
public sealed class UserCompleter() : FieldCompleter(NameCompletion.Of("User"));

/// <summary>Completes applications whose roles were given or taken.</summary>
public sealed class RoleApplicationCompleter() : FieldCompleter(NameCompletion.RoleApplications);

/// <summary>Completes groups.</summary>
public sealed class GroupCompleter() : FieldCompleter(NameCompletion.Of("Group"));

/// <summary>Completes tenants.</summary>
public sealed class TenantCompleter() : FieldCompleter(RecordCompletion.Tenants);

/// <summary>Completes numbers of imports; the tooltip says what came from where.</summary>
public sealed class ImportCompleter() : FieldCompleter(RecordCompletion.Imports);

/// <summary>Completes who was provisioned.</summary>
public sealed class ProvisionedIdentityCompleter() : FieldCompleter(RecordCompletion.Identities);

/// <summary>Completes ids of assignments.</summary>
public sealed class AssignmentIdCompleter() : FieldCompleter(IdCompletion.Assignments);

/// <summary>Completes ids of requests.</summary>
public sealed class RequestIdCompleter() : FieldCompleter(IdCompletion.Requests);

/// <summary>Completes roles that packages give; the tooltip says of which resources.</summary>
public sealed class ResourceRoleCompleter() : FieldCompleter(RoleCompletion.Roles);

/// <summary>Completes domains of connected organizations; the tooltip says whose.</summary>
public sealed class OrganizationDomainCompleter() : FieldCompleter(RoleCompletion.Domains);
