using System.Text.Json;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Resources;

/// <summary>Resource assignments that an export (beta) contains, of the users and resources asked for.</summary>
internal sealed class ObservedRoles
{
    private const int ChunkSize = 256;

    private readonly Dictionary<long, List<(ResourceRole Role, List<long> Assignments, string? Status)>> byUser = [];

    /// <summary>Reads them.</summary>
    public ObservedRoles(EntitlementReader reader, AssignmentSelection selection, ResourceAssignmentFilter filter, PackageRoles scopes)
    {
        var some = Candidates(reader, selection, filter);
        foreach (var chunk in some.Chunk(ChunkSize))
        {
            reader.Prefetch(chunk, withStates: true);
            var states = chunk.Where(number => reader.StateOf(number) != null).ToList();
            var ids = states.SelectMany(number => Ids(reader.StateOrGone(number).Json(FactNames.Assignments)));
            var assignments = EntityIds.Numbers(reader.Mirror, EntityKind.Assignment, ids);
            var users = EntityIds.Numbers(reader.Mirror, EntityKind.User,
                states.Select(number => reader.StateOrGone(number).Text(FactNames.Subject)).OfType<string>());
            foreach (var role in scopes.Read(states))
            {
                var state = reader.StateOrGone(role.Scope.Number);
                if (state.Text(FactNames.Subject) is not { } subject || !users.TryGetValue(subject, out var user)) continue;
                var numbers = Ids(state.Json(FactNames.Assignments)).Select(id => assignments.GetValueOrDefault(id))
                    .Where(number => number != 0).ToList();
                if (!byUser.TryGetValue(user, out var list)) byUser.Add(user, list = []);
                list.Add((role, numbers, state.Text(FactNames.Status)));
            }
        }
    }

    /// <summary>Users with a resource assignment that names no assignment.</summary>
    public IEnumerable<long> Users => byUser.Where(pair => pair.Value.Exists(role => role.Assignments.Count == 0)).Select(pair => pair.Key);

    /// <summary>The roles of one user, each with the assignments that give it and its status.</summary>
    public List<(ResourceRole Role, List<long> Assignments, string? Status)> Of(long user) => byUser.GetValueOrDefault(user) ?? [];

    private static IEnumerable<long> Candidates(EntitlementReader reader, AssignmentSelection selection, ResourceAssignmentFilter filter)
    {
        if (filter.Selectors == null) return reader.All(EntityKind.ResourceAssignment);
        // For packages or assignments, only what is assigned is read.
        var users = filter.Selectors.Where(selector => selector is { User: not null, AssignmentId: null, RequestId: null })
            .SelectMany(selector => selection.Users(selector) ?? []).Distinct().ToList();
        return EntityIds.Referring(reader.Mirror, users, EntityKind.ResourceAssignment).SelectMany(group => group).Distinct();
    }

    private static IEnumerable<string> Ids(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String)
        .Select(item => TerminalText.Visible(item.GetString())!) : [];
}
