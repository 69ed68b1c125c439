using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Questions.Entitlement;

/// <summary>Which assignments of access packages came, went or changed between two times?</summary>
internal static class CompareQuestion
{
    private const string Reference = "ReferenceTime", Difference = "DifferenceTime";

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AccessPackageAssignmentChange> Instance = new("Compare-AccessPackageAssignment",
        "Which assignments of access packages came, went or changed between two times?")
    {
        What = "Changes of assignments of access packages",
        Fields =
        [
            new(Reference, "from", "The earlier time.") { IsTime = true, IsRequired = true },
            new(Difference, "to", "The later time; now when not given.") { IsTime = true },
            .. EntitlementFields.WhoseAndWhich,
            EntitlementFields.Policy,
            EntitlementFields.Catalog,
        ],
        Examples = ["--reference-time 30d", "--reference-time 2026-10-01 --difference-time 2026-11-01 --csv", "--reference-time 7d --json"],
        Check = Check,
        Cautions = Cautions,
        Run = (mirror, input) => AssignmentComparison.Run(mirror, new AccessPackageAssignmentFilter
        {
            Selectors = input.Selectors, Policy = input.Texts("Policy"), Catalog = input.Texts("Catalog"), Tenant = input.Texts("Tenant"),
        }, input.Time(Reference)!.Value.ToUniversalTime(), Later(input).ToUniversalTime(), input.Say),
    };

    private static DateTimeOffset Later(QuestionInput input) => input.Time(Difference) ?? input.Now;

    private static void Check(QuestionInput input)
    {
        var (earlier, later) = (input.Time(Reference)!.Value, Later(input));
        if (earlier >= later)
            throw AuditToolException.BadArgument("TimesContradict",
                $"The time to compare ({later:u}) is not later than the one to compare it with ({earlier:u}).",
                $"{Caller.Option(Reference)} is the earlier one.", earlier);
    }

    private static IEnumerable<string> Cautions(MirrorReader mirror, QuestionInput input)
    {
        if (KnownSince.Warning(mirror, input.Time(Reference)) is { } early) yield return early;
    }
}
