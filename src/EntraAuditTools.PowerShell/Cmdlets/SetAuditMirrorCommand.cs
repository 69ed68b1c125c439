using System.Management.Automation;
using System.Management.Automation.Runspaces;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Text;
using EntraAuditTools.PowerShell.Errors;
using EntraAuditTools.PowerShell.Parameters;
using EntraAuditTools.PowerShell.Session;
using EntraAuditTools.PowerShell.Views;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>
/// Chooses the mirror for the rest of the session, or the zone of times. The file need not exist yet: the first import makes it.
/// </summary>
[Cmdlet(VerbsCommon.Set, "AuditMirror", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AuditMirrorInfo))]
public sealed class SetAuditMirrorCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string DefaultSet = "Default";
    private const string ZoneSet = "TimeZone";
    private const string Local = "Local";

    /// <summary>The SQLite file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Alias("Mirror", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Go back to the environment's or the default mirror.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DefaultSet)]
    public SwitchParameter Default { get; set; }

    /// <summary>In which zone the views of this session show times: Utc or Local.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ZoneSet)]
    [ValidateSet("Utc", Local)]
    public string? TimeZone { get; set; }

    /// <summary>Write what Get-AuditMirror would.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = DefaultSet)]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (TimeZone is not null)
        {
            if (ShouldProcess(TimeZone, "Show times in this zone")) ShowTimes();
            return;
        }

        AuditMirrorInfo? info = null;
        try
        {
            var path = Default ? null : FilePaths.MirrorName(SessionState.Path, Path);
            var location = MirrorLocation.Resolve(null, path);
            if (path is not null) Check(location);
            if (!ShouldProcess(TerminalText.Line(location.Name), "Use as the session's mirror")) return;
            MirrorSession.Path = path;
            if (PassThru) info = MirrorInfoQuery.Run(location);
        }
        catch (AuditToolException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error));
        }

        if (info is not null) WriteObject(info);
    }

    // The engine takes the first view that fits: those of local time stand before the module's own, or are not there at all, so that
    // importing the module anew changes nothing.
    private void ShowTimes()
    {
        var local = Local.Equals(TimeZone, StringComparison.OrdinalIgnoreCase);
        if (local == ShownZone.IsLocal) return;
        var views = System.IO.Path.Combine(MyInvocation.MyCommand.Module.ModuleBase, ViewFiles.LocalViews);
        if (local)
        {
            Update("param($views) Microsoft.PowerShell.Utility\\Update-FormatData -PrependPath $views -ErrorAction Stop", views);
        }
        else
        {
            var formats = Runspace.DefaultRunspace.InitialSessionState.Formats;
            for (var i = formats.Count - 1; i >= 0; i--)
            {
                if (views.Equals(formats[i].FileName, StringComparison.Ordinal)) formats.RemoveItem(i);
            }

            Update("Microsoft.PowerShell.Utility\\Update-FormatData -ErrorAction Stop");
        }

        ShownZone.IsLocal = local;
    }

    private void Update(string script, params object[] arguments) =>
        InvokeCommand.InvokeScript(script, useNewScope: true, PipelineResultTypes.None, null, arguments);

    /// <summary>What cannot become the mirror is refused here, not by the questions that come after. Nothing there yet is fine, and so is
    /// an empty file: the first import makes it.</summary>
    private static void Check(MirrorLocation location)
    {
        var path = location.Path;
        if (location.Server is not null)
        {
            // Also whether it can be reached; the copy is made or brought up to date by and by.
            _ = MirrorInfoQuery.Run(location);
            return;
        }

        if (Directory.Exists(path))
            throw new AuditToolException("MirrorIsFolder", AuditErrorKind.InvalidArgument, $"'{path}' is a folder; a mirror is a file.",
                "Name a file in it, for instance mirror.db.", path);
        if (MirrorReader.Exists(path)) MirrorReader.Open(path).Dispose();
    }
}
