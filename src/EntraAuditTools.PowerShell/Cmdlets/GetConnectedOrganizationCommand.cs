using EntraAuditTools.Core.Queries.Logs;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Organizations;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Messages;
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
    protected override bool PagesItself => true;

    /// <inheritdoc/>
    private protected override IEnumerable<AskedValue> Asked =>
    [
        .. base.Asked,
        new("connected organization", NameColumn.ConnectedOrganization, Name),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<ConnectedOrganization> Query(MirrorReader mirror) =>
        ConnectedOrganizationQuery.Run(mirror, Filter(paged: true));

    /// <inheritdoc/>
    private protected override long? Count(MirrorReader mirror) => ConnectedOrganizationQuery.Run(mirror, Filter(paged: false)).LongCount();

    /// <inheritdoc/>
    private protected override IEnumerable<string> Warnings(MirrorReader mirror) =>
        KnownSince.Warning(mirror, AsOf) is { } early ? base.Warnings(mirror).Append(early) : base.Warnings(mirror);

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror) => new QuestionText("Connected organizations")
        .Add("name or id", Name)
        .Add("state", State)
        .AddIf(State is null, "that are not removed")
        .Add("domain", Domain)
        .Add("tenant", Tenant)
        .Add("as of", AsOf)
        .ToString();

    private ConnectedOrganizationFilter Filter(bool paged) => new()
    {
        Name = Name,
        State = State is null ? null : AnyValue.Unless(State) ?? ["*"],
        Domain = Domain,
        AsOf = AsOf?.ToUniversalTime(),
        Tenant = Tenant,
        Skip = paged ? PagingParameters.Skip() : 0,
        First = paged ? PagingParameters.First() : null,
    };
}
