using System.Management.Automation;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Where is the mirror, and what does it hold?</summary>
[Cmdlet(VerbsCommon.Get, "AuditMirror")]
[OutputType(typeof(AuditMirrorInfo))]
public sealed class GetAuditMirrorCommand : MirrorCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(Attempt(() => MirrorInfoQuery.Run(Location())));
}
