using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Activities.FirstSeen;
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
    private IReadOnlyList<string> dimensions = [];

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
    protected override void Prepare()
    {
        base.Prepare();
        dimensions = Grouping.Of(By);
    }

    /// <inheritdoc/>
    private protected override IEnumerable<AuditActivityMeasure> Query(MirrorReader mirror) =>
        FirstSeen ? FirstSeenQuery.Run(mirror, Filter(paged: false), dimensions)
        : AuditActivityMeasureQuery.Run(mirror, Filter(paged: false), dimensions);

    /// <inheritdoc/>
    protected override object? ToOutput(AuditActivityMeasure item) => MeasureRow.From(item, dimensions);
}
