using System.Globalization;
using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>The nested parts of entitlement management's records as readable text.</summary>
internal static class EntitlementText
{
    public const string Unknown = "(unknown)";
    private const string Minutes = "yyyy-MM-dd HH:mm";

    /// <summary>A property as one line; "(unknown)" when it is null or empty.</summary>
    public static string Known(PSObject instance, string property) =>
        Cell.Line(instance, property) is { Length: > 0 } text ? text : Unknown;

    /// <summary>A time to the minute; the text given when there is none.</summary>
    public static string Minute(PSObject instance, string property, string otherwise = "unknown") =>
        Cell.Value(instance, property) is { } time ? Cell.Time(time, Minutes) : otherwise;

    /// <summary>The day of a time; the text given when there is none.</summary>
    public static string Day(PSObject instance, string property, string otherwise = "") =>
        Cell.Value(instance, property) is { } time ? Cell.Time(time, "yyyy-MM-dd") : otherwise;

    /// <summary>A time to the second, with its zone; empty when there is none.</summary>
    public static string Second(PSObject instance, string property) =>
        Cell.Value(instance, property) is { } time ? Cell.Time(time) : string.Empty;

    /// <summary>The id of what a property holds; null when there is none.</summary>
    public static object? IdOf(PSObject instance, string property) =>
        Cell.Value(instance, property) is { } value ? Cell.Value(PSObject.AsPSObject(value), "Id") : null;

    /// <summary>Whether a property is true.</summary>
    public static bool IsTrue(PSObject instance, string property) => Cell.Value(instance, property) is true;

    /// <summary>The end of an assignment or a grant: a time, "no end", or "unknown" when no export contains the schedule.</summary>
    public static string End(PSObject assignment) => Minute(assignment, "End", NoEnd(assignment));

    /// <summary>The text for an empty end: "no end", or "unknown" when no export contains the schedule.</summary>
    public static string NoEnd(PSObject assignment) => IsTrue(assignment, "EndKnown") ? "no end" : "unknown";

    /// <summary>"Alice Smith (alice@contoso.com, Guest, id)"; "(unknown)" for null.</summary>
    public static string Named(object? value, bool withId)
    {
        if (value is null) return Unknown;
        var instance = PSObject.AsPSObject(value);
        string[] names = [Cell.Line(instance, "DisplayName"), Cell.Line(instance, "UserPrincipalName"),
            Cell.Line(instance, "Type"), Cell.Line(instance, "Id")];
        if (!withId && names[0].Length + names[1].Length > 0) names[3] = string.Empty;
        var known = names.Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return known.Count switch
        {
            0 => Cell.Line(value) is { Length: > 0 } text ? text : Unknown,
            1 => known[0],
            _ => $"{known[0]} ({string.Join(", ", known.Skip(1))})",
        };
    }

    /// <summary>The same within a sentence: "until …", "no end" or "end unknown".</summary>
    public static string Until(PSObject assignment) =>
        Cell.Value(assignment, "End") is null ? IsTrue(assignment, "EndKnown") ? "no end" : "end unknown" : $"until {End(assignment)}";

    /// <summary>How a policy's assignments end, within a sentence: "ends after 90 days", "no end" or "end unknown".</summary>
    private static string Ends(PSObject policy) =>
        Cell.Line(policy, "Expiration") switch { "" => "end unknown", "no end" => "no end", var end => "ends " + end };

    /// <inheritdoc cref="Named(object, bool)"/>
    public static string Named(object? value) => Named(value, withId: true);

    /// <summary>
    /// The first of a list and how many more there are; when it is empty, "none", or "(unknown)" where no export contains the list.
    /// </summary>
    public static string First(PSObject instance, string property, bool isKnown = true)
    {
        var items = Cell.Items(instance, property).Select(item => Cell.Line(item)).ToList();
        return items.Count switch
        {
            0 => isKnown ? "none" : Unknown,
            1 => items[0],
            _ => $"{items[0]} (+{items.Count - 1})",
        };
    }

    /// <summary>The items of a list, a line each.</summary>
    public static string Lines(PSObject instance, string property, Func<PSObject, string> line) =>
        string.Join('\n', Cell.Items(instance, property).Select(line));

