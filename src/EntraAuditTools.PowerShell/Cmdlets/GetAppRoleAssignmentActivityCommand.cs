using System.Management.Automation;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Entitlement;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Who got or lost a role of this application other than through an access package?</summary>
[Cmdlet(VerbsCommon.Get, "AppRoleAssignmentActivity", SupportsPaging = true)]
[OutputType(typeof(AppRoleAssignmentActivity))]
public sealed class GetAppRoleAssignmentActivityCommand : TimedCmdlet<AppRoleAssignmentActivity>
{
    private readonly EntitlementSelection selection = new();

    /// <summary>Name of the application, or object id of its service principal.</summary>
    [Parameter(Position = 0)]
    [Alias("ServicePrincipal", "ApplicationId")]
    [ArgumentCompleter(typeof(RoleApplicationCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Application { get; set; }

    /// <summary>
    /// UPN, object id or name of who has or had the role; binds User, UserPrincipalName and UserId from the pipeline, never a bare Id.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UserId")]
    [EntitlementArgument("UserId")]
    [ArgumentCompleter(typeof(UserCompleter))]
    [SupportsWildcards]
    public string[]? User { get; set; }

    /// <summary>success, failure.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Result { get; set; }

    /// <summary>Show those too that came from an access package.</summary>
    [Parameter]
    public SwitchParameter IncludeEntitlement { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<AppRoleAssignmentActivity> Question => AppRolesQuestion.Instance;

    /// <inheritdoc/>
    private protected override IReadOnlyList<EntitlementSelector>? Selectors => selection.Selectors;

    /// <inheritdoc/>
    private protected override bool AsksNothing => base.AsksNothing || (MyInvocation.ExpectingInput && Selectors is null);

    /// <inheritdoc/>
    protected override void Collect() => selection.Add(User, null);

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        if (User is { Length: 0 } && !MyInvocation.ExpectingInput)
            throw AuditToolException.BadArgument("ArgumentEmpty", "-User is empty.", "Leave -User out to ask without it.", nameof(User));
    }
}
