using System.Management.Automation;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Errors;
using EntraAuditTools.PowerShell.Messages;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// A question about entitlement management, with users and packages. Records of this module pipe into each other: each object of the
/// pipeline selects for itself, by the ids of assignment or request where it carries them and the cmdlet takes them, else by user and
/// package together. A user or package on the command line takes the place of the objects' own, and then their ids do not count.
/// </summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class EntitlementCmdlet<T> : TenantCmdlet<T>
{
    private readonly EntitlementSelection selection = new();
    private HashSet<string> given = [];

    /// <summary>UPN, object id or display name; binds User, UserPrincipalName and UserId from the pipeline, never a bare Id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UserId")]
    [EntitlementArgument("UserId")]
    [ArgumentCompleter(typeof(UserCompleter))]
    [SupportsWildcards]
    public string[]? User { get; set; }

    /// <summary>Name or id of the access package; binds AccessPackage and AccessPackageId from the pipeline, never a bare Id.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("AccessPackageId")]
    [EntitlementArgument("AccessPackageId")]
    [ArgumentCompleter(typeof(AccessPackageCompleter))]
    [SupportsWildcards]
    public virtual string[]? AccessPackage { get; set; }

    /// <summary>Users, packages and ids to ask about; null for everything.</summary>
    private protected IReadOnlyList<EntitlementSelector>? Selectors => selection.Selectors;

    /// <summary>Whether all that is asked about is named by the ids of assignments or requests.</summary>
    private protected bool IsById => selection.IsById;

    /// <summary>Ids of assignments, where the cmdlet takes them.</summary>
    private protected virtual string[]? AssignmentIds => null;

    /// <summary>Ids of requests, where the cmdlet takes them.</summary>
    private protected virtual string[]? RequestIds => null;

    /// <inheritdoc/>
    private protected override IEnumerable<AskedValue> Asked =>
    [
        .. base.Asked,
        new("user", NameColumn.Identity, given.Contains(nameof(User)) ? User : null),
        new("access package", NameColumn.AccessPackage, given.Contains(nameof(AccessPackage)) ? AccessPackage : null),
    ];

    /// <inheritdoc/>
    protected override bool PagesItself => true;

    /// <inheritdoc/>
    private protected override bool AsksNothing => base.AsksNothing || (MyInvocation.ExpectingInput && Selectors is null);

    /// <summary>Keeps which parameters the command line gives: the others are the pipeline's.</summary>
    protected override void BeginProcessing()
    {
        given = new HashSet<string>(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
        foreach (var name in given)
        {
            // A variable that turned out empty must not mean all users.
            if (MyInvocation.BoundParameters[name] is string[] { Length: 0 })
                ThrowTerminatingError(ErrorRecords.From(
                    ErrorRecords.BadArgument("ArgumentEmpty", $"-{name} is empty.", $"Leave -{name} out to ask without it.", name)));
        }
    }

    /// <inheritdoc/>
    protected override void Collect()
    {
        var (assignments, requests) = (AssignmentIds, RequestIds);
        if (!IsPiped("AssignmentId", assignments) && !IsPiped("RequestId", requests))
            selection.Add(User, PackagesOfThis, assignments, requests);
        else if (!given.Contains(nameof(User)) && !given.Contains(nameof(AccessPackage)))
            selection.Add(null, null, assignments, requests);
        else
            // Ids decide alone: they would override the command line.
            selection.Add(User, PackagesOfThis, given.Contains("AssignmentId") ? assignments : null,
                given.Contains("RequestId") ? requests : null);
    }

    /// <summary>The packages that the object, or the command line, names.</summary>
    private protected virtual string[]? PackagesOfThis => AccessPackage;

    /// <summary>Takes the question's own words into account for -Verbose.</summary>
    private protected QuestionText Question(string what) => new QuestionText(what).Add(Selectors).Add("tenant", Tenant);

    private bool IsPiped(string name, string[]? ids) => ids is { Length: > 0 } && !given.Contains(name);
}
