using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Logs.Conditions;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>The audit log, as it is read.</summary>
internal static class ActivityLog
{
    /// <summary>Filters by what an activity is: they are looked up together.</summary>
    private static readonly ActivityKindField[] KindFields =
    [
        new("Activity", "activity", "Name of the activity, for instance \"Add member*\".", ActivityKinds.Activity, words => words.Activity)
            { Noun = "activity", Held = ActivityColumn.Activity, TakesAll = true, Narrows = true },
        new("Service", "service", "Service that logged it, for instance \"Core Directory\".", ActivityKinds.Service, words => words.Service)
            { Noun = "service", Held = ActivityColumn.Service, TakesAll = true, Narrows = true },
        new("Category", "category", "Category, for instance UserManagement.", ActivityKinds.Category, words => words.Category)
            { Noun = "category", Held = ActivityColumn.Category, TakesAll = true, Narrows = true },
    ];

    /// <summary>The log.</summary>
    public static readonly LogDefinition<AuditActivity> Definition = new()
    {
        Table = LogTable.Activity,
        What = "Audit activities",
        Columns = ActivityRowReader.Columns,
        Reader = context => new ActivityRowReader(context).Read,
        Kinds = context => ActivityKinds.Matching(context, KindFields),
        HidesTwins = (mirror, filter) => filter["Origin"] is not { Count: > 0 } && ActivityOrigin.HasTwins(mirror),
        Fields =
        [
            .. KindFields,
            new("Result", "result", "success, failure, timeout…")
            {
                Noun = "result",
                Held = ActivityColumn.Result,
                TakesAll = true,
                Narrows = true,
                Values = new ActivityValues("a.result", (words, id) => [words.Term(id)]),
                Condition = (context, texts) => new NumberCondition("result", TermLookup.Terms(context.Mirror, texts)!),
            },
            new("InitiatedBy", "initiator's UPN, id or name", "UPN, object id or display name of who did it.")
            {
                Noun = "initiator",
                Held = NameColumn.Identity,
                Values = new ActivityValues("a.actor"),
                Condition = (context, texts) =>
                    new NumberCondition("actor", TermLookup.Identities(context.Mirror, texts)!, LogTable.Activity.IndexOf("actor")),
            },
            new("Target", "UPN, id or name of what it is about",
                "UPN, object id or display name of what it is about: a target, or what a modified property names.")
            {
                Noun = "target",
                Held = NameColumn.Identity,
                Values = new ActivityValues(ActivityValues.Linked),
                Condition = (context, texts) => new LinkCondition(TermLookup.Identities(context.Mirror, texts)!),
            },
            new("Involving", "UPN, id or name of who did it or what it is about",
                "UPN, object id or display name of who did it or what it is about.")
            {
                Noun = "person or object",
                Held = NameColumn.Identity,
                Values = new ActivityValues(ActivityValues.LinkedOrDone),
                Condition = (context, texts) => new InvolvingCondition(TermLookup.Identities(context.Mirror, texts)!),
            },
            new("Property", "a modified property", "Name of a modified property.")
            {
                Noun = "modified property",
                Held = ActivityColumn.Property,
                Values = new ActivityValues("a.property_set", (words, id) => words.PropertyNames(id)),
                Condition = (context, texts) => new NumberCondition("property_set", ActivityLookup.PropertySets(context.Mirror, texts)),
            },
            new("IPAddress", "address", "Address the initiator came from.")
            {
                Values = new ActivityValues("a.address", (words, id) => [words.Address(id)]),
                Condition = (context, texts) => new AddressCondition(ActivityLookup.Addresses(context.Mirror, texts)),
            },
            new("Search", "containing", "Words that all occur somewhere in the record; word* matches beginnings.")
            {
                IsPhrase = true,
                Condition = (context, texts) => SearchCondition.Of(context.Mirror, texts[0]),
            },
            new("CorrelationId", "correlation id", "Joins the events of one operation.")
            {
                Condition = (_, texts) => IdCondition.Of("correlation", texts),
            },
            new("Id", "record id", "Graph's record id.") { Condition = ActivityLookup.RecordIds },
            CommonFields.Tenant(new ActivityValues("a.tenant", (words, id) => [words.Term(id)])),
            CommonFields.Import(),
            CommonFields.ImportedAfter,
            new("Origin", "log", "Which log: DirectoryAudit or UnifiedAudit; without it an event that both tell is one row.")
            {
                TakesAll = true,
                ClosedList = ActivityOrigin.Names,
                Condition = (_, texts) => ActivityOrigin.Numbers(texts) is { } numbers ? new NumberCondition("origin", numbers) : null,
            },
        ],
    };

    /// <summary>Asks it.</summary>
    public static readonly LogQuery<AuditActivity> Query = new(Definition);
}
