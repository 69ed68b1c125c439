using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.PowerShell.Completion;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>What the cmdlets have in common that write a file from the mirror: where, of which tenant and of which time.</summary>
public abstract class ExportCmdlet : MirrorCmdlet
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Tenant.</summary>
    [Parameter]
    [Alias("TenantId")]
    [ArgumentCompleter(typeof(TenantCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Tenant { get; set; }

    /// <summary>Before this time.</summary>
    [Parameter]
    [Alias("End", "Until")]
    [TimeArgument]
    public DateTimeOffset? Before { get; set; }

    /// <summary>The last so long, up to now or to -Before.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LastCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Last { get; set; }

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Full path of the file.</summary>
    private protected string Target() => Attempt(() => FilePaths.Unresolved(SessionState.Path, Path));

    /// <summary>The time that is asked for.</summary>
    private protected TimeWindow Window(DateTimeOffset? after) => Attempt(() => TimeWindow.From(after, Before, Last, DateTimeOffset.Now));
}
