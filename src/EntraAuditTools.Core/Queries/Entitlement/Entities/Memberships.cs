using EntraAuditTools.Core.Eligibility;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>
/// Of which groups somebody is a member, directly or through other groups. An absence counts only where the lists of members are known to
/// be complete, those of nested groups too.
/// </summary>
internal sealed class Memberships
{
    private readonly EntitlementReader reader;
    private readonly HashSet<long> groups = [];
    private readonly Dictionary<long, (Answer Answer, long Missing)> answers = [];
    private readonly HashSet<long> open = [];
    private EdgeLists? lists;
    private ILookup<long, long>? nested;

    /// <summary>Finds the groups that are known to have the member.</summary>
    public Memberships(EntitlementReader reader, IReadOnlyCollection<long> member)
    {
        this.reader = reader;
        var next = member;
        while (next.Count > 0) next = [.. SourcesOf(next).Where(groups.Add)];
    }

    /// <summary>Whether somebody is a member of a group, by its id.</summary>
    public Finding Of(string groupId)
    {
        var number = reader.Ref(EntityKind.Group, groupId)?.Number ?? 0;
        if (number == 0)
            return Finding.Unknown($"no export tells the members of group {groupId} (export groups/{groupId}/transitiveMembers)");
        var label = Label(number);
        var (answer, missing) = Of(number);
        return answer switch
        {
            Answer.Yes => Finding.Yes($"is a member of group {label}"),
            Answer.No => Finding.No($"is not a member of group {label}"),
            _ when missing == number =>
                Finding.Unknown(
                    $"the members of group {label} are not all known (export groups/{groupId}/transitiveMembers with {Caller.Option("Complete")})"),
            _ => Finding.Unknown($"the members of group {Label(missing)} in group {label} are not all known (export "
                + $"groups/{groupId}/transitiveMembers with {Caller.Option("Complete")})"),
        };
    }

    /// <summary>The members of a group that are known, also those of groups in it.</summary>
    public static HashSet<long> MembersOf(EntitlementReader reader, long group)
    {
        var found = new HashSet<long>();
        IReadOnlyCollection<long> next = [group];
        while (next.Count > 0)
        {
            var sql = new SqlText();
            sql.Add($"""
                SELECT DISTINCT e.target, x.kind FROM edge e JOIN entity x ON x.id = e.target
                WHERE {sql.In("e.source", next)} AND e.role IN ({(int)EdgeRole.Member}, {(int)EdgeRole.TransitiveMember})
                    AND {EdgeTime.Condition(sql, reader.Time)}
                """);
            next = [.. reader.Mirror.Query(sql, row => (Number: row.GetInt64(0), Kind: (EntityKind)row.GetInt64(1))).ToList()
                .Where(pair => found.Add(pair.Number) && pair.Kind == EntityKind.Group).Select(pair => pair.Number)];
        }

        return found;
    }

    private (Answer Answer, long Missing) Of(long group)
    {
        if (groups.Contains(group)) return (Answer.Yes, 0);
        if (answers.TryGetValue(group, out var known)) return known;
        // Groups can be in each other: the one asked first decides.
        if (!open.Add(group)) return (Answer.No, 0);
        var answer = FromLists(group);
        open.Remove(group);
        if (open.Count == 0 || answer.Answer == Answer.Unknown) answers[group] = answer;
        return answer;
    }

    private (Answer Answer, long Missing) FromLists(long group)
    {
        LoadLists();
        if (lists![group, EdgeRole.TransitiveMember].IsComplete) return (Answer.No, 0);
        if (!lists[group, EdgeRole.Member].IsComplete) return (Answer.Unknown, group);
        foreach (var inner in nested![group])
        {
            var nested = Of(inner);
            if (nested.Answer != Answer.No) return nested;
        }

        return (Answer.No, 0);
    }

    // Only which lists were exported completely, and which groups are in groups: the members themselves can be very many.
    private void LoadLists()
    {
        if (lists != null) return;
        var sql = new SqlText();
        sql.Add($"SELECT e.source, e.target FROM entity x JOIN edge e ON e.target = x.id AND e.role = {(int)EdgeRole.Member} WHERE "
            + $"x.kind = {(int)EntityKind.Group} AND {EdgeTime.Condition(sql, reader.Time)}");
        nested = reader.Mirror.Query(sql, row => (Group: row.GetInt64(0), Inner: row.GetInt64(1)))
            .ToLookup(pair => pair.Group, pair => pair.Inner);
        lists = EdgeLists.WithoutItems(reader, EdgeRole.Member, EdgeRole.TransitiveMember);
    }

    private List<long> SourcesOf(IReadOnlyCollection<long> targets)
    {
        var sql = new SqlText();
        sql.Add($"SELECT DISTINCT e.source FROM edge e INDEXED BY edge_target WHERE {sql.In("e.target", targets)} AND e.role IN "
            + $"({(int)EdgeRole.Member}, {(int)EdgeRole.TransitiveMember}) AND {EdgeTime.Condition(sql, reader.Time)}");
        return [.. reader.Mirror.Query(sql, row => row.GetInt64(0))];
    }

    private string Label(long group) => $"\"{reader.Ref(group)?.Name ?? reader.Ref(group)?.Id}\"";
}
