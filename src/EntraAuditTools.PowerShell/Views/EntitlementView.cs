using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views;

/// <summary>What the views of entitlement management's states show, as hidden code properties; see <see cref="ActivityView"/> for why.</summary>
public static class EntitlementView
{
    private const int PolicyWidth = 16, NarrowWidth = 10;

    /// <summary>The original record.</summary>
    public static object? Original(PSObject instance) => instance?.BaseObject switch
    {
        AccessPackage package => package.GetOriginal(),
        AccessPackageAssignment assignment => assignment.GetOriginal(),
        ConnectedOrganization organization => organization.GetOriginal(),
        AccessPackageActivity activity => activity.GetActivity().GetOriginal(),
        AppRoleAssignmentActivity activity => activity.GetActivity().GetOriginal(),
        _ => null,
    };

    /// <summary>Graph's id of the catalog.</summary>
    public static object? CatalogId(PSObject instance) => IdOf(instance, "Catalog");

    /// <summary>Graph's id of the policy.</summary>
    public static object? PolicyId(PSObject instance) => IdOf(instance, "Policy");

    /// <summary>The Graph SDK's Schedule of an assignment; null when no export tells it.</summary>
    public static object? Schedule(PSObject instance)
    {
        if (!EntitlementText.IsTrue(instance, "EndKnown")) return null;
        var end = Cell.Value(instance, "End");
        var expiration = new PSObject();
        expiration.Properties.Add(new PSNoteProperty("EndDateTime", end));
        expiration.Properties.Add(new PSNoteProperty("Type", end is null ? "noExpiration" : "afterDateTime"));
        var schedule = new PSObject();
        schedule.Properties.Add(new PSNoteProperty("StartDateTime", Cell.Value(instance, "Start")));
        schedule.Properties.Add(new PSNoteProperty("Expiration", expiration));
        return schedule;
    }

    /// <summary>The display name, else the id.</summary>
    public static object Name(PSObject instance) =>
        Cell.Line(instance, "DisplayName") is { Length: > 0 } name ? name : Cell.Line(instance, "Id") is { Length: > 0 } id ? id : EntitlementText.Unknown;

    /// <summary>Who, by name.</summary>
    public static object User(PSObject instance) => EntitlementText.Known(instance, "User");

    /// <summary>Who, with everything known.</summary>
    public static object Person(PSObject instance) => EntitlementText.Named(Cell.Value(instance, "User"));

    /// <summary>Who, without the id: the head of a report.</summary>
    public static object PersonShort(PSObject instance) => EntitlementText.Named(Cell.Value(instance, "User"), withId: false);

    /// <summary>Whom access would be for, and who would ask for them: the head of a report.</summary>
    public static object Beneficiary(PSObject instance) =>
        Cell.Value(instance, "RequestedBy") is { } by ? $"{PersonShort(instance)}, requested by {EntitlementText.Named(by, withId: false)}"
        : PersonShort(instance);

    /// <summary>The package by name.</summary>
    public static object AccessPackage(PSObject instance) =>
        Cell.Line(instance, "AccessPackage") is { Length: > 0 } name ? name : EntitlementText.Known(instance, "AccessPackageId");

    /// <summary>The package by name and id.</summary>
    public static object Package(PSObject instance) => EntitlementText.Named(Cell.Value(instance, "AccessPackage") ?? Cell.Value(instance, "AccessPackageId"));

    /// <summary>The policy by name.</summary>
    public static object Policy(PSObject instance) => EntitlementText.Known(instance, "Policy");

    /// <summary>The policy that decides, in lines of a narrow column; nothing where none does.</summary>
    public static object DecidingPolicy(PSObject instance) => string.Join('\n', EntitlementText.Wrap(Cell.Line(instance, "Policy"), PolicyWidth));

    /// <summary>The catalog by name.</summary>
    public static object Catalog(PSObject instance) => EntitlementText.Known(instance, "Catalog");

    /// <summary>The state in its colour, marked where only the time of a file says that it had begun.</summary>
    public static object State(PSObject instance) =>
        Palette.State(EntitlementText.Known(instance, "State")) + (Cell.Value(instance, "StateAssumed") is true ? " (assumed)" : string.Empty);

    /// <summary>Since when.</summary>
    public static object Start(PSObject instance) => EntitlementText.Minute(instance, "Start");

