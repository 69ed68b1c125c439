using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>
/// Counts objects that an export contains without what they belong to: assignments without their user or package, policies and roles
/// without their package, members without their group. They are taken in, but answer little: the result says what is missing, and which
/// export would bring it. What the mirror knows from an earlier export is not missing, nor what another file of the same import brings.
/// </summary>
internal sealed class MissingLinks(Dimensions dimensions)
{
    // Each is looked up in the mirror: beyond so many the answer is clear.
    private const int MaxLookUps = 20_000;

    private static readonly Dictionary<EntityKind, Needs> ByKind = new()
    {
        [EntityKind.Assignment] = new("assignment", "whose {0}", "of which access package",
            "$expand=target,accessPackage,assignmentPolicy"),
        [EntityKind.Request] = new("request", "whose {0}", "for which access package", "$expand=requestor,accessPackage,assignment"),
        [EntityKind.Policy] = new("policy", null, "of which access package {0}", "$expand=accessPackage,catalog"),
        [EntityKind.ResourceRoleScope] =
            new("resource role", "of which resource {0}", "of which access package",
                "accessPackages?$expand=resourceRoleScopes($expand=role,scope)"),
        [EntityKind.ResourceAssignment] =
            new("resource assignment", "whose {0}", null,
                "$expand=accessPackageSubject,accessPackageResourceRole,accessPackageResourceScope"),
    };

    private readonly List<Lacking> lacking = [];
    // Those beyond, which nothing would be looked up of.
    private readonly SortedDictionary<EntityKind, Counts> beyond = [];
    private readonly SortedDictionary<EntityKind, long> members = [];
    private int lookUps;

    private sealed class Counts
    {
        public long Objects;
        public long Subjects;
        public long Packages;

        /// <summary>Adds an object that lacks one or both.</summary>
        public void Add(bool noSubject, bool noPackage)
        {
            Objects++;
            if (noSubject) Subjects++;
            if (noPackage) Packages++;
        }

        /// <summary>Adds others.</summary>
        public void Add(Counts other)
        {
            Objects += other.Objects;
            Subjects += other.Subjects;
            Packages += other.Packages;
        }
    }

    /// <param name="Kind">What it is.</param>
    /// <param name="Id">Its id.</param>
    /// <param name="NoSubject">Whether it does not name its subject.</param>
    /// <param name="NoPackage">Whether it does not say of its package.</param>
    private readonly record struct Lacking(EntityKind Kind, string Id, bool NoSubject, bool NoPackage);

    /// <param name="Noun">What one is called.</param>
    /// <param name="Subject">The name of its subject, when that is needed; else null.</param>
    /// <param name="Package">The name of its package, when that is needed; else null.</param>
    /// <param name="Export">The export that would bring it.</param>
    private sealed record Needs(string Noun, string? Subject, string? Package, string Export);

    /// <summary>Looks at the observation that a record of Graph's makes.</summary>
    /// <param name="entity">The observation.</param>
    /// <param name="isOfList">Whether it comes from a list of directory objects that does not say whose it is.</param>
    public void Look(EntityObservation entity, bool isOfList)
    {
        if (isOfList && entity is { Parent: null, NamedParent: null }
            && entity.Kind is EntityKind.User or EntityKind.Group or EntityKind.ServicePrincipal)
        {
            members[entity.Kind] = members.GetValueOrDefault(entity.Kind) + 1;
            return;
        }

        if (!ByKind.TryGetValue(entity.Kind, out var needs)) return;
        var noSubject = needs.Subject != null && !HasSubject(entity);
        var noPackage = needs.Package != null && !HasPackage(entity);
        if (!noSubject && !noPackage) return;
        if (lacking.Count < MaxLookUps) lacking.Add(new(entity.Kind, entity.Id, noSubject, noPackage));
        else CountsOf(beyond, entity.Kind).Add(noSubject, noPackage);
    }

