using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets.Upkeep;

/// <summary>Makes the tables of a mirror in a PostgreSQL database, and the roles of those who may use it.</summary>
[Cmdlet(VerbsData.Initialize, "AuditMirror", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AuditMirrorInitialization))]
public sealed class InitializeAuditMirrorCommand : MirrorCmdlet
{
    /// <summary>Roles of the server that may ask; secrets are masked in what they get.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Reader { get; set; } = [];

    /// <summary>Roles of the server that may ask, and get originals with their secrets.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] OriginalReader { get; set; } = [];

    /// <summary>Roles of the server that may ask, import and remove.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Importer { get; set; } = [];

    /// <summary>The tenants that the readers may ask about, and no others.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Tenant { get; set; } = [];

    /// <summary>Roles of the server that lose every right that was given here.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Revoke { get; set; } = [];

    /// <summary>Let the server answer what is asked of the logs: whoever asks needs no copy of them.</summary>
    [Parameter]
    public SwitchParameter LogsOnServer { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var mirror = Attempt(NamedMirror);
        const string What = "Make the mirror's tables and roles, and take rights on them from everybody else";
        if (mirror.Server != null && !ShouldProcess(mirror.Name, What)) return;
        var members = new MirrorMembers(Reader, OriginalReader, Importer) { Tenants = Tenant, Revoked = Revoke };
        var made = Attempt(() => mirror.Initialize(members, LogsOnServer, ShowFetching, Stopped));
        WriteObject(made);
        foreach (var note in made.Notes) WriteWarning(note);
    }
}