    /// <summary>Until when.</summary>
    public static object End(PSObject instance) => EntitlementText.End(instance);

    /// <summary>Since which day.</summary>
    public static object StartDay(PSObject instance) => Day(instance, "Start", "unknown");

    /// <summary>The state for a narrow column: a long word in its parts, the mark below it.</summary>
    public static object StateWord(PSObject instance)
    {
        var word = EntitlementText.Known(instance, "State");
        var coloured = Palette.State(word);
        var at = coloured.IndexOf(word, StringComparison.Ordinal);
        var lines = Parts(word).Select(part => coloured[..at] + part + coloured[(at + word.Length)..]);
        return string.Join('\n', Cell.Value(instance, "StateAssumed") is true ? lines.Append("(assumed)") : lines);
    }

    /// <summary>Until which day.</summary>
    public static object EndDay(PSObject instance) => Day(instance, "End", EntitlementText.NoEnd(instance));

    /// <summary>When it was observed, to the minute, and whether that is assumed.</summary>
    public static object ObservedMinute(PSObject instance) =>
        EntitlementText.Minute(instance, "ObservedAt", string.Empty) + (EntitlementText.IsTrue(instance, "ObservedAtAssumed") ? " (assumed)" : string.Empty);

    /// <summary>When it ended.</summary>
    public static object EndedAt(PSObject instance) => EntitlementText.Second(instance, "EndedAt");

    /// <summary>When it was observed, and whether that is assumed.</summary>
    public static object Observed(PSObject instance) =>
        EntitlementText.Second(instance, "ObservedAt") + (EntitlementText.IsTrue(instance, "ObservedAtAssumed") ? " (time assumed)" : string.Empty);

    /// <summary>When it was created.</summary>
    public static object Created(PSObject instance) => EntitlementText.Second(instance, "Created");

    /// <summary>When it was modified last.</summary>
    public static object Modified(PSObject instance) => EntitlementText.Second(instance, "Modified");

    /// <summary>What another source says.</summary>
    public static object Disagreement(PSObject instance) => Cell.Line(instance, "Disagreement") is { Length: > 0 } text ? Palette.Warning(text) : string.Empty;

    /// <summary>Imports that brought it, a line each.</summary>
    public static object Evidence(PSObject instance) => DetailText.Evidence(instance);

    /// <summary>The first of what a package gives.</summary>
    public static object ResourceRoles(PSObject instance) =>
        EntitlementText.First(instance, "ResourceRoles", EntitlementText.IsTrue(instance, "ResourceRolesKnown"));

    /// <summary>What a package gives, a line each.</summary>
    public static object ResourceRoleLines(PSObject instance) =>
        EntitlementText.Lines(instance, "ResourceRoles", EntitlementText.ResourceRole) is { Length: > 0 } lines ? lines : ResourceRoles(instance);

    /// <summary>The first policy of a package.</summary>
    public static object Policies(PSObject instance) => EntitlementText.First(instance, "Policies", EntitlementText.IsTrue(instance, "PoliciesKnown"));

    /// <summary>The policies of a package with their rules, a line each.</summary>
    public static object PolicyLines(PSObject instance) =>
        EntitlementText.Lines(instance, "Policies", EntitlementText.Policy) is { Length: > 0 } lines ? lines : Policies(instance);

    /// <summary>What must not be held together with a package.</summary>
    public static object Incompatible(PSObject instance) => string.Join('\n', new[]
    {
        EntitlementText.Lines(instance, "IncompatibleAccessPackages", item => "access package " + Cell.Line(item)),
        EntitlementText.Lines(instance, "IncompatibleGroups", item => "group " + Cell.Line(item)),
    }.Where(text => text.Length > 0));

    /// <summary>Whether anything must not be held together with a package.</summary>
    public static object HasIncompatible(PSObject instance) => Incompatible(instance) is string { Length: > 0 };

    /// <summary>Whether the package was asked for a user.</summary>
    public static object HasUser(PSObject instance) => Cell.Value(instance, "User") is not null;

    /// <summary>Whether the user can request it, coloured.</summary>
    public static object CanRequest(PSObject instance) => Palette.State(Cell.Line(instance, "CanRequest"));