    /// <summary>What to say when all files are in: another one may have brought what this one lacks.</summary>
    public IEnumerable<string> Describe()
    {
        var counts = new SortedDictionary<EntityKind, Counts>();
        lookUps = 0;
        foreach (var (kind, count) in beyond) CountsOf(counts, kind).Add(count);
        foreach (var lack in lacking)
        {
            var (noSubject, noPackage) = (lack.NoSubject && !IsSubjectKnown(lack.Kind, lack.Id),
                lack.NoPackage && !IsPackageKnown(lack.Kind, lack.Id));
            if (!noSubject && !noPackage) continue;
            CountsOf(counts, lack.Kind).Add(noSubject, noPackage);
        }

        return counts.Select(pair => Describe(ByKind[pair.Key], pair.Value));
    }

    /// <summary>What to say of members, which no other file explains.</summary>
    public IEnumerable<string> DescribeMembers()
    {
        if (members.Count == 0) yield break;
        var list = string.Join(" and ", members.Select(pair => Quantity(pair.Value, EntityKinds.Label(pair.Key))));
        yield return $"{list} {(members.Values.Sum() == 1 ? "comes" : "come")} from a list of directory objects that does not say whose "
            + $"it is. If these are members: members of which group? Give {Caller.Option("Group")}, and import it again.";
    }

    private static Counts CountsOf(SortedDictionary<EntityKind, Counts> counts, EntityKind kind)
    {
        if (!counts.TryGetValue(kind, out var count)) counts.Add(kind, count = new());
        return count;
    }

    private static string Describe(Needs needs, Counts count)
    {
        var pronoun = count.Objects == 1 ? "it is" : "they are";
        var what = new List<string>();
        if (count.Subjects > 0) what.Add(
            Of(count.Subjects, count.Objects) + string.Format(System.Globalization.CultureInfo.InvariantCulture, needs.Subject!, pronoun));
        if (count.Packages > 0) what.Add(
            Of(count.Packages, count.Objects) + string.Format(System.Globalization.CultureInfo.InvariantCulture, what.Count == 0
                && !needs.Package!.Contains('{', StringComparison.Ordinal) ? needs.Package + " {0}" : needs.Package!, pronoun));
        var hint = count.Packages > 0 ? $", or say of which package with {Caller.Option("AccessPackage")}" : string.Empty;
        return $"{Quantity(count.Objects, needs.Noun)} {(count.Objects == 1 ? "does" : "do")} not tell {string.Join(", nor ", what)}: "
            + $"export {(count.Objects == 1 ? "it" : "them")} with {needs.Export} (cmdlets: -ExpandProperty){hint}.";
    }

    private static string Of(long some, long all) => some == all ? string.Empty : $"({some} of them) ";

    private static string Quantity(long count, string noun) =>
        count == 1 ? $"1 {noun}" : $"{count} {(noun.EndsWith('y') ? $"{noun[..^1]}ies" : $"{noun}s")}";

    private bool HasSubject(EntityObservation entity) => entity.Kind == EntityKind.ResourceRoleScope
        ? entity.Link(FactNames.Resource) != null || IsSubjectKnown(entity.Kind, entity.Id)
        : entity.Link(FactNames.Subject) != null || entity.Has(FactNames.SubjectId) || IsSubjectKnown(entity.Kind, entity.Id);

    private bool HasPackage(EntityObservation entity) =>
        entity.Link(FactNames.Package) != null || entity.Parent != null || entity.NamedParent != null
            || IsPackageKnown(entity.Kind, entity.Id);

    private bool IsSubjectKnown(EntityKind kind, string id) =>
        IsKnown(kind, id, kind == EntityKind.ResourceRoleScope ? FactNames.Resource : FactNames.Subject);

    private bool IsPackageKnown(EntityKind kind, string id) =>
        kind == EntityKind.ResourceRoleScope ? lookUps++ < MaxLookUps && dimensions.IsListed(kind, id, EdgeRole.RoleScope)
        : IsKnown(kind, id, FactNames.Package);

    private bool IsKnown(EntityKind kind, string id, string fact) => lookUps++ < MaxLookUps && dimensions.IsFactKnown(kind, id, fact);
}
