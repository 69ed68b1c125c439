using System.Management.Automation;
using EntraAuditTools.PowerShell.Completion;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>A question about activities that can be asked of what some imports brought.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class ImportedActivityCmdlet<T> : ActivityFilterCmdlet<T>
    where T : class
{
    /// <summary>Number of an import: what came with it, first or again. Binds ImportId of imports, their results and evidence.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImportCompleter))]
    [ValidateNotNullOrEmpty]
    public long[]? ImportId { get; set; }

    /// <summary>What is new since a time: what came first with an import that started after it.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? ImportedAfter { get; set; }
}
