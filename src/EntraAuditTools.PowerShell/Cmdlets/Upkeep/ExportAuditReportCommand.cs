using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Reporting;
using EntraAuditTools.Core.Reporting.Content;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;
using EntraAuditTools.PowerShell.Session;

namespace EntraAuditTools.PowerShell.Cmdlets.Upkeep;

/// <summary>Writes what happened into one page for people who would rather look.</summary>
[Cmdlet(VerbsData.Export, "AuditReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportAuditReportCommand : ExportCmdlet
{
    /// <summary>A page or a workbook; by the file's name where it is not given.</summary>
    [Parameter]
    [ValidateSet("Html", "Xlsx")]
    public string? As { get; set; }

    /// <summary>The heading.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Events at or after this time.</summary>
    [Parameter]
    [Alias("Start")]
    [TimeArgument]
    public DateTimeOffset? After { get; set; }

    /// <summary>A section says what is new since this time.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Since { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WriteDateNotes();
        var path = Target();
        var window = Window(After);
        if (OpenMirrorIfAny() is not { } mirror) return;
        if (!ShouldProcess(path, $"Write a report of the mirror '{mirror.Path}'")) return;
        var options = new ReportOptions
        {
            As = As,
            Title = Title,
            After = window.After,
            Before = window.Before,
            Since = Since,
            Tenants = Tenant,
            IsForced = Force,
        };
        foreach (var warning in Attempt(() => ReportWarnings.Of(mirror, options).ToList())) WriteWarning(warning);
        WriteObject(Attempt(() =>
        {
            ReportFile.Write(mirror, path, options);
            return new FileInfo(path);
        }));
    }
}
