using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>A question about states of entitlement management, for any time.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class EntitlementStateCmdlet<T> : EntitlementCmdlet<T>
{
    /// <summary>The time to answer for; now when not given.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? AsOf { get; set; }

    /// <inheritdoc/>
    private protected override IEnumerable<string> Warnings(MirrorReader mirror) =>
        KnownSince.Warning(mirror, AsOf) is { } early ? base.Warnings(mirror).Append(early) : base.Warnings(mirror);
}
