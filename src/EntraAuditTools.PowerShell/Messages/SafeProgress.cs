using System.Management.Automation;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.PowerShell.Messages;

/// <summary>Progress as it may reach a terminal: it names files.</summary>
internal static class SafeProgress
{
    /// <summary>The same record, without what acts on a terminal.</summary>
    public static ProgressRecord Of(ProgressRecord progress)
    {
        // Neither text may be empty.
        progress.Activity = TerminalText.Line(progress.Activity) is { Length: > 0 } activity ? activity : "…";
        progress.StatusDescription = TerminalText.Line(progress.StatusDescription) is { Length: > 0 } status ? status : "…";
        if (progress.CurrentOperation is { } operation) progress.CurrentOperation = TerminalText.Line(operation);
        return progress;
    }
}
