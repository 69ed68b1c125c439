using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Core.Eligibility;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Packages;

/// <summary>Assignment policies, as objects show them and as the rules of requesting take them.</summary>
internal sealed class Policies
{
    private readonly EntitlementReader reader;
    private readonly Dictionary<EntityKind, Dictionary<string, long>> named = [];

    /// <summary>Makes ready for some policies, whose states have been read.</summary>
    public Policies(EntitlementReader reader, IEnumerable<EntityState> policies)
    {
        this.reader = reader;
        var ids = new Dictionary<EntityKind, List<string>>();
        foreach (var policy in policies)
        {
            var approvers = policy.Json(FactNames.ApprovalStages).Items()
                .SelectMany(stage => stage.List("approvers").Items().Concat(stage.List("escalationApprovers").Items()));
            var reviewers = policy.Json(FactNames.Review) is { ValueKind: JsonValueKind.Object } review
                ? review.List("reviewers").Items() : [];
            foreach (var target in policy.Json(FactNames.Targets).Items().Concat(approvers).Concat(reviewers)
                .Concat(policy.Json(FactNames.OnBehalfRequestors).Items()))
            {
                if (KindOf(target.Text("type")) is not { } kind || target.Text("id") is not { } id) continue;
                if (!ids.TryGetValue(kind, out var list)) ids.Add(kind, list = []);
                list.Add(id);
            }
        }

        foreach (var (kind, list) in ids)
        {
            named[kind] = EntityIds.Numbers(reader.Mirror, kind, list);
            reader.Prefetch(named[kind].Values, withStates: false);
        }
    }

    /// <summary>Ids of groups that policies name.</summary>
    public static IEnumerable<string> Groups(RequestPolicy policy) =>
        policy.Targets?.Where(target => target.Id != null && KindOf(target.Type) == EntityKind.Group).Select(target => target.Id!) ?? [];

    /// <summary>What decides on requests.</summary>
    public static RequestPolicy ForRules(EntityRef policy, EntityState state)
    {
        return new RequestPolicy
        {
            Id = policy.Id,
            Name = policy.Name,
            Scope = state.Text(FactNames.Scope),
            Targets = Targets(state, FactNames.Targets),
            AcceptsOnBehalf = state.Flag(FactNames.OnBehalfAdd),
            OnBehalfRequestors = Targets(state, FactNames.OnBehalfRequestors),
            AcceptsRequests = state.Flag(FactNames.AcceptsRequests),
            IsAutomatic = state.Flag(FactNames.IsAutomatic),
            EndsOn = state.Text(FactNames.ExpirationType) == "afterDateTime" && state.Ticks(FactNames.ExpirationEnd) is { } end
            ? UtcTime.Of(end) : null,
            ApprovalRequired = state.Flag(FactNames.ApprovalRequired),
        };
    }

    private static List<RequestTarget>? Targets(EntityState state, string fact) =>
        state.Json(fact) is { ValueKind: JsonValueKind.Array } targets
        ? [.. targets.Items().Select(target =>
            new RequestTarget(target.Text("type") ?? "unknown", target.Text("id"), target.Text("name"), target.Number("level")))] : null;

