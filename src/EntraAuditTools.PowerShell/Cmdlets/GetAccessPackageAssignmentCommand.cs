using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Times;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Errors;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Who is or was assigned an access package, through which policy, from when to when?</summary>
[Cmdlet(VerbsCommon.Get, "AccessPackageAssignment", SupportsPaging = true)]
[Alias("gaccasg")]
[OutputType(typeof(AccessPackageAssignment))]
public sealed class GetAccessPackageAssignmentCommand : TimedEntitlementCmdlet<AccessPackageAssignment>
{
    private static readonly string[] AnyState = ["*"];

    private TimeSpan? expiringWithin;

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

    /// <summary>Delivered, Expired…; those that are held when not given, any with <c>*</c>.</summary>
    [Parameter]
    [Alias("AssignmentState")]
    [ArgumentCompleter(typeof(AssignmentStateCompleter))]
    [ClosedList(typeof(AssignmentStateCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <summary>The time to answer for; now when not given.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>Only those that end within so long. A string so that an unquoted 14d stays what was typed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SpanCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ExpiringWithin { get; set; }

    /// <summary>Id of the assignment.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AssignmentIdCompleter))]
    [EntitlementArgument("AssignmentId")]
    public string[]? AssignmentId { get; set; }

    /// <summary>Id of a request that led to it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RequestIdCompleter))]
    [EntitlementArgument("RequestId")]
    public string[]? RequestId { get; set; }

    /// <inheritdoc/>
    private protected override string[]? AssignmentIds => AssignmentId;

    /// <inheritdoc/>
    private protected override string[]? RequestIds => RequestId;

    /// <summary>An assignment that is named by its id is shown in any state.</summary>
    private IReadOnlyList<string>? States => State is null ? (IsById ? AnyState : null) : AnyValue.Unless(State) ?? AnyState;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        if (AsOf is not null && Window is not { After: null, Before: null })
            throw ErrorRecords.BadArgument("TimesContradict", "-AsOf is a point in time; -After, -Before and -Last are a period.",
                "Give one or the other.", AsOf);
        if (ExpiringWithin is null) return;
        var from = AsOf ?? DateTimeOffset.UtcNow;
        expiringWithin = (RelativeTime.After(ExpiringWithin.Trim(), from)
            ?? throw ErrorRecords.BadArgument("SpanInvalid", $"-ExpiringWithin '{ExpiringWithin}' is not a span of time.",
                RelativeTime.Help, ExpiringWithin)) - from;
    }

    /// <inheritdoc/>
    private protected override IEnumerable<AskedValue> Asked =>
    [
        .. base.Asked,
        new("policy", NameColumn.Policy, MyInvocation.ExpectingInput ? null : Policy),
        new("catalog", NameColumn.Catalog, Catalog),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<AccessPackageAssignment> Query(MirrorReader mirror) =>
        AccessPackageAssignmentQuery.Run(mirror, Filter(paged: true));

    /// <inheritdoc/>
    private protected override long? Count(MirrorReader mirror) => AccessPackageAssignmentQuery.Count(mirror, Filter(paged: false));

    /// <inheritdoc/>
    private protected override IEnumerable<string> Warnings(MirrorReader mirror) =>
        KnownSince.Warning(mirror, AsOf) is { } early ? base.Warnings(mirror).Append(early) : base.Warnings(mirror);

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror) => Question("Assignments of access packages")
        .Add("policy", Policy)
        .Add("catalog", Catalog)
        .Add("state", States)
        .AddIf(States is null, "that are held")
        .Add("as of", AsOf)
        .Add("ending before", expiringWithin is { } span ? (AsOf ?? DateTimeOffset.UtcNow) + span : null)
        .AddIf(Window != default, "at any time in the period")
        .Add(Window)
        .ToString();

    /// <summary>
    /// States are not a log: only -RequireCoverage reports which days are missing of the log, from which the ends of assignments come.
    /// </summary>
    private protected override IReadOnlyList<string> Logs => RequireCoverage ? base.Logs : [];

    private AccessPackageAssignmentFilter Filter(bool paged) => new()
    {
        Selectors = Selectors,
        Policy = Policy,
        Catalog = Catalog,
        State = States,
        AsOf = AsOf?.ToUniversalTime(),
        ExpiringWithin = expiringWithin,
        After = Window.After,
        Before = Window.Before,
        Tenant = Tenant,
        Skip = paged ? PagingParameters.Skip() : 0,
        First = paged ? PagingParameters.First() : null,
    };
}