    /// <summary>Whether a request would have to be approved, in the portal's words; nothing where nobody can request.</summary>
    public static object ApprovalRequired(PSObject instance) =>
        Cell.Value(instance, "ApprovalRequired") switch { true => "required", false => "not required", _ => string.Empty };

    /// <summary>Whether the user finds it in My Access, coloured.</summary>
    public static object Visible(PSObject instance) => Palette.State(Cell.Line(instance, "VisibleInMyAccess"));

    /// <summary>Why the user finds it in My Access or not.</summary>
    public static object VisibilityReason(PSObject instance) => Cell.Line(instance, "VisibilityReason");

    /// <summary>Both.</summary>
    public static object MyAccess(PSObject instance) => $"{Visible(instance)}: {VisibilityReason(instance)}";

    /// <summary>The reason beside a column that names the policy already.</summary>
    public static object ShortReason(PSObject instance)
    {
        var reason = Cell.Line(instance, "Reason");
        var named = $"Policy \"{Cell.Line(instance, "Policy")}\" ";
        return reason.Length > named.Length && reason.StartsWith(named, StringComparison.Ordinal)
            ? char.ToUpperInvariant(reason[named.Length]) + reason[(named.Length + 1)..] : reason;
    }

    /// <summary>What each policy says, a line each.</summary>
    public static object Decisions(PSObject instance) => EntitlementText.Lines(instance, "Decisions", item => Cell.Line(item));

    /// <summary>The user's assignment.</summary>
    public static object Assignment(PSObject instance) => EntitlementText.Assignment(Cell.Value(instance, "Assignment"));

    /// <summary>The policy of the user's assignment.</summary>
    public static object AssignedPolicy(PSObject instance) => OfAssignment(instance, Policy);

    /// <summary>The state of the user's assignment.</summary>
    public static object AssignedState(PSObject instance) => OfAssignment(instance, State);

    /// <summary>The start of the user's assignment.</summary>
    public static object AssignedStart(PSObject instance) => OfAssignment(instance, Start);

    /// <summary>The end of the user's assignment.</summary>
    public static object AssignedEnd(PSObject instance) => OfAssignment(instance, End);

    /// <summary>The resource by name.</summary>
    public static object Resource(PSObject instance) => EntitlementText.Known(instance, "Resource");

    /// <summary>The resource with everything known.</summary>
    public static object ResourceWhole(PSObject instance) => EntitlementText.Named(Cell.Value(instance, "Resource"));

    /// <summary>The kind of the resource.</summary>
    public static object System(PSObject instance) => Cell.Value(instance, "Resource") is { } resource
        ? EntitlementText.System(Cell.Line(PSObject.AsPSObject(resource), "System"))
        : EntitlementText.System(Cell.Line(instance, "System"));

    /// <summary>The resource by name, and below it its kind.</summary>
    public static object ResourceOfSystem(PSObject instance) =>
        System(instance) is string { Length: > 0 } system ? $"{Resource(instance)} ({system})" : Resource(instance);

    /// <summary>Name of the role.</summary>
    public static object Role(PSObject instance) => EntitlementText.Known(instance, "Role");

    /// <summary>Each package and policy that gives it. The dates of the first stand beside it, those of others with them: columns are as
    /// wide as the screen lets them.</summary>
    public static object GrantNames(PSObject instance) =>
        string.Join('\n', Cell.Items(instance, "Grants")
            .Select((grant, i) => i == 0 ? Cell.Line(grant) : $"and {Cell.Line(grant)}, {GrantStart(grant)} to {GrantEnd(grant)}"));

    /// <summary>Since when by the first grant.</summary>
    public static object GrantStarts(PSObject instance) => OfFirstGrant(instance, GrantStart);

    /// <summary>Until when by the first grant.</summary>
    public static object GrantEnds(PSObject instance) => OfFirstGrant(instance, GrantEnd);

    /// <summary>Each grant with everything known, a line each.</summary>
    public static object Grants(PSObject instance) => EntitlementText.Lines(instance, "Grants", EntitlementText.Grant);

    /// <summary>What it is based on.</summary>
    public static object Basis(PSObject instance) => Cell.Line(instance, "Basis");

    /// <summary>What became of it, coloured.</summary>
    public static object Change(PSObject instance) => Palette.State(Cell.Line(instance, "Change"));

