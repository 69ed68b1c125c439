using EntraAuditTools.Core.Queries.Entitlement.Conflicts;
using EntraAuditTools.Core.Questions.Asking;

namespace EntraAuditTools.Core.Questions.Entitlement;

/// <summary>Who holds what must not go together, and who approved their own request?</summary>
internal static class ConflictsQuestion
{
    /// <summary>Kinds of conflict.</summary>
    public static readonly IReadOnlyList<string> KindWords = ["IncompatibleAccessPackage", "IncompatibleGroup", "SelfApproval"];

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AccessPackageConflict> Instance =
        new("Get-AccessPackageConflict", "Who holds what must not go together, and who approved their own request?")
        {
            What = "Conflicts of access",
            Fields =
            [
                .. EntitlementFields.WhoseAndWhich,
                new("Kind", "kind", "IncompatibleAccessPackage, IncompatibleGroup, SelfApproval.")
                {
                    TakesAll = true, ClosedList = KindWords,
                },
                TimeFields.AsOf,
            ],
            Examples = ["", "--kind IncompatibleGroup", "--user 'Marek Dvorak' --json"],
            PagesItself = true,
            Cautions = (mirror, input) => ConflictKnowledge.Missing(mirror, input.Texts("Kind")),
            Run = (mirror, input) => AccessPackageConflictQuery.Run(mirror, new AccessPackageConflictFilter
            {
                Selectors = input.Selectors,
                Kind = input.Texts("Kind"),
                AsOf = input.Time("AsOf")?.ToUniversalTime(),
                Tenant = input.Texts("Tenant"),
                Skip = input.Skip,
                First = input.First,
            }),
        };
}
