using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Entitlement;
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
    private protected override RecordQuestion<ResourceAssignment> Question => ResourcesQuestion.Instance;

    /// <inheritdoc/>
    private protected override string[]? AssignmentIds => AssignmentId;
}
