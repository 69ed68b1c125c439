using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>Makes the objects that questions about assignments return.</summary>
/// <param name="shared">Reads packages, policies and catalogs, which many assignments share.</param>
internal sealed class AssignmentObjects(EntitlementReader shared)
{
    private readonly OriginalSource originals = new(shared.Mirror.Path);
    private readonly Dictionary<long, EntitlementReference?> references = [];

    /// <summary>The objects of some assignments, in their order; those that did not exist yet are left out.</summary>
    /// <param name="rows">The assignments: a few hundred at a time.</param>
    /// <param name="trail">What the audit trail contains about them.</param>
    /// <param name="reader">Reads what only they need.</param>
    public IEnumerable<(AssignmentRow Row, AccessPackageAssignment Shown)> Of(IReadOnlyList<AssignmentRow> rows,
        Dictionary<long, TrailAssignment> trail, EntitlementReader reader)
    {
        reader.Prefetch(rows);
        reader.Prefetch(rows.Select(row => row.Subject), withStates: true);
        shared.Prefetch(rows.SelectMany(row => new[] { row.Package, row.Policy, row.Catalog }), withStates: false);
        var requests = Requests(rows, reader);
        var subjects = new Subjects(reader);
        foreach (var row in rows)
        {
            if (AssignmentReading.WithState(row, trail.GetValueOrDefault(row.Entity), reader) is not var (known, state)) continue;
            yield return (row, Show(row, known, state, subjects, requests.GetValueOrDefault(row.Entity), reader));
        }
    }

    /// <summary>An assignment that only the audit trail contains, at the reader's time.</summary>
    public AccessPackageAssignment OfTrail(TrailAssignment trail, EntitlementReader reader)
    {
        var at = AssignmentAt.OfTrail(trail, reader.Time)!.Value;
        var package = shared.Ref(EntityKind.AccessPackage, trail.PackageId);
        var user = shared.Ref(EntityKind.User, trail.UserId);
        var path = shared.Mirror.Path;
        return new AccessPackageAssignment(() => EntityEvidence.Read(path, []), () => "{}")
        {
            User = user != null ? new Subjects(reader).Of(user.Number) : AuditedNames.User(shared.Mirror, trail.UserId),
            AccessPackage = package?.ToReference() ?? AuditedNames.Reference(shared.Mirror, trail.PackageId),
            Policy = shared.Ref(EntityKind.Policy, trail.PolicyId)?.ToReference() ?? AuditedNames.Reference(shared.Mirror, trail.PolicyId),
            Catalog = Reference(CatalogOf(package?.Number ?? 0, shared)),
            State = at.State,
            Start = Time(at.Start),
            End = Time(at.End),
            EndKnown = at.EndKnown,
            EndedAt = Time(at.EndedAt),
            AssignmentId = trail.AssignmentId,
            RequestId = trail.RequestId,
            Source = at.Source,
        };
    }

    /// <summary>A package, policy or catalog as objects refer to it; null for number 0.</summary>
    public EntitlementReference? Reference(long number)
    {
        if (references.TryGetValue(number, out var known)) return known;
        var reference = shared.Ref(number)?.ToReference();
        references.Add(number, reference);
        return reference;
    }

    /// <summary>The catalog of a package at the time asked for; 0 when no export contains it.</summary>
    public static long CatalogOf(long package, EntitlementReader reader)
    {
        if (package == 0 || reader.StateOrGone(package).Text(FactNames.Catalog) is not { } id) return 0;
        return reader.Ref(EntityKind.Catalog, id)?.Number ?? 0;
    }

    private AccessPackageAssignment Show(AssignmentRow row, KnownAssignment known, EntityState state, Subjects subjects,
        string? request, EntitlementReader reader)
    {
        var reference = reader.Ref(row.Entity);
        var (facts, at) = (known.Facts, known.At);
        var current = state.Richest;
        var (entity, path) = (row.Entity, shared.Mirror.Path);
        return new AccessPackageAssignment(() => EntityEvidence.Read(path, [entity]), () => Original(current))
        {
            User = subjects.Of(facts.Subject != 0 ? facts.Subject : row.Subject) ?? PortalLinks.Subject(state),
            AccessPackage = Reference(facts.Package) ?? PortalLinks.Reference(state, FactNames.PackageName),
            Policy = Reference(facts.Policy) ?? PortalLinks.Reference(state, FactNames.PolicyName),
            Catalog = Reference(facts.Catalog != 0 ? facts.Catalog : CatalogOf(facts.Package, shared)),
            State = at.State,
            Status = state.Text(FactNames.Status),
            Start = Time(at.Start),
            End = Time(at.End),
            EndKnown = at.EndKnown,
            EndedAt = Time(at.EndedAt),
            AssignmentId = row.IsPortal ? null : reference?.Id,
            RequestId = state.Text(FactNames.Request) ?? request ?? known.Trail?.RequestId,
            Source = at.Source,
            Disagreement = at.Disagreement,
            ObservedAt = at.Source == AssignmentAt.NotInCompleteExport ? Time(facts.Gone) : Time(state.LastObserved),
            ObservedAtAssumed = current?.IsAssumed ?? false,
            StateAssumed = reader.AsOf != null && IsByFileTime(row, at, state),
            TenantId = reference == null ? null : shared.Term(reference.Tenant),
        };
    }

    // A start, an end or an event says when; of several exports that say different things, and of an absence, the export's own time does.
    private static bool IsByFileTime(AssignmentRow row, in AssignmentAt at, EntityState state) =>
        at.Source == AssignmentAt.NotInCompleteExport ? state.IsGoneAssumed
        : at.Source != AssignmentAt.AuditLog && at.EndedAt == null && state.IsBegunByFileTime && (row.Versions > 1 || at.Start == null);

    private string Original(StoredState? current) =>
        current is { Block: > 0 } state ? originals.ReadText(state.Block, state.Slot, showSecret: false) : "{}";

    // The request that led to an assignment: the first that asked to add it.
    private static Dictionary<long, string> Requests(IReadOnlyList<AssignmentRow> rows, EntitlementReader reader)
    {
        var naming = EntityIds.Referring(reader.Mirror, [.. rows.Select(row => row.Entity)], EntityKind.Request);
        reader.Prefetch(naming.SelectMany(group => group), withStates: true);
        var found = new Dictionary<long, string>();
        foreach (var assignment in naming)
        {
            var request = assignment
                .Select(number => (Number: number, State: reader.StateOrGone(number)))
                .Where(pair => pair.State.Text(FactNames.RequestType) is not { } type || type.EndsWith("Add", StringComparison.Ordinal))
                .OrderBy(pair => pair.State.Ticks(FactNames.Created) ?? long.MaxValue)
                .ThenBy(pair => reader.Ref(pair.Number)!.Id, StringComparer.Ordinal)
                .FirstOrDefault();
            if (request.Number != 0) found.Add(assignment.Key, reader.Ref(request.Number)!.Id);
        }

        return found;
    }

    private static DateTimeOffset? Time(long? ticks) => ticks is { } known ? UtcTime.Of(known) : null;
}
