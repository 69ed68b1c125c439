using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Resources;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Errors;
using EntraAuditTools.PowerShell.Messages;
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
    protected override bool PagesItself => true;

    /// <inheritdoc/>
    private protected override bool AsksNothing => base.AsksNothing || (MyInvocation.ExpectingInput && selection.Selectors is null);

    /// <inheritdoc/>
    protected override void Collect() => selection.Add(User, null);

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        if (User is { Length: 0 } && !MyInvocation.ExpectingInput)
            throw ErrorRecords.BadArgument("ArgumentEmpty", "-User is empty.", "Leave -User out to ask without it.", nameof(User));
    }

    /// <inheritdoc/>
    private protected override IEnumerable<AskedValue> Asked =>
    [
        .. base.Asked,
        new("application", NameColumn.Identity, MyInvocation.ExpectingInput ? null : Application),
        new("result", ActivityColumn.Result, AnyValue.Unless(Result)),
        new("user", NameColumn.Identity, MyInvocation.ExpectingInput ? null : User),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<AppRoleAssignmentActivity> Query(MirrorReader mirror) =>
        AppRoleAssignmentActivityQuery.Run(mirror, Filter(paged: true));

    /// <inheritdoc/>
    private protected override long? Count(MirrorReader mirror) =>
        AppRoleAssignmentActivityQuery.Run(mirror, Filter(paged: false)).LongCount();

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror) => new QuestionText("Changes of application role assignments")
        .Add(selection.Selectors)
        .Add("application", Application)
        .AddIf(!IncludeEntitlement, "without those that came from an access package")
        .Add("result", AnyValue.Unless(Result))
        .Add("tenant", Tenant)
        .Add(Window)
        .ToString();

    private AppRoleAssignmentActivityFilter Filter(bool paged) => new()
    {
        Selectors = selection.Selectors,
        Application = Application,
        Result = AnyValue.Unless(Result),
        IncludeEntitlement = IncludeEntitlement,
        After = Window.After,
        Before = Window.Before,
        Tenant = Tenant,
        Skip = paged ? PagingParameters.Skip() : 0,
        First = paged ? PagingParameters.First() : null,
    };
}
