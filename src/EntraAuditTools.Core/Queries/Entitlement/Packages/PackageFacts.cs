using EntraAuditTools.Core.Eligibility;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Packages;

/// <summary>What is known of some access packages at a time: catalogs, policies, lists; read together.</summary>
internal sealed class PackageFacts
{
    private readonly EntitlementReader reader;
    private readonly EdgeLists lists;
    private readonly Dictionary<long, List<long>> policies = [];
    private readonly Dictionary<string, long> catalogs;

    /// <summary>Reads packages; those that did not exist at the time are left out.</summary>
    public PackageFacts(EntitlementReader reader, IReadOnlyCollection<long> packages)
    {
        this.reader = reader;
        using var transaction = reader.Mirror.BeginRead();
        reader.Prefetch(packages, withStates: true);
        Packages = [.. packages.Where(package => reader.Ref(package) != null && reader.StateOf(package) != null)];
        lists = new(reader, Packages, EdgeRole.PolicyOf, EdgeRole.RoleScope, EdgeRole.IncompatiblePackage, EdgeRole.IncompatibleGroup);
        catalogs = EntityIds.Numbers(reader.Mirror, EntityKind.Catalog,
            Packages.Select(package => reader.StateOrGone(package).Text(FactNames.Catalog)).OfType<string>());
        reader.Prefetch(catalogs.Values, withStates: true);
        ReadPolicies();
        reader.Prefetch(Packages.SelectMany(package =>
            lists[package, EdgeRole.IncompatiblePackage].Targets.Concat(lists[package, EdgeRole.IncompatibleGroup].Targets)),
                withStates: false);
    }

    /// <summary>The packages that exist.</summary>
    public IReadOnlyList<long> Packages { get; }

    /// <summary>A package's catalog; 0 when no export contains it.</summary>
    public long CatalogOf(long package) =>
        reader.StateOrGone(package).Text(FactNames.Catalog) is { } id ? catalogs.GetValueOrDefault(id) : 0;

    /// <summary>A package's policies, by name.</summary>
    public IReadOnlyList<long> PoliciesOf(long package) => policies.GetValueOrDefault(package) ?? [];

    /// <summary>Whether an export contains its policies.</summary>
    public bool PoliciesKnown(long package) =>
        policies.ContainsKey(package) || lists[package, EdgeRole.PolicyOf].IsKnown
            || reader.CompleteExports.Covers(EntityKind.Policy, package);

    /// <summary>One of a package's lists.</summary>
    public EdgeList List(long package, EdgeRole role) => lists[package, role];

    /// <summary>What decides on requests.</summary>
    public RequestPackage ForRules(long package)
    {
        var (entity, state) = (reader.Ref(package)!, reader.StateOrGone(package));
        var catalog = CatalogOf(package) is var number and not 0 ? reader.StateOrGone(number) : null;
        return new RequestPackage
        {
            Id = entity.Id,
            IsHidden = state.Flag(FactNames.IsHidden),
            CatalogState = catalog?.Text(FactNames.State),
            CatalogIsExternallyVisible = catalog?.Flag(FactNames.IsExternallyVisible),
            Policies = PoliciesKnown(package)
            ? [.. PoliciesOf(package).Select(policy => Policies.ForRules(reader.Ref(policy)!, reader.StateOrGone(policy)))] : null,
            IncompatiblePackages = Incompatible(package, EdgeRole.IncompatiblePackage),
            IncompatibleGroups = Incompatible(package, EdgeRole.IncompatibleGroup),
        };
    }

    private List<Incompatible>? Incompatible(long package, EdgeRole role) =>
        lists[package, role] is { IsKnown: true } list
        ? [.. list.Targets.Select(reader.Ref).OfType<EntityRef>().Select(entity => new Incompatible(entity.Id, entity.Name))] : null;

    // A policy names its package, or the package lists it; one that a later complete list lacked is gone.
    private void ReadPolicies()
    {
        var naming = EntityIds.Referring(reader.Mirror, Packages, EntityKind.Policy);
        var listed = Packages.SelectMany(package => lists[package, EdgeRole.PolicyOf].Targets);
        reader.Prefetch(naming.SelectMany(group => group).Concat(listed), withStates: true);
        var dropped = Dropped();
        foreach (var package in Packages)
        {
            var id = reader.Ref(package)!.Id;
            var found = lists[package, EdgeRole.PolicyOf].Targets.Union(naming[package].Where(policy => IsStillOf(policy, package, id)))
                .Where(policy => reader.Ref(policy) != null && reader.StateOf(policy) != null)
                .OrderBy(policy => reader.Ref(policy)!.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(policy => reader.Ref(policy)!.Id, StringComparer.Ordinal)
                .ToList();
            if (found.Count > 0) policies.Add(package, found);
        }

        bool IsStillOf(long policy, long package, string id) =>
            reader.StateOrGone(policy) is var state
                && (state.Text(FactNames.Package) is not { } named || named.Equals(id, StringComparison.OrdinalIgnoreCase))
            && !(dropped.TryGetValue((package, policy), out var since) && !(state.LastSeen > since));
    }

    private Dictionary<(long Package, long Policy), long> Dropped()
    {
        if (Packages.Count == 0) return [];
        var sql = new SqlText();
        sql.Add($"SELECT source, target, max(gone) FROM edge WHERE {sql.In("source", Packages)} AND role = {(int)EdgeRole.PolicyOf} AND "
            + $"gone <= {sql.Bind(reader.Time)} GROUP BY source, target");
        return reader.Mirror.Query(sql, row => (Key: (row.GetInt64(0), row.GetInt64(1)), Gone: row.GetInt64(2)))
            .ToDictionary(pair => pair.Key, pair => pair.Gone);
    }
}
