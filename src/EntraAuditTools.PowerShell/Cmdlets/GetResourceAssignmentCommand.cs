using EntraAuditTools.Core.Queries.Logs;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Resources;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>
/// Which resource roles does this user have through entitlement management, from which package and policy, from when to when?
/// </summary>
[Cmdlet(VerbsCommon.Get, "ResourceAssignment", SupportsPaging = true)]
[Alias("gresasg")]
[OutputType(typeof(ResourceAssignment))]
public sealed class GetResourceAssignmentCommand : EntitlementStateCmdlet<ResourceAssignment>
{
    /// <summary>Name, id or URL of the group, application or site.</summary>
    [Parameter]
    [EntitlementArgument("ResourceId")]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [SupportsWildcards]
    public string[]? Resource { get; set; }

    /// <summary>Name of the role.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ResourceRoleCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Role { get; set; }

    /// <summary>Id of the assignment that gives it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AssignmentIdCompleter))]
    [EntitlementArgument("AssignmentId")]
    public string[]? AssignmentId { get; set; }

    /// <inheritdoc/>
    private protected override string[]? AssignmentIds => AssignmentId;

    /// <inheritdoc/>
    private protected override IEnumerable<AskedValue> Asked =>
    [
        .. base.Asked,
        new("resource", NameColumn.Resource, Resource),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<ResourceAssignment> Query(MirrorReader mirror) =>
        ResourceAssignmentQuery.Run(mirror, Filter(paged: true));

    /// <inheritdoc/>
    private protected override long? Count(MirrorReader mirror) => ResourceAssignmentQuery.Run(mirror, Filter(paged: false)).LongCount();

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror) =>
        Question("Resource roles").Add("resource", Resource).Add("role", Role).Add("as of", AsOf).ToString();

    private ResourceAssignmentFilter Filter(bool paged) => new()
    {
        Selectors = Selectors,
        Resource = Resource,
        Role = Role,
        AsOf = AsOf?.ToUniversalTime(),
        Tenant = Tenant,
        Skip = paged ? PagingParameters.Skip() : 0,
        First = paged ? PagingParameters.First() : null,
    };
}
