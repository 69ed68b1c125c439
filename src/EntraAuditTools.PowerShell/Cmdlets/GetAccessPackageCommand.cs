using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;
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
    private const string AssignedTypeName = "EntraAuditTools.AccessPackage#" + AccessPackageView.AssignedToUser;
    private const string UserTypeName = "EntraAuditTools.AccessPackage#" + AccessPackageView.ForUser;

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
    private protected override string[]? PackagesOfThis => Name ?? AccessPackage;

    /// <inheritdoc/>
    protected override void Collect()
    {
        if (Name is not null && AccessPackage is not null)
            ThrowTerminatingError(ErrorRecords.From(
                ErrorRecords.BadArgument("PackageTwice", "-Name and -AccessPackage both say which packages.",
                    "Give one of them; objects in the pipeline that carry a package need no -Name.", Name)));
        base.Collect();
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        if ((CanRequest || Assigned) && RequestedBy is null && Selectors?.Any(selector => selector.User is not null) != true)
            throw ErrorRecords.BadArgument("UserMissing", $"-{(CanRequest ? nameof(CanRequest) : nameof(Assigned))} needs a user.",
                "Say whose with -User, or pipe users.");
        if (RequestedBy is { } by && (by.Length != 1 || WildcardPattern.ContainsWildcardCharacters(by[0])))
            throw ErrorRecords.BadArgument("RequestorNotOne",
                $"-RequestedBy '{string.Join("', '", by)}' can be several people; who asks for others is one.",
                "Give one user principal name, id or whole name.", by);
    }

    /// <inheritdoc/>
    private protected override IEnumerable<string> Warnings(MirrorReader mirror)
    {
        foreach (var warning in base.Warnings(mirror)) yield return warning;
        if (RequestedBy is not null && !AccessPackageQuery.HasManagers(mirror))
            yield return "No export tells who manages whom, so that nobody can be requested for as a manager for certain: export users "
                + "with $expand=manager, and import them.";
    }

    /// <inheritdoc/>
    private protected override IEnumerable<AskedValue> Asked =>
    [
        .. base.Asked,
        new("access package", NameColumn.AccessPackage, Name),
        new("user", NameColumn.Identity, RequestedBy),
        new("catalog", NameColumn.Catalog, Catalog),
        new("resource", NameColumn.Resource, Resource),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<AccessPackage> Query(MirrorReader mirror) => AccessPackageQuery.Run(mirror, Filter(paged: true));

    /// <inheritdoc/>
    private protected override long? Count(MirrorReader mirror) => AccessPackageQuery.Run(mirror, Filter(paged: false)).LongCount();

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror) => Question("Access packages")
        .Add("catalog", Catalog)
        .Add("resource", Resource)
        .Add("requested by", RequestedBy)
        .AddIf(CanRequest, "that the user can request, or may be able to")
        .AddIf(Assigned, "that the user has")
        .Add("as of", AsOf)
        .ToString();

    /// <inheritdoc/>
    protected override object? ToOutput(AccessPackage item)
    {
        if (item.User is null) return item;
        var output = PSObject.AsPSObject(item);
        output.TypeNames.Insert(0, Assigned && !CanRequest ? AssignedTypeName : UserTypeName);
        return output;
    }

    private AccessPackageFilter Filter(bool paged) => new()
    {
        Selectors = Selectors,
        Catalog = Catalog,
        Resource = Resource,
        RequestedBy = RequestedBy?[0],
        CanRequest = CanRequest,
        Assigned = Assigned,
        AsOf = AsOf?.ToUniversalTime(),
        Tenant = Tenant,
        Skip = paged ? PagingParameters.Skip() : 0,
        First = paged ? PagingParameters.First() : null,
    };
}
