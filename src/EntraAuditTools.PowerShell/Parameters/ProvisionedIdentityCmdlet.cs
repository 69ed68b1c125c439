using System.Management.Automation;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Errors;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>The filters of questions about the provisioning of an identity.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class ProvisionedIdentityCmdlet<T> : TimedCmdlet<T>
    where T : class
{
    private readonly List<string> applications = [];

    /// <summary>Display name, UPN, source id or target id; binds UserPrincipalName and UserId from the pipeline, never a bare Id.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UserId")]
    [ArgumentCompleter(typeof(ProvisionedIdentityCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Identity { get; set; }

    /// <summary>
    /// Name of the application, or object id of its service principal; from the pipeline where an object (a summary) names no identity.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ServicePrincipal", "ApplicationId")]
    [ArgumentCompleter(typeof(ProvisioningFieldCompleter))]
    [SupportsWildcards]
    public string[]? Application { get; set; }

    /// <summary>success, failure, skipped, warning.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProvisioningFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Show values that can hold key material instead of masking them.</summary>
    [Parameter]
    public SwitchParameter ShowSecret { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string>? TextsOf(QuestionField field) =>
        field.Name == nameof(Application) ? Applications : base.TextsOf(field);

    /// <summary>All applications that were given, on the command line or else by the pipeline; null for any.</summary>
    private IReadOnlyList<string>? Applications =>
        IsApplicationGiven ? AnyValue.Unless(Application) : applications.Count > 0 ? applications : null;

    private bool IsApplicationGiven => IsGiven(nameof(Application));

    /// <summary>Whether an object of the pipeline says by itself what of its application is meant.</summary>
    private protected virtual bool IsNarrower => Identity is not null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // An empty variable must not mean every application.
        if (IsApplicationGiven && Application?.Any(string.IsNullOrEmpty) != false)
            ThrowTerminatingError(ErrorRecords.From(
                AuditToolException.BadArgument("ArgumentEmpty", "-Application is empty.", "Leave -Application out to ask without it.",
                    nameof(Application))));
    }

    /// <inheritdoc/>
    protected override void Collect()
    {
        base.Collect();
        if (!IsApplicationGiven && !IsNarrower && Application is not null)
            applications.AddRange(Application.Where(text => !string.IsNullOrEmpty(text)).Select(WildcardPattern.Escape)
                .Except(applications, StringComparer.OrdinalIgnoreCase));
    }
}