    /// <summary>The text in lines of at most so many characters, broken between words where that can be.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var at = text.LastIndexOf(' ', width);
            if (at <= 0) at = width;
            yield return text[..at];
            text = text[at..].TrimStart();
        }

        yield return text;
    }

    /// <summary>A span as people say it: <c>3 d 4 h</c>, <c>5 h 12 min</c>, <c>40 s</c>.</summary>
    public static string Span(TimeSpan span)
    {
        if (span < TimeSpan.Zero) return "-" + Span(-span);
        var (large, largeUnit, small, smallUnit) = span switch
        {
            { TotalDays: >= 1 } => (span.Days, "d", span.Hours, "h"),
            { TotalHours: >= 1 } => (span.Hours, "h", span.Minutes, "min"),
            { TotalMinutes: >= 1 } => (span.Minutes, "min", span.Seconds, "s"),
            _ => (span.Seconds, "s", 0, string.Empty),
        };
        var text = string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit}");
        return small == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text} {small} {smallUnit}");
    }

    /// <summary>What an export calls a kind of resource, for people; other words as they are.</summary>
    public static string System(string system) => system.ToUpperInvariant() switch
    {
        "AADGROUP" => "Group",
        "AADAPPLICATION" => "Application",
        "SHAREPOINTONLINE" => "SharePoint",
        _ => system,
    };

    /// <summary>"Member of Sales Team (Group)"; by its id where it has no name.</summary>
    public static string ResourceRole(PSObject role)
    {
        var resource = Cell.Value(role, "Resource") is { } value ? PSObject.AsPSObject(value) : null;
        var details = resource is null ? string.Empty : System(Cell.Line(resource, "System"));
        return $"{Known(role, "Role")} of {(resource is null ? Unknown : Cell.Line(resource))}"
            + (details.Length == 0 ? string.Empty : $" ({details})");
    }

    /// <summary>A policy's rules: who can request, who approves, how it ends.</summary>
    public static string Policy(PSObject policy)
    {
        var who = PolicyText.Scope(Known(policy, "AllowedRequestors"));
        if (Lines(policy, "SpecificRequestors", item => Cell.Line(item)) is { Length: > 0 } specific)
            who += ": " + specific.Replace("\n", ", ", StringComparison.Ordinal);
        var approval = Cell.Value(policy, "ApprovalRequired") switch
        {
            true => Lines(policy, "ApprovalStages", item => Cell.Line(item)) is { Length: > 0 } stages ? "approved by "
                + stages.Replace("\n", ", then ", StringComparison.Ordinal) : "approval required",
            false => "no approval",
            _ => "approval unknown",
        };
        var accepts = Cell.Value(policy, "AcceptsRequests") is false ? "takes no requests, " : string.Empty;
        if (IsTrue(policy, "IsAutomatic")) accepts = "assigns by a rule, ";
        var others = IsTrue(policy, "AcceptsOnBehalf") ? "; on behalf by "
            + string.Join(", ", Cell.Items(policy, "OnBehalfRequestors").Select(item => Cell.Line(item))) : string.Empty;
        var reviews = IsTrue(policy, "AccessReviews") ? $"; reviewed {Cell.Line(policy, "AccessReviewSettings")}" : string.Empty;
        return $"{Cell.Line(policy)}: {accepts}{who}; {approval}{others}{reviews}; {Ends(policy)}";
    }

    /// <summary>"package via policy, since …, until …, state, id" of an assignment.</summary>
    public static string Assignment(object? value)
    {
        if (value is null) return string.Empty;
        var assignment = PSObject.AsPSObject(value);
        return $"{Known(assignment, "AccessPackage")} via {Known(assignment, "Policy")}, {Cell.Line(assignment, "State")}, since "
            + $"{Minute(assignment, "Start")}, {Until(assignment)}{Id(assignment)}";
    }

    /// <summary>The same of a grant.</summary>
    public static string Grant(PSObject grant) =>
        $"{Known(grant, "AccessPackage")} via {Known(grant, "Policy")}, {Cell.Line(grant, "State")}, since {Minute(grant, "Start")}, "
            + $"{Until(grant)}, {Cell.Line(grant, "Basis")}{Id(grant)}";

    private static string Id(PSObject instance) =>
        Cell.Line(instance, "AssignmentId") is { Length: > 0 } id ? $", assignment {id}" : string.Empty;
}
