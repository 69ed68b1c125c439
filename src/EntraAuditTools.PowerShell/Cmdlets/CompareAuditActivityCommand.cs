using System.Management.Automation;
using EntraAuditTools.Core.Questions.Activities;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;
using EntraAuditTools.PowerShell.Views.Activities;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>What is there more or less of than in the time before: this week beside last?</summary>
[Cmdlet(VerbsData.Compare, "AuditActivity", SupportsPaging = true)]
[Alias("craudit")]
[OutputType(typeof(AuditActivityComparison))]
public sealed class CompareAuditActivityCommand : ActivityFilterCmdlet<AuditActivityComparison>
{
    /// <summary>What to group by; several make combinations.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DimensionCompleter))]
    [PSDefaultValue(Value = "Activity")]
    [ValidateNotNullOrEmpty]
    public string[] By { get; set; } = ["Activity"];

    /// <summary>Begin of the time to compare with; null for so long before the time as that is.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? ReferenceAfter { get; set; }

    /// <summary>End of the time to compare with; null for the same length.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? ReferenceBefore { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<AuditActivityComparison> Question => CompareActivityQuestion.Instance;

    /// <inheritdoc/>
    protected override object? ToOutput(AuditActivityComparison item) =>
        MeasureRow.From<AuditActivityComparison>(Question.Properties!(item, Input));
}
