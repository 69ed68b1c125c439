using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Errors;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Which assignments of access packages came, went or changed between two times?</summary>
[Cmdlet(VerbsData.Compare, "AccessPackageAssignment", SupportsPaging = true)]
[OutputType(typeof(AccessPackageAssignmentChange))]
public sealed class CompareAccessPackageAssignmentCommand : EntitlementCmdlet<AccessPackageAssignmentChange>
{
    private DateTimeOffset difference;
    private bool hasWarned;

    /// <summary>The earlier time.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("After", "Since")]
    [TimeArgument]
    public DateTimeOffset ReferenceTime { get; set; }

    /// <summary>The later time; now when not given.</summary>
    [Parameter(Position = 1)]
    [Alias("Before", "Until")]
    [TimeArgument]
    public DateTimeOffset? DifferenceTime { get; set; }

    /// <inheritdoc/>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("AccessPackageId")]
    [EntitlementArgument("AccessPackageId")]
    [ArgumentCompleter(typeof(AccessPackageCompleter))]
    [SupportsWildcards]
    public override string[]? AccessPackage { get; set; }

    /// <summary>Name or id of the policy.</summary>
    [Parameter]
    [Alias("AssignmentPolicy")]
    [EntitlementArgument("AssignmentPolicyId")]
    [ArgumentCompleter(typeof(PolicyCompleter))]
    [SupportsWildcards]
    public string[]? Policy { get; set; }

    /// <summary>Name or id of the catalog.</summary>
    [Parameter]
    [EntitlementArgument("CatalogId")]
    [ArgumentCompleter(typeof(CatalogCompleter))]
    [SupportsWildcards]
    public string[]? Catalog { get; set; }

    /// <inheritdoc/>
    protected override bool PagesItself => false;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        difference = DifferenceTime ?? DateTimeOffset.UtcNow;
        if (ReferenceTime >= difference)
            throw ErrorRecords.BadArgument("TimesContradict",
                $"The time to compare ({difference:u}) is not later than the one to compare it with ({ReferenceTime:u}).",
                "-ReferenceTime is the earlier one.", ReferenceTime);
    }

    /// <inheritdoc/>
    private protected override IEnumerable<AccessPackageAssignmentChange> Query(MirrorReader mirror) =>
        AssignmentComparison.Run(mirror, Filter(), ReferenceTime.ToUniversalTime(), difference.ToUniversalTime(), hasWarned ? null : Warn);

    /// <inheritdoc/>
    private protected override IEnumerable<string> Warnings(MirrorReader mirror) =>
        KnownSince.Warning(mirror, ReferenceTime) is { } early ? base.Warnings(mirror).Append(early) : base.Warnings(mirror);

    // Once, also where the total count is asked for.
    private void Warn(string warning)
    {
        hasWarned = true;
        WriteWarning(warning);
    }

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror) => Question("Changes of assignments of access packages")
        .Add("policy", Policy)
        .Add("catalog", Catalog)
        .Add("from", ReferenceTime)
        .Add("to", difference)
        .ToString();

    private AccessPackageAssignmentFilter Filter() => new() { Selectors = Selectors, Policy = Policy, Catalog = Catalog, Tenant = Tenant };
}
