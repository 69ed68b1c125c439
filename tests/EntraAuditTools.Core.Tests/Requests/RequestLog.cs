using System.Globalization;
using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Identities;

namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>
/// Events of requests in short, for tables: "request U1 P1 R1 C1 | approved by:U2 R1 +5m | fulfill! C1 +2d". First the activity, with an
/// exclamation mark where it failed; then the user, package, request, assignment, correlation and tenant that it names, as letter and
/// number (two users are two targets; "U1@" is named by UPN alone), who initiated it, the justification after a '#', and the time since the
/// log's beginning in seconds, minutes, hours or days. Without a time an event comes a minute after the one before.
/// </summary>
internal static class RequestLog
{
    public static readonly DateTime Begin = new(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc);

    private const string Reviews = "Access Reviews", Entitlement = "Entitlement Management", Unlisted = "unlisted";

    // Names of seeds/request-activities.tsv, and the service that writes them.
    private static readonly Dictionary<string, (string Activity, string Service)> Activities = new(StringComparer.Ordinal)
    {
        ["request"] = ("User requests access package assignment", Entitlement),
        ["assign"] = ("Administrator directly assigns user to access package", Entitlement),
        ["autoassign"] = ("Entitlement Management creates access package assignment request for user", Entitlement),
        ["extend"] = ("User requests to extend access package assignment", Entitlement),
        ["change"] = ("Create access package assignment user update request", Entitlement),
        ["return"] = ("User requests to remove access package assignment", Entitlement),
        ["remove"] = ("Administrator directly removes user access package assignment", Entitlement),
        ["withdraw"] = ("Entitlement Management removes access package assignment request for user", Entitlement),
        ["update"] = ("Update access package assignment request", Entitlement),
        ["ask"] = ("Create request approval", Reviews),
        ["approver"] = ("Add approver to request approval", Reviews),
        ["stage"] = ("Approval stage completed for access package assignment request", Entitlement),
        ["approved"] = ("Request approved", Reviews),
        ["approve"] = ("Approve access package assignment request", Entitlement),
        ["autoapprove"] = ("Auto approve access package assignment request", Entitlement),
        ["denied"] = ("Request denied", Reviews),
        ["deny"] = ("Deny access package assignment request", Entitlement),
        ["expired"] = ("Request expired", Reviews),
        ["timeout"] = ("Access package assignment request timed out (no approver action taken)", Entitlement),
        ["cancel"] = ("Cancel access package assignment request", Entitlement),
        ["schedule"] = ("Schedule a future access package assignment", Entitlement),
        ["ready"] = ("Ready to fulfill access package assignment request", Entitlement),
        ["fulfill"] = ("Fulfill access package assignment request", Entitlement),
        ["extended"] = ("Extend access package assignment", Entitlement),
        ["partly"] = ("Partially fulfill access package assignment request", Entitlement),
        ["fail"] = ("Failed access package assignment request", Entitlement),
        ["reprocess"] = ("Reprocess access package assignment", Entitlement),
        ["give"] = ("Fulfill access package resource assignment", Entitlement),
        ["take"] = ("Remove access package resource assignment", Entitlement),
        ["callout"] = ("Execute custom extension", Entitlement),
        ["gone"] = ("Remove access package assignment", Entitlement),
        ["userdeleted"] = ("Delete access package assignment for a deleted user", Entitlement),
        ["discard"] = ("Delete access package assignment request for a deleted user", Entitlement),
        ["deny-decision"] = ("Deny decision", Reviews),
        ["apply-decision"] = ("Apply decision", Reviews),
        [Unlisted] = ("Reticulate access package splines", Entitlement),
    };

    /// <summary>The events, in the order in which they are written.</summary>
    public static List<EntitlementEvent> Read(string text)
    {
        var events = new List<EntitlementEvent>();
        var at = TimeSpan.FromMinutes(-1);
        foreach (var line in text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            at = Array.Find(words, word => word[0] == '+') is { } time ? Time(time) : at + TimeSpan.FromMinutes(1);
            events.Add(Event(events.Count + 1, at, words[0], words[1..]));
        }

        return events;
    }

    /// <summary>A user, as events name them.</summary>
    public static IdentityText User(string name) =>
        name.EndsWith('@') ? new("User", null, null, Upn(name.TrimEnd('@'))) : new("User", Id(name), null, null);

    /// <summary>The id of what is called by letter and number.</summary>
    public static string Id(string name) => $"{name[0] % 16:x}0000000-0000-4000-8000-{name[1..].PadLeft(12, '0')}";

    /// <summary>The UPN of a user.</summary>
    public static string Upn(string name) => $"{name.ToLowerInvariant()}@contoso.example";

    private static EntitlementEvent Event(int row, TimeSpan at, string word, string[] names)
    {
        var (activity, service) = Activities[word.TrimEnd('!')];
        string? Named(char letter) => Array.Find(names, name => name[0] == letter && char.IsDigit(name[1]));
        var (request, package, by) = (Named('R'), Named('P'), Array.Find(names, name => name.StartsWith("by:", StringComparison.Ordinal)));
        var targets = names.Where(name => name[0] == 'U').Select(User).ToList();
        // Events of approvals name the request as Other (FORMATS 6).
        if (request != null) targets.Add(new(service == Reviews ? "Other" : "AccessPackageAssignmentRequest", Id(request), null, null));
        if (package != null) targets.Add(new("AccessPackage", Id(package), null, null));
        return new EntitlementEvent
        {
            Row = row,
            Ticks = (Begin + at).Ticks,
            ActivityType = new(service, null, activity, null),
            Meaning = RequestActivities.Find(activity) ?? (word == Unlisted ? null : throw new FormatException(activity)),
            IsReview = service == Reviews,
            Result = word.EndsWith('!') ? "failure" : "success",
            Actor = by == null ? IdentityText.None : by == "by:app" ? new("ServicePrincipal", Id("S1"), null, null) : User(by[3..]),
            Targets = targets,
            RequestId = request == null ? null : Id(request),
            AssignmentId = Named('A') is { } assignment ? Id(assignment) : null,
            CorrelationId = Named('C') is { } correlation ? Id(correlation) : null,
            TenantId = Named('T') is { } tenant ? Id(tenant) : null,
            Justification = Array.Find(names, name => name[0] == '#')?[1..],
            Reason = null,
            StoredRecordId = null,
            Block = 0,
        };
    }

    private static TimeSpan Time(string text)
    {
        var number = double.Parse(text[1..^1], CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => throw new FormatException(text),
        };
    }
}