    /// <summary>When it came or went.</summary>
    public static object Time(PSObject instance) =>
        Cell.Value(instance, "TimeAssumed") is true ? "(assumed)" : EntitlementText.Minute(instance, "Time", string.Empty);

    /// <summary>What is different, or what was assigned.</summary>
    public static object Differences(PSObject instance)
    {
        if (EntitlementText.Lines(instance, "Changes", change => Difference(instance, change)) is { Length: > 0 } changes) return changes;
        if ((Cell.Value(instance, "Difference") ?? Cell.Value(instance, "Reference")) is not { } value) return string.Empty;
        var assignment = PSObject.AsPSObject(value);
        return $"{Policy(assignment)}, {EntitlementText.Until(assignment)}";
    }

    /// <summary>The assignment at the earlier time.</summary>
    public static object Reference(PSObject instance) => EntitlementText.Assignment(Cell.Value(instance, "Reference"));

    /// <summary>The assignment at the later time.</summary>
    public static object Difference(PSObject instance) => EntitlementText.Assignment(Cell.Value(instance, "Difference"));

    /// <summary>The other package, or the group.</summary>
    public static object ConflictsWith(PSObject instance) => Cell.Line(instance, "ConflictsWith");

    /// <summary>Kind of a conflict.</summary>
    public static object Kind(PSObject instance) => Cell.Line(instance, "Kind");

    /// <summary>Since when it conflicts.</summary>
    public static object Since(PSObject instance) => EntitlementText.Minute(instance, "Since");

    /// <summary>The assignment of the other package.</summary>
    public static object OtherAssignment(PSObject instance) => EntitlementText.Assignment(Cell.Value(instance, "OtherAssignment"));

    /// <summary>Domains in one cell.</summary>
    public static object Domains(PSObject instance) => string.Join(", ", Cell.Items(instance, "Domains").Select(domain => Cell.Line(domain)));

    /// <summary>Identity sources, a line each.</summary>
    public static object IdentitySources(PSObject instance) => EntitlementText.Lines(instance, "IdentitySources", item => Cell.Line(item));

    /// <summary>Sponsors, inside and outside, by name.</summary>
    public static object Sponsors(PSObject instance) =>
        string.Join(", ", Cell.Items(instance, "InternalSponsors").Concat(Cell.Items(instance, "ExternalSponsors")).Select(sponsor => Cell.Line(sponsor)));

    /// <summary>Sponsors inside the tenant, a line each.</summary>
    public static object InternalSponsors(PSObject instance) => EntitlementText.Lines(instance, "InternalSponsors", EntitlementText.Named);

    /// <summary>Sponsors of the organization, a line each.</summary>
    public static object ExternalSponsors(PSObject instance) => EntitlementText.Lines(instance, "ExternalSponsors", EntitlementText.Named);

    /// <summary>Description.</summary>
    public static object Description(PSObject instance) => Cell.Line(instance, "Description");

    /// <summary>The day it was created.</summary>
    public static object CreatedDay(PSObject instance) => Day(instance, "Created", string.Empty);

    /// <summary>Who can request by a policy.</summary>
    public static object AllowedRequestors(PSObject instance) => EntitlementText.Known(instance, "AllowedRequestors");

    /// <summary>Who can request by a policy, in the portal's words.</summary>
    public static object WhoCanRequest(PSObject instance)
    {
        var scope = EntitlementText.Known(instance, "AllowedRequestors");
        return EntitlementText.Lines(instance, "SpecificRequestors", item => Cell.Line(item)) is { Length: > 0 } listed
            ? $"{PolicyText.Scope(scope)}: {listed.Replace("\n", ", ", StringComparison.Ordinal)}" : PolicyText.Scope(scope);
    }

    /// <summary>A policy's stages of approval, a line each.</summary>
    public static object ApprovalStages(PSObject instance) =>
        EntitlementText.Lines(instance, "ApprovalStages", item => Cell.Line(item)) is { Length: > 0 } stages ? stages : Approval(instance);

    /// <summary>Whether requests by a policy need a justification.</summary>
    public static object JustificationRequired(PSObject instance) => PolicyText.Flag(instance, "JustificationRequired");

    /// <summary>Who can request by a policy for others, and what more they can do.</summary>
    public static object OnBehalf(PSObject instance) => PolicyText.OnBehalf(instance);

