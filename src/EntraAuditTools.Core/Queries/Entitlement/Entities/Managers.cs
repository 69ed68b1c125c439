using EntraAuditTools.Core.Eligibility;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>Who manages whom: from users with their manager, and from lists of direct reports.</summary>
internal sealed class Managers(EntitlementReader reader)
{
    /// <summary>How far policies can go (Graph <c>targetManager.managerLevel</c>: "between 1 and 4").</summary>
    public const int MaxLevel = 4;

    /// <summary>Whether an export contains any manager.</summary>
    public bool AreKnown => reader.Mirror.Query(
        $"SELECT EXISTS (SELECT 1 FROM edge WHERE role = {(int)EdgeRole.DirectReport}) OR EXISTS (SELECT 1 FROM entity e JOIN "
            + $"entity_state s ON s.entity = e.id WHERE e.kind = {(int)EntityKind.User} AND json_extract(s.facts, '$.{FactNames.Manager}') IS NOT NULL)",
        row => row.GetInt64(0) != 0).First();

    /// <summary>Whether one manages another, directly or over so many levels.</summary>
    public Finding Manages(long manager, long user, int levels)
    {
        var at = user;
        for (var level = 1; level <= levels; level++)
        {
            var above = ManagersOf(at);
            if (above.Count == 0) return Finding.Unknown(
                $"no export tells the manager of {reader.Ref(at)?.Name ?? reader.Ref(at)?.Id} (export users with $expand=manager)");
            if (above.Contains(manager)) return Finding.Yes(level == 1 ? "is the manager" : $"is the manager at level {level}");
            at = above[0];
        }

        return Finding.No("is not the manager");
    }

    /// <summary>The people whom a manager manages, directly or over others.</summary>
    public HashSet<long> ReportsOf(long manager)
    {
        var found = new HashSet<long>();
        IReadOnlyCollection<long> next = [manager];
        for (var level = 1; level <= MaxLevel && next.Count > 0; level++)
            next = [.. next.SelectMany(DirectReports).Distinct().Where(found.Add)];
        found.Remove(manager);
        return found;
    }

    private IEnumerable<long> DirectReports(long manager) =>
        reader.Referring(manager, EntityKind.User).Concat(reader.Edges(manager, EdgeRole.DirectReport).Targets).Distinct()
        .Where(user => ManagersOf(user).Contains(manager));

    // The user's own record counts before a list that contains the user.
    private IReadOnlyList<long> ManagersOf(long user)
    {
        if (reader.StateOrGone(user).Text(FactNames.Manager) is { } id)
            return reader.Ref(EntityKind.User, id) is { } manager ? [manager.Number] : [];
        return reader.Sources(user, EdgeRole.DirectReport);
    }
}
