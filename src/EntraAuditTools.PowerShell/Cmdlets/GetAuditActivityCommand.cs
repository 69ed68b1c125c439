using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>What happened in the directory?</summary>
[Cmdlet(VerbsCommon.Get, "AuditActivity", SupportsPaging = true)]
[OutputType(typeof(AuditActivity))]
public sealed class GetAuditActivityCommand : ActivityFilterCmdlet<AuditActivity>
{
    /// <summary>Show values that can hold key material instead of masking them.</summary>
    [Parameter]
    public SwitchParameter ShowSecret { get; set; }

    /// <inheritdoc/>
    protected override bool PagesItself => true;

    /// <inheritdoc/>
    protected override IEnumerable<AuditActivity> Query(MirrorReader mirror) => AuditActivityQuery.Run(mirror, Filter(paged: true, ShowSecret));

    /// <inheritdoc/>
    protected override long? Count(MirrorReader mirror) => AuditActivityQuery.Count(mirror, Filter());
}
