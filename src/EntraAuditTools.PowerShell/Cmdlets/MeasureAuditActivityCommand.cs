using System.Management.Automation;
using EntraAuditTools.Core.Questions.Activities;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;
using EntraAuditTools.PowerShell.Views.Activities;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>How many activities, by whom, when?</summary>
[Cmdlet(VerbsDiagnostic.Measure, "AuditActivity", SupportsPaging = true)]
[Alias("msaudit")]
[OutputType(typeof(AuditActivityMeasure), typeof(AuditActivityFirstSeen))]
public sealed class MeasureAuditActivityCommand : ImportedActivityCmdlet<AuditActivityMeasure>
{
    /// <summary>What to group by; several make combinations.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DimensionCompleter))]
    [PSDefaultValue(Value = "Activity")]
    [ValidateNotNullOrEmpty]
    public string[] By { get; set; } = ["Activity"];

    /// <summary>When was each group first seen? Times and imports that are asked for are those of the first activity.</summary>
    [Parameter]
    public SwitchParameter FirstSeen { get; set; }

    /// <inheritdoc/>
    private protected override RecordQuestion<AuditActivityMeasure> Question => MeasureQuestion.Instance;

    /// <inheritdoc/>
    protected override object? ToOutput(AuditActivityMeasure item)
    {
        var properties = Question.Properties!(item, Input);
        return FirstSeen ? MeasureRow.From<AuditActivityFirstSeen>(properties) : MeasureRow.From(properties, Grouping.Of(Input).Count);
    }
}
