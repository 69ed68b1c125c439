using System.Diagnostics;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Upkeep.Removal;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Importing;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets.Upkeep;

/// <summary>Removes records of the logs that are of before a time, for good.</summary>
[Cmdlet(VerbsCommon.Remove, "AuditRecord", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AuditRecordRemoval))]
public sealed class RemoveAuditRecordCommand : MirrorCmdlet
{
    /// <summary>Records whose event is before this time are removed.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [TimeArgument]
    public DateTimeOffset Before { get; set; }

    /// <summary>Kinds of record.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KindCompleter))]
    [ClosedList(typeof(KindCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Kind { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WriteDateNotes();
        var location = Attempt(Location);
        var path = location.Path;
        var options = new RemovalOptions(Before, [.. LogTable.All.Where(log => Kind is null || Kind.Any(kind => new WildcardText(kind).IsMatch(log.Kind)))])
        {
            Server = location.Server,
            Waiting = () => WriteProgress(ProgressDisplay.Waiting()),
            Doing = what => WriteProgress(new WorkProgress("Removing records").Of(what)),
        };
        var counts = Attempt(() => RecordRemoval.Count(path, options));
        if (!ShouldProcess(location.Name, $"Remove for good {RecordRemoval.Describe(counts)} of before {Before.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z")) return;
        var clock = Stopwatch.StartNew();
        var removal = Attempt(() => RecordRemoval.Run(path, options,
            progress => WriteProgress(ProgressDisplay.Update(progress, Math.Max(clock.Elapsed.TotalSeconds, 0.001))), Stopped));
        WriteObject(removal);
        foreach (var note in removal.Notes) WriteWarning(note);
    }
}
