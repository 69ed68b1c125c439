using System.Text.Json;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>One of the users or groups that a policy names: v1.0 <c>subjectSet</c>, beta <c>userSet</c>.</summary>
/// <param name="Type">Its kind, without namespace: <c>groupMembers</c>; null when not given.</param>
/// <param name="Id">Id of the user, group, connected organization or service principal; null for kinds without.</param>
/// <param name="Name">The description, which usually is a name.</param>
/// <param name="Level">Of managers, from 1; null for other kinds.</param>
/// <param name="Rule">Membership rule; null for other kinds.</param>
/// <param name="IsBackup">Whether it is a fallback approver.</param>
internal sealed record SubjectSet(string? Type, string? Id, string? Name, int? Level, string? Rule, bool IsBackup)
{
    private const string Manager = "Manager";

    /// <summary>Reads a set. Where v1.0 has <c>userId</c>, <c>groupId</c>…, beta has <c>id</c>.</summary>
    public static SubjectSet Of(in RecordNode set, bool isBackup)
    {
        var id = set.Id(P.UserId, P.GroupId) ?? set.Id(P.ConnectedOrganizationId, P.ServicePrincipalId) ?? set.Id(P.Id);
        var rule = set.Text(P.MembershipRule);
        var level = set.Number(P.ManagerLevel);
        var type = ODataTypes.Plain(set.Text(P.ODataType))
            ?? (set.HasValue(P.UserId) ? "singleUser"
                : set.HasValue(P.GroupId) ? "groupMembers"
                : set.HasValue(P.ConnectedOrganizationId) ? "connectedOrganizationMembers"
                : set.HasValue(P.ServicePrincipalId) ? "singleServicePrincipal"
                : rule != null ? "attributeRuleMembers" : null);
        // Beta does not say the level of a requestor's manager: it is the first.
        if (type?.EndsWith(Manager, StringComparison.Ordinal) == true) level ??= 1;
        return new(type, id, set.Text(P.Description), level, rule, isBackup || set.Bool(P.IsBackup) == true);
    }

    /// <summary>Reads lists of them as one, in an order that does not depend on the export's; null when all are null.</summary>
    public static List<SubjectSet>? Of(IEnumerable<RecordNode>? sets, IEnumerable<RecordNode>? fallbacks = null)
    {
        if (sets == null && fallbacks == null) return null;
        var all = new List<SubjectSet>();
        foreach (var set in sets ?? []) all.Add(Of(set, isBackup: false));
        foreach (var set in fallbacks ?? []) all.Add(Of(set, isBackup: true));
        all.Sort(static (a, b) => a.CompareTo(b));
        return all;
    }

    /// <summary>Writes the properties of one.</summary>
    public static void Write(Utf8JsonWriter json, SubjectSet set)
    {
        if (set.Type != null) json.WriteString("type", set.Type);
        if (set.Id != null) json.WriteString("id", set.Id);
        if (set.Name != null) json.WriteString("name", set.Name);
        if (set.Level is { } level) json.WriteNumber("level", level);
        if (set.Rule != null) json.WriteString("rule", set.Rule);
        if (set.IsBackup) json.WriteBoolean("isBackup", true);
    }

    private int CompareTo(SubjectSet other)
    {
        var order = IsBackup.CompareTo(other.IsBackup);
        if (order == 0) order = string.CompareOrdinal(Type, other.Type);
        if (order == 0) order = string.CompareOrdinal(Id, other.Id);
        if (order == 0) order = Nullable.Compare(Level, other.Level);
        if (order == 0) order = string.CompareOrdinal(Rule, other.Rule);
        return order == 0 ? string.CompareOrdinal(Name, other.Name) : order;
    }
}
