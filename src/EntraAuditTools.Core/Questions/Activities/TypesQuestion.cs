using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;

namespace EntraAuditTools.Core.Questions.Activities;

/// <summary>
/// Which activities exist, where, and which has this tenant seen? Answers from the catalog alone while there is no mirror.
/// </summary>
internal static class TypesQuestion
{
    private const string Seen = "Seen", Unlisted = "Unlisted";

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AuditActivityType> Instance =
        new("Get-AuditActivityType", "Which activities exist, where, and which has this tenant seen?")
        {
            What = "Activities",
            Fields =
            [
                Text("Activity", "Name of the activity."), Text("Service", "Service that logs it."), Text("Category", "Category."),
                new(Seen, "that the mirror holds", "Only those that the mirror holds.") { IsSwitch = true },
                new(Unlisted, "that the catalog does not list", "Only those that the mirror holds and the catalog does not list.")
                    { IsSwitch = true },
            ],
            Examples = ["--service 'Entitlement Management'", "--seen --csv", "--unlisted"],
            TableRows = 50,
            NeedsMirror = input => input.Has(Seen) || input.Has(Unlisted),
            Run = (mirror, input) => AuditActivityTypeQuery.Run(mirror, input.Texts("Service"), input.Texts("Category"),
                input.Texts("Activity"), input.Has(Seen), input.Has(Unlisted)),
        };

    private static QuestionField Text(string name, string help) =>
        new(name, name.ToLowerInvariant(), help) { Completes = LogCompletion.Of(AuditActivityQuery.Fields, name) };
}