    /// <summary>A policy as objects show it.</summary>
    public AccessPackagePolicy Show(EntityRef policy, EntityState state) => new()
    {
        Id = policy.Id,
        DisplayName = state.Text(FactNames.Name) ?? policy.Name,
        Description = state.Text(FactNames.Description),
        AllowedRequestors = state.Text(FactNames.Scope),
        SpecificRequestors = new([.. state.Json(FactNames.Targets).Items().Select(Name)]),
        AcceptsRequests = state.Flag(FactNames.AcceptsRequests),
        ApprovalRequired = state.Flag(FactNames.ApprovalRequired),
        ApprovalStages = new([.. state.Json(FactNames.ApprovalStages).Items().Select(Stage)]),
        Expiration = Expiration(state),
        IsAutomatic = state.Flag(FactNames.IsAutomatic),
        AcceptsOnBehalf = state.Flag(FactNames.OnBehalfAdd),
        OnBehalfRequestors = new([.. state.Json(FactNames.OnBehalfRequestors).Items().Select(Name)]),
        CanBeRemovedOnBehalf = state.Flag(FactNames.OnBehalfRemove),
        CanBeUpdatedOnBehalf = state.Flag(FactNames.OnBehalfUpdate),
        CanRemoveOwnAccess = state.Flag(FactNames.SelfRemove),
        CanExtend = state.Flag(FactNames.SelfUpdate),
        ApprovalRequiredToExtend = state.Flag(FactNames.UpdateApprovalRequired),
        JustificationRequired = state.Flag(FactNames.JustificationRequired),
        CustomSchedule = state.Flag(FactNames.CustomSchedule),
        AccessReviews = Reviews(state),
        AccessReviewSettings = state.Json(FactNames.Review) is { ValueKind: JsonValueKind.Object } review ? Review(review) : null,
        Questions = new([.. state.Json(FactNames.Questions).Items().Select(Question)]),
        CustomExtensions = new([.. state.Json(FactNames.Extensions).Items().Select(Extension)]),
        RemovesOnLeaving = state.Flag(FactNames.RemovesOnLeaving),
        GracePeriod = state.Text(FactNames.GracePeriod) is { } grace ? Length(grace) : null,
    };

    private static bool? Reviews(EntityState state) => state.Json(FactNames.Review) switch
    {
        { ValueKind: JsonValueKind.Object } review => Flag(review, "enabled"),
        _ => state.Has(FactNames.Review) ? false : null,
    };

