using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Entitlement;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Which organizations are connected?</summary>
[Cmdlet(VerbsCommon.Get, "ConnectedOrganization", SupportsPaging = true)]
[OutputType(typeof(ConnectedOrganization))]
public sealed class GetConnectedOrganizationCommand : TenantCmdlet<ConnectedOrganization>
{
    /// <summary>Name or id.</summary>
    [Parameter(Position = 0)]
    [Alias("DisplayName", "Id", "ConnectedOrganizationId")]
    [ArgumentCompleter(typeof(ConnectedOrganizationCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>configured, proposed, removed; those that are not removed when not given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectedOrganizationStateCompleter))]
    [ClosedList(typeof(ConnectedOrganizationStateCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <summary>A domain of an identity source.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OrganizationDomainCompleter))]
    [Alias("DomainName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Domain { get; set; }

    /// <summary>The time to answer for; now when not given.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? AsOf { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<ConnectedOrganization> Question => OrganizationsQuestion.Instance;
}
