using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Entitlement;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Errors;
using EntraAuditTools.PowerShell.Parameters;
using EntraAuditTools.PowerShell.Views.Entitlement;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Which access packages exist; which can this user request; which has she?</summary>
[Cmdlet(VerbsCommon.Get, "AccessPackage", SupportsPaging = true)]
[Alias("gaccpkg")]
[OutputType(typeof(AccessPackage))]
public sealed class GetAccessPackageCommand : EntitlementStateCmdlet<AccessPackage>
{
    /// <summary>Name or id of the package. Not from the pipeline, where a Name or an Id can be of anything.</summary>
    [Parameter(Position = 0)]
    [Alias("Id")]
    [EntitlementArgument("AccessPackageId")]
    [ArgumentCompleter(typeof(AccessPackageCompleter))]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AccessPackageId")]
    [EntitlementArgument("AccessPackageId")]
    [ArgumentCompleter(typeof(AccessPackageCompleter))]
    [SupportsWildcards]
    public override string[]? AccessPackage { get; set; }

    /// <summary>Name or id of the catalog.</summary>
    [Parameter]
    [EntitlementArgument("CatalogId")]
    [ArgumentCompleter(typeof(CatalogCompleter))]
    [SupportsWildcards]
    public string[]? Catalog { get; set; }

    /// <summary>Name, id or URL of a group, application or site: only packages that give a role of it.</summary>
    [Parameter]
    [EntitlementArgument("ResourceId")]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [SupportsWildcards]
    public string[]? Resource { get; set; }

    /// <summary>Who asks for the users; without -User, for those whom this person manages.</summary>
    [Parameter]
    [EntitlementArgument("UserId")]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[]? RequestedBy { get; set; }

    /// <summary>Only packages that the user can request, or may be able to.</summary>
    [Parameter]
    public SwitchParameter CanRequest { get; set; }

    /// <summary>Only packages that the user has.</summary>
    [Parameter]
    public SwitchParameter Assigned { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<AccessPackage> Question => PackagesQuestion.Instance;

    /// <inheritdoc/>
    private protected override string[]? PackagesOfThis => Name ?? AccessPackage;

    /// <inheritdoc/>
    protected override void Collect()
    {
        if (Name is not null && AccessPackage is not null) ThrowTerminatingError(ErrorRecords.From(PackagesQuestion.Twice(Name)));
        base.Collect();
    }

    /// <inheritdoc/>
    protected override object? ToOutput(AccessPackage item)
    {
        if (item.User is null || Question.View(Input) is not { } view) return item;
        var output = PSObject.AsPSObject(item);
        output.TypeNames.Insert(0, $"{typeof(AccessPackage).FullName}#{view}");
        return output;
    }
}
