using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Times;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Questions.Entitlement;

/// <summary>Who is or was assigned an access package, through which policy, from when to when?</summary>
internal static class AssignmentsQuestion
{
    /// <summary>States of assignments, in their usual order.</summary>
    public static readonly IReadOnlyList<string> StateWords =
        ["Delivered", "PartiallyDelivered", "Delivering", "DeliveryFailed", "Scheduled", "Expired", "Removed", "Unknown"];

    /// <summary>Spans that are asked for most.</summary>
    public static readonly IReadOnlyList<string> Spans = ["7d", "14d", "30d", "90d"];

    private const string ExpiringWithin = "ExpiringWithin";

    private static readonly string[] AnyState = ["*"];

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AccessPackageAssignment> Instance = new("Get-AccessPackageAssignment",
        "Who is or was assigned an access package, through which policy, from when to when?")
    {
        What = "Assignments of access packages",
        Fields =
        [
            .. EntitlementFields.WhoseAndWhich,
            EntitlementFields.Policy,
            EntitlementFields.Catalog,
            new("State", "state", "Delivered, Expired…; those that are held when not given, any with *.") { ClosedList = StateWords },
            TimeFields.AsOf,
            new(ExpiringWithin, "ending within", "Only those that end within so long: 14d.")
            {
                IsPhrase = true, Usual = Spans,
            },
            EntitlementFields.AssignmentId,
            EntitlementFields.RequestId,
            .. TimeFields.All,
        ],
        Examples = ["--access-package 'Engineering*'", "--expiring-within 14d --csv", "--user 'Ingrid Solberg' --state '*' --json"],
        // States are not a log: only where coverage is required, missing days of the log matter, from which the ends of assignments come.
        Logs = input => input.Has("RequireCoverage") ? [KindNames.AuditActivity] : [],
        TableRows = 50,
        Check = Check,
        Notes = Notes,
        PagesItself = true,
        Run = (mirror, input) => AccessPackageAssignmentQuery.Run(mirror, Filter(input)),
        Count = (mirror, input) => AccessPackageAssignmentQuery.Count(mirror, Filter(input)),
    };

    // An assignment that is named by its id is shown in any state.
    private static IReadOnlyList<string>? States(QuestionInput input) =>
        input.Texts("State") is not { } given ? (input.IsById ? AnyState : null) : AnyValue.Unless(given) ?? AnyState;

    private static void Check(QuestionInput input)
    {
        if (input.Time("AsOf") is { } time && input.Window is not { After: null, Before: null })
        {
            throw AuditToolException.BadArgument("TimesContradict",
                $"{Caller.Option("AsOf")} is a point in time; {Caller.Option("After")}, {Caller.Option("Before")} and "
                + $"{Caller.Option("Last")} are a period.", "Give one or the other.", time);
        }

        if (input.Text(ExpiringWithin) is { } text && Span(input) is null)
            throw AuditToolException.BadArgument("SpanInvalid", $"{Caller.Option(ExpiringWithin)} '{text}' is not a span of time.",
                RelativeTime.Help, text);
    }

    private static TimeSpan? Span(QuestionInput input)
    {
        var from = input.Time("AsOf") ?? input.Now;
        return input.Text(ExpiringWithin) is { } text ? RelativeTime.After(text.Trim(), from) - from : null;
    }

    private static IEnumerable<string> Notes(QuestionInput input)
    {
        if (States(input) is null) yield return "that are held";
        if (Span(input) is { } span) yield return "ending before " + QuestionText.Time((input.Time("AsOf") ?? input.Now) + span);
        if (input.Window != default) yield return "at any time in the period";
    }

    private static AccessPackageAssignmentFilter Filter(QuestionInput input) => new()
    {
        Selectors = input.Selectors,
        Policy = input.Texts("Policy"),
        Catalog = input.Texts("Catalog"),
        State = States(input),
        AsOf = input.Time("AsOf")?.ToUniversalTime(),
        ExpiringWithin = Span(input),
        After = input.Window.After,
        Before = input.Window.Before,
        Tenant = input.Texts("Tenant"),
        Skip = input.Skip,
        First = input.First,
    };
}
