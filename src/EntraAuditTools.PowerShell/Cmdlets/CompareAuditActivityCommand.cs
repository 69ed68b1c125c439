using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Activities.Comparing;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Errors;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Parameters;
using EntraAuditTools.PowerShell.Session;
using EntraAuditTools.PowerShell.Views.Activities;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>What is there more or less of than in the time before: this week beside last?</summary>
[Cmdlet(VerbsData.Compare, "AuditActivity", SupportsPaging = true)]
[Alias("craudit")]
[OutputType(typeof(AuditActivityComparison))]
public sealed class CompareAuditActivityCommand : ActivityFilterCmdlet<AuditActivityComparison>
{
    private const int UsualDays = 7;

    private IReadOnlyList<string> dimensions = [];
    private TimeWindow reference;

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
    protected override void Prepare()
    {
        base.Prepare();
        dimensions = Grouping.Of(By);
        if (dimensions.FirstOrDefault(MeasureDimension.IsPointInTime) is { } time)
            throw ErrorRecords.BadArgument("DimensionIsTime", $"Two times have no {time} in common.",
                "Group by something else, or count with Measure-AuditActivity.", time);
        var (after, before) = (Window.After!.Value, Window.Before!.Value);
        var length = before - after;
        var from = ReferenceAfter?.ToUniversalTime() ?? (ReferenceBefore?.ToUniversalTime() ?? after) - length;
        reference = TimeWindow.From(from, ReferenceBefore ?? from + length, null, before);
        if (reference.Before > after && reference.After < before)
            throw ErrorRecords.BadArgument("TimesContradict", $"The time to compare with ({reference.After:u} to {reference.Before:u}) and "
                + $"the time ({after:u} to {before:u}) have a part in common.", "Give -ReferenceAfter and -ReferenceBefore before -After.",
                reference.After);
    }

    /// <summary>The last seven whole days in UTC, unless a time is asked for: a day that is not over would read as fewer.</summary>
    private protected override TimeWindow WindowAt(DateTimeOffset now)
    {
        var asked = base.WindowAt(now);
        var before = asked.Before ?? (asked.After is null ? new(now.UtcDateTime.Date, TimeSpan.Zero) : now.ToUniversalTime());
        return TimeWindow.From(asked.After ?? before.AddDays(-UsualDays), before, null, now);
    }

    /// <inheritdoc/>
    private protected override IEnumerable<string> Warnings(MirrorReader mirror) => base.Warnings(mirror)
        .Concat(CoverageCheck.Warnings(mirror, reference, Logs, RequireCoverage).Select(gap => $"The time to compare with: {gap}"));

    /// <inheritdoc/>
    private protected override IEnumerable<AuditActivityComparison> Query(MirrorReader mirror) =>
        ActivityComparison.Run(mirror, Filter(paged: false), (reference.After!.Value, reference.Before!.Value), dimensions);

    /// <inheritdoc/>
    protected override object? ToOutput(AuditActivityComparison item) => ComparisonRow.From(item, dimensions);
}
