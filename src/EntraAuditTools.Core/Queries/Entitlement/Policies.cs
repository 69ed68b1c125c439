using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Core.Entitlement;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Mirror.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement;

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
            foreach (var target in policy.Json(FactNames.Targets).Items().Concat(policy.Json(FactNames.ApprovalStages).Items().SelectMany(stage => stage.List("approvers").Items().Concat(stage.List("escalationApprovers").Items()))))
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
        var targets = state.Json(FactNames.Targets);
        return new RequestPolicy
        {
            Id = policy.Id,
            Name = policy.Name,
            Scope = state.Text(FactNames.Scope),
            Targets = targets.ValueKind == JsonValueKind.Array ? [.. targets.Items().Select(target => new RequestTarget(target.Text("type") ?? "unknown", target.Text("id"), target.Text("name")))] : null,
            AcceptsRequests = state.Flag(FactNames.AcceptsRequests),
            IsAutomatic = state.Flag(FactNames.IsAutomatic),
            EndsOn = state.Text(FactNames.ExpirationType) == "afterDateTime" && state.Ticks(FactNames.ExpirationEnd) is { } end ? UtcTime.Of(end) : null,
            ApprovalRequired = state.Flag(FactNames.ApprovalRequired),
        };
    }

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
    };

    private string Stage(JsonElement stage)
    {
        var approvers = stage.List("approvers").Items().ToList();
        var text = string.Join(" or ", approvers.Where(one => !IsBackup(one)).Select(Name));
        if (approvers.Where(IsBackup).Select(Name).ToList() is { Count: > 0 } backup) text += $"{(text.Length > 0 ? ", " : string.Empty)}else {string.Join(" or ", backup)}";
        if (text.Length == 0) text = stage.TryGetProperty("isDynamic", out var dynamic) && dynamic.ValueKind == JsonValueKind.True ? "whom a custom extension names" : "nobody";
        if (stage.List("escalationApprovers").Items().Select(Name).ToList() is { Count: > 0 } escalation) text += $", then {string.Join(" or ", escalation)}";
        return stage.Number("days") is { } days ? string.Create(CultureInfo.InvariantCulture, $"{text} (within {days} days)") : text;
    }

    private string Name(JsonElement target)
    {
        var (type, id) = (target.Text("type"), target.Text("id"));
        var name = id != null && KindOf(type) is { } kind && named.TryGetValue(kind, out var numbers) && numbers.TryGetValue(id, out var number) ? reader.Ref(number)?.Name : null;
        name ??= target.Text("name") ?? id;
        return type switch
        {
            "singleUser" or "singleServicePrincipal" => name ?? "somebody",
            "groupMembers" => $"members of {name}",
            "connectedOrganizationMembers" => $"users of {name}",
            "attributeRuleMembers" => $"users by rule {target.Text("rule") ?? name}",
            "requestorManager" or "targetManager" => target.Number("level") is > 1 and { } level ? string.Create(CultureInfo.InvariantCulture, $"manager (level {level})") : "manager",
            "internalSponsors" => "internal sponsors",
            "externalSponsors" => "external sponsors",
            "targetUserSponsors" => "sponsors of the user",
            _ => name == null ? type ?? "somebody" : $"{type} {name}",
        };
    }

    private static bool IsBackup(JsonElement target) => target.TryGetProperty("isBackup", out var value) && value.ValueKind == JsonValueKind.True;

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
                return state.Ticks(FactNames.ExpirationEnd) is { } end ? string.Create(CultureInfo.InvariantCulture, $"on {new DateTime(end, DateTimeKind.Utc):yyyy-MM-dd}") : null;
            case "afterDuration":
                var text = state.Text(FactNames.ExpirationDuration);
                if (AssignmentSchedule.Duration(text) is not { } length) return text == null ? null : $"after {text}";
                return length.Ticks % TimeSpan.TicksPerDay == 0 ? After(length.TotalDays, "day") : length.Ticks % TimeSpan.TicksPerHour == 0 ? After(length.TotalHours, "hour") : $"after {text}";
            default:
                return null;
        }

        static string After(double count, string unit) => string.Create(CultureInfo.InvariantCulture, $"after {count} {unit}{(count == 1 ? string.Empty : "s")}");
    }
}
