namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>What is to be said of very many assignments.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="ByPackage">How many of each package, by its id.</param>
/// <param name="Ending">How many of them end in the time asked for.</param>
/// <param name="EndingByPackage">How many of each package do.</param>
/// <param name="First">Those that end first.</param>
internal sealed record AssignmentSurvey(int Total, IReadOnlyDictionary<string, int> ByPackage, int Ending,
    IReadOnlyDictionary<string, int> EndingByPackage, IReadOnlyList<AccessPackageAssignment> First);

/// <summary>What a survey needs of one: thirty bytes, for there can be a million.</summary>
/// <param name="Entity">Its number.</param>
/// <param name="Package">Its package's.</param>
/// <param name="Start">Since when, UTC ticks; the least for no start.</param>
/// <param name="End">When it ended or will, UTC ticks; the least for no end.</param>
internal readonly record struct SurveyedAssignment(long Entity, long Package, long Start, long End)
{
    public static SurveyedAssignment Of(KnownAssignment assignment) => new(assignment.Facts.Entity, assignment.Facts.Package,
        assignment.At.Start ?? long.MinValue, assignment.At.End ?? long.MinValue);
}
