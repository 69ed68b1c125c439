using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Conflicts;

/// <summary>
/// What no export says of what must not go together: without it "no conflicts" does not mean that there are none.
/// </summary>
internal static class ConflictKnowledge
{
    private const int MostNamed = 5;

    /// <summary>What is missing, a sentence each; nothing where all is known, or only other conflicts are asked for.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="kinds">Kinds of conflict; wildcards; null for all.</param>
    public static IEnumerable<string> Missing(MirrorReader mirror, IReadOnlyList<string>? kinds)
    {
        bool Wanted(string kind) => kinds is not { Count: > 0 } || kinds.Any(pattern => new WildcardText(pattern).IsMatch(kind));
        var (packages, groups) = (Wanted("IncompatibleAccessPackage"), Wanted("IncompatibleGroup"));
        if ((!packages && !groups) || mirror.SchemaVersion < EntitySchema.Since) yield break;
        var reader = new EntitlementReader(mirror, null);
        var all = reader.All(EntityKind.AccessPackage);
        if (all.Count == 0)
        {
            yield return "The mirror holds no access packages: \"no rows\" does not mean that nobody holds what must not go together.";
            yield break;
        }

        var listed = WithList(mirror, EdgeRole.IncompatiblePackage, EdgeRole.IncompatibleGroup);
        reader.Prefetch(all, withStates: true);
        var silent = all.Where(number => !listed.Contains(number) && reader.StateOf(number) != null).ToList();
        if (silent.Count > 0)
            yield return $"Of {silent.Count:N0} of {all.Count:N0} access packages no export says what must not go together with them: "
                + $"{Names(reader, silent)}. Exports with $expand=incompatibleAccessPackages,incompatibleGroups do.";
        if (groups && Unlisted(mirror) is { Count: > 0 } unknown)
            yield return $"No export has the members of {Names(reader, unknown)}, who must not hold some access packages: "
                + $"import the group's members ({Caller.Option("Group")} names it).";
    }

    private static HashSet<long> WithList(MirrorReader mirror, params EdgeRole[] roles)
    {
        var sql = new SqlText("SELECT DISTINCT source FROM edge_list WHERE ");
        return [.. mirror.Query(sql.Add(sql.In("role", [.. roles.Select(role => (long)role)])), row => row.GetInt64(0))];
    }

    private static List<long> Unlisted(MirrorReader mirror)
    {
        var listed = WithList(mirror, EdgeRole.Member, EdgeRole.TransitiveMember);
        return [.. mirror.Query($"SELECT DISTINCT target FROM edge WHERE role = {(int)EdgeRole.IncompatibleGroup} AND gone IS NULL",
            row => row.GetInt64(0)).Where(group => !listed.Contains(group))];
    }

    private static string Names(EntitlementReader reader, List<long> numbers)
    {
        reader.Prefetch(numbers, withStates: false);
        var names = numbers.Take(MostNamed).Select(reader.Ref).OfType<EntityRef>().Select(entity => entity.Name ?? entity.Id);
        return TerminalText.Line(string.Join(", ", names))
            + (numbers.Count > MostNamed ? $" and {numbers.Count - MostNamed:N0} more" : string.Empty);
    }
}