    // The portal's words: Access reviews, "Review frequency", "Duration (in days)", "Reviewers", "If reviewers don't respond".
    private string Review(JsonElement review)
    {
        var parts = new List<string>(6);
        if (review.Text("frequency") is { } frequency) parts.Add(frequency);
        var reviewers = review.List("reviewers").Items().ToList();
        var who = Flag(review, "self") == true ? "self-review" : reviewers.Count > 0 ? $"by {Approvers(reviewers)}" : null;
        if (who != null) parts.Add(who);
        if (review.Number("days") is { } days)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"within {days} day{(days == 1 ? string.Empty : "s")}"));
        if (StoredState.Ticks(review.Text("start")) is { } start)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"from {new DateTime(start, DateTimeKind.Utc):yyyy-MM-dd}"));
        if (review.Text("noResponse") is { } none)
        {
            var words = none.ToUpperInvariant() switch { "KEEPACCESS" => "no change", "REMOVEACCESS" => "remove access",
                "ACCEPTACCESSRECOMMENDATION" => "take recommendations", _ => none };
            parts.Add($"if reviewers don't respond: {words}");
        }

        if (Flag(review, "enabled") == false) parts.Insert(0, "off");
        return string.Join(", ", parts);
    }

    private static string Question(JsonElement question) =>
        (question.Text("text") ?? question.Text("id")
            ?? "a question")
            + (Flag(question, "isRequired") switch { true => " (required)", false => " (optional)", null => string.Empty });

    // logic-apps-integration, "Stage": the portal's words.
    private static string Extension(JsonElement extension)
    {
        var when = extension.Text("stage")?.ToUpperInvariant() switch
        {
            "ASSIGNMENTREQUESTCREATED" => "request is created",
            "ASSIGNMENTREQUESTAPPROVED" => "request is approved",
            "ASSIGNMENTREQUESTGRANTED" => "assignment is granted",
            "ASSIGNMENTREQUESTREMOVED" => "assignment is removed",
            "ASSIGNMENTFOURTEENDAYSBEFOREEXPIRATION" => "14 days before assignment expires",
            "ASSIGNMENTONEDAYBEFOREEXPIRATION" => "one day before assignment expires",
            _ => extension.Text("stage") ?? "stage not told",
        };
        return $"{when}: {extension.Text("name") ?? extension.Text("id") ?? "a custom extension"}";
    }

    private static bool? Flag(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean() : null;

    private string Approvers(List<JsonElement> approvers)
    {
        var text = string.Join(" or ", approvers.Where(item => !IsBackup(item)).Select(Name));
        if (approvers.Where(IsBackup).Select(Name).ToList() is { Count: > 0 } backup)
            text += $"{(text.Length > 0 ? ", " : string.Empty)}else {string.Join(" or ", backup)}";
        return text;
    }

    private string Stage(JsonElement stage)
    {
        var approvers = stage.List("approvers").Items().ToList();
        var text = Approvers(approvers);
        if (text.Length == 0) text = stage.TryGetProperty("isDynamic", out var dynamic) && dynamic.ValueKind == JsonValueKind.True
            ? "whom a custom extension names" : "nobody";
        if (stage.List("escalationApprovers").Items().Select(Name).ToList() is { Count: > 0 } escalation)
            text += $", then {string.Join(" or ", escalation)}";
        return stage.Number("days") is { } days ? string.Create(CultureInfo.InvariantCulture, $"{text} (within {days} days)") : text;
    }

    private string Name(JsonElement target)
    {
        var (type, id) = (target.Text("type"), target.Text("id"));
        var name = id != null && KindOf(type) is { } kind && named.TryGetValue(kind, out var numbers)
            && numbers.TryGetValue(id, out var number) ? reader.Ref(number)?.Name : null;
        name ??= target.Text("name") ?? id;
        return type switch
        {
            "singleUser" or "singleServicePrincipal" => name ?? "somebody",
            "groupMembers" => $"members of {name}",
            "connectedOrganizationMembers" => $"users of {name}",
            "attributeRuleMembers" => $"users by rule {target.Text("rule") ?? name}",
            "requestorManager" or "targetManager" => target.Number("level") is > 1 and { } level
            ? string.Create(CultureInfo.InvariantCulture, $"manager (level {level})") : "manager",
            "internalSponsors" => "internal sponsors",
            "externalSponsors" => "external sponsors",
            "targetUserSponsors" => "sponsors of the user",
            "targetApplicationOwners" => "owners of the application",
            _ => name == null ? type ?? "somebody" : $"{type} {name}",
        };
    }

    private static bool IsBackup(JsonElement target) =>
        target.TryGetProperty("isBackup", out var value) && value.ValueKind == JsonValueKind.True;

    private static EntityKind? KindOf(string? type) => type switch
    {
        "singleUser" => EntityKind.User,
        "groupMembers" => EntityKind.Group,
        "connectedOrganizationMembers" => EntityKind.ConnectedOrganization,
        "singleServicePrincipal" => EntityKind.ServicePrincipal,
        _ => null,
    };

    private static string? Expiration(EntityState state)
    {
        switch (state.Text(FactNames.ExpirationType))
        {
            case "noExpiration":
                return "no end";
            case "afterDateTime":
                return state.Ticks(FactNames.ExpirationEnd) is { } end
                    ? string.Create(CultureInfo.InvariantCulture, $"on {new DateTime(end, DateTimeKind.Utc):yyyy-MM-dd}") : null;
            case "afterDuration":
                return state.Text(FactNames.ExpirationDuration) is { } text ? $"after {Length(text)}" : null;
            default:
                return null;
        }
    }

    // "90 days" of P90D.
    private static string Length(string duration)
    {
        if (AssignmentSchedule.Duration(duration) is not { } length) return duration;
        return length.Ticks % TimeSpan.TicksPerDay == 0 ? Of(length.TotalDays, "day") : length.Ticks % TimeSpan.TicksPerHour == 0
            ? Of(length.TotalHours, "hour") : duration;

        static string Of(double count, string unit) =>
            string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? string.Empty : "s")}");
    }
}
