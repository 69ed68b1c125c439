using System.Management.Automation;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Errors;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// A question about entitlement management, with users and packages. Records of this module pipe into each other: each object of the
/// pipeline selects for itself, by the ids of assignment or request where it carries them and the cmdlet takes them, else by user and
/// package together. A user or package on the command line takes the place of the objects' own, and then their ids do not count.
/// </summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class EntitlementCmdlet<T> : TenantCmdlet<T>
    where T : class
{
    private readonly EntitlementSelection selection = new();

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
    private protected override IReadOnlyList<EntitlementSelector>? Selectors => selection.Selectors;

    /// <summary>Ids of assignments, where the cmdlet takes them.</summary>
    private protected virtual string[]? AssignmentIds => null;

    /// <summary>Ids of requests, where the cmdlet takes them.</summary>
    private protected virtual string[]? RequestIds => null;

    /// <inheritdoc/>
    private protected override bool AsksNothing => base.AsksNothing || (MyInvocation.ExpectingInput && Selectors is null);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        foreach (var name in Given)
        {
            // A variable that turned out empty must not mean all users.
            if (MyInvocation.BoundParameters[name] is string[] { Length: 0 })
                ThrowTerminatingError(ErrorRecords.From(
                    AuditToolException.BadArgument("ArgumentEmpty", $"-{name} is empty.", $"Leave -{name} out to ask without it.", name)));
        }
    }

    /// <inheritdoc/>
    protected override void Collect()
    {
        var (assignments, requests) = (AssignmentIds, RequestIds);
        if (!IsPiped("AssignmentId", assignments) && !IsPiped("RequestId", requests))
            selection.Add(User, PackagesOfThis, assignments, requests);
        else if (!IsGiven(nameof(User)) && !IsGiven(nameof(AccessPackage)))
            selection.Add(null, null, assignments, requests);
        else
            // Ids decide alone: they would override the command line.
            selection.Add(User, PackagesOfThis, IsGiven("AssignmentId") ? assignments : null,
                IsGiven("RequestId") ? requests : null);
    }

    /// <summary>The packages that the object, or the command line, names.</summary>
    private protected virtual string[]? PackagesOfThis => AccessPackage;

    private bool IsPiped(string name, string[]? ids) => ids is { Length: > 0 } && !IsGiven(name);
}