    /// <summary>Whether requestors can say from when to when.</summary>
    public static object CustomSchedule(PSObject instance) => PolicyText.Flag(instance, "CustomSchedule");

    /// <summary>Whether access by a policy can be extended, and whether that needs approval.</summary>
    public static object Extending(PSObject instance) => PolicyText.Extending(instance);

    /// <summary>Whether people can give back their own access.</summary>
    public static object OwnRemoval(PSObject instance) => PolicyText.Flag(instance, "CanRemoveOwnAccess");

    /// <summary>Whether and how assignments by a policy are reviewed.</summary>
    public static object AccessReviews(PSObject instance) =>
        Cell.Value(instance, "AccessReviews") is true && Cell.Line(instance, "AccessReviewSettings") is { Length: > 0 } how ? how
        : PolicyText.Flag(instance, "AccessReviews");

    /// <summary>What a policy asks requestors, a line each.</summary>
    public static object Questions(PSObject instance) => EntitlementText.Lines(instance, "Questions", item => Cell.Line(item));

    /// <summary>Which custom extensions a policy calls, a line each.</summary>
    public static object CustomExtensions(PSObject instance) => EntitlementText.Lines(instance, "CustomExtensions", item => Cell.Line(item));

    /// <summary>Whether a policy assigns by a rule.</summary>
    public static object IsAutomatic(PSObject instance) => Cell.Value(instance, "IsAutomatic") is true;

    /// <summary>What becomes of access by a rule when somebody leaves its scope.</summary>
    public static object Leaving(PSObject instance) => Cell.Value(instance, "RemovesOnLeaving") switch
    {
        true => Cell.Line(instance, "GracePeriod") is { Length: > 0 } grace ? $"removed after {grace}" : "removed",
        false => "kept",
        _ => EntitlementText.Unknown,
    };

    /// <summary>How assignments by a policy end.</summary>
    public static object Expiration(PSObject instance) => EntitlementText.Known(instance, "Expiration");

    /// <summary>Whether a policy's assignments need approval.</summary>
    public static object Approval(PSObject instance) =>
        Cell.Value(instance, "ApprovalRequired") switch { true => "required", false => "none", _ => EntitlementText.Unknown };

    /// <summary>Whether a policy takes requests.</summary>
    public static object Requests(PSObject instance) =>
        Cell.Value(instance, "AcceptsRequests") switch { true => "yes", false => "no", _ => EntitlementText.Unknown };

    // Times as the rest of the view has them, and an end that there is none of in words.
    private static string Difference(PSObject instance, PSObject change)
    {
        Func<PSObject, object>? time = Cell.Line(change, "Name") switch { "Start" => Start, "End" => End, _ => null };
        return time is not null && Cell.Value(instance, "Reference") is { } before && Cell.Value(instance, "Difference") is { } after
            ? $"{Cell.Line(change, "Name")}: {time(PSObject.AsPSObject(before))} → {time(PSObject.AsPSObject(after))}"
            : DetailText.Change(change);
    }

    // PartiallyDelivered does not fit: Partially, and below it Delivered.
    private static string[] Parts(string word)
    {
        var last = word.Length <= NarrowWidth ? 0 : word.AsSpan().LastIndexOfAnyInRange('A', 'Z');
        return last > 0 ? [word[..last], word[last..]] : [word];
    }

    private static string GrantStart(PSObject grant) => Day(grant, "Start", "unknown");

    private static string GrantEnd(PSObject grant) => Day(grant, "End", EntitlementText.NoEnd(grant));

    private static string OfFirstGrant(PSObject instance, Func<PSObject, string> part) =>
        Cell.Items(instance, "Grants").Select(part).FirstOrDefault() ?? string.Empty;

    private static string Day(PSObject instance, string property, string otherwise) =>
        Cell.Value(instance, property) is { } time ? ProvisioningView.Utc(time, "yyyy-MM-dd") : otherwise;

    private static object OfAssignment(PSObject package, Func<PSObject, object> part) =>
        Cell.Value(package, "Assignment") is { } assignment ? part(PSObject.AsPSObject(assignment)) : string.Empty;

    private static object? IdOf(PSObject instance, string property) =>
        Cell.Value(instance, property) is { } value ? Cell.Value(PSObject.AsPSObject(value), "Id") : null;
}
