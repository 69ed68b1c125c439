using EntraAuditTools.Core.Eligibility;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Packages;

/// <summary>Makes the objects that questions about access packages return, some hundred at a time.</summary>
internal sealed class PackageObjects
{
    private readonly EntitlementReader reader;
    private readonly PackageFacts facts;
    private readonly ResourceRoles roles;
    private readonly Policies policies;
    private readonly OriginalSource originals;
    private readonly Dictionary<long, (RecordList<AccessPackageResourceRole> Roles, RecordList<AccessPackagePolicy> Policies)> parts = [];

    /// <summary>Makes ready for some of the packages.</summary>
    /// <param name="reader">Reads what all packages share.</param>
    /// <param name="roleReader">Reads what only these packages need.</param>
    /// <param name="facts">What is known of the packages.</param>
    /// <param name="some">A few hundred of them.</param>
    public PackageObjects(EntitlementReader reader, EntitlementReader roleReader, PackageFacts facts, IReadOnlyCollection<long> some)
    {
        this.reader = reader;
        this.facts = facts;
        using var transaction = reader.Mirror.BeginRead();
        originals = new(reader.Mirror.Path);
        roles = new(roleReader);
        roles.Prepare([.. some.SelectMany(package => facts.List(package, EdgeRole.RoleScope).Targets)]);
        policies = new(reader, some.SelectMany(facts.PoliciesOf).Select(reader.StateOrGone));
    }

    /// <summary>A package, and for a user what was decided.</summary>
    /// <param name="package">One of those made ready for.</param>
    /// <param name="user">The user asked for; null for none.</param>
    /// <param name="decision">Whether the user can request it; null for no user.</param>
    /// <param name="assignment">The user's assignment; null for none.</param>
    /// <param name="requestedBy">Who asks for the user; null where the user does.</param>
    /// <param name="visibility">Whether the user finds it in My Access; null for no user.</param>
    public AccessPackage Show(long package, EntitlementSubject? user, RequestDecision? decision, AccessPackageAssignment? assignment,
        EntitlementSubject? requestedBy = null, Finding? visibility = null)
    {
        var (entity, state) = (reader.Ref(package)!, reader.StateOrGone(package));
        var current = state.Richest;
        var path = reader.Mirror.Path;
        if (!parts.TryGetValue(package, out var part)) parts.Add(package, part = (Roles(package), PoliciesOf(package)));
        return new AccessPackage(() => EntityEvidence.Read(path, [package]), () => current is { Block: > 0 }
            ? originals.ReadText(current.Block, current.Slot, showSecret: false) : "{}")
        {
            DisplayName = entity.Name,
            CanRequest = decision?.Answer.ToString(),
            Reason = decision?.Reason,
            ApprovalRequired = decision == null ? null : Approval(decision.Answer, decision.Policy),
            Policy = Reference(decision?.Policy),
            User = user,
            RequestedBy = requestedBy,
            VisibleInMyAccess = visibility?.Answer.ToString(),
            VisibilityReason = visibility?.Reason,
            Catalog = reader.Ref(facts.CatalogOf(package))?.ToReference(),
            Description = state.Text(FactNames.Description),
            IsHidden = state.Flag(FactNames.IsHidden),
            Created = Time(state.Ticks(FactNames.Created)),
            Modified = Time(state.Ticks(FactNames.Modified)),
            AccessPackageId = entity.Id,
            TenantId = reader.Term(entity.Tenant),
            ObservedAt = Time(state.LastObserved),
            ObservedAtAssumed = current?.IsAssumed ?? false,
            Assignment = assignment,
            ResourceRoles = part.Roles,
            ResourceRolesKnown = facts.List(package, EdgeRole.RoleScope).IsKnown,
            Policies = part.Policies,
            PoliciesKnown = facts.PoliciesKnown(package),
            IncompatibleAccessPackages = References(package, EdgeRole.IncompatiblePackage),
            IncompatibleGroups = References(package, EdgeRole.IncompatibleGroup),
            Decisions = new([.. decision?.Decisions.Select(judged =>
                new AccessPackageRequestDecision { Policy = Reference(judged.Policy), CanRequest = judged.Answer.ToString(),
                    ApprovalRequired = Approval(judged.Answer, judged.Policy), Reason = judged.Reason }) ?? []]),
        };
    }

    private RecordList<AccessPackageResourceRole> Roles(long package) => new([.. facts.List(package, EdgeRole.RoleScope).Targets
        .Select(roles.Of).OfType<ResourceRole>()
        .OrderBy(role => role.Shown.DisplayName ?? role.Shown.Url ?? role.Shown.Id, StringComparer.OrdinalIgnoreCase)
        .ThenBy(role => role.Role, StringComparer.OrdinalIgnoreCase).ThenBy(role => role.Scope.Id, StringComparer.Ordinal)
        .Select(role => new AccessPackageResourceRole { Role = role.Role, Resource = role.Shown, Id = role.Scope.Id })]);

    private RecordList<AccessPackagePolicy> PoliciesOf(long package) =>
        new([.. facts.PoliciesOf(package).Select(policy => policies.Show(reader.Ref(policy)!, reader.StateOrGone(policy)))]);

    private RecordList<EntitlementReference> References(long package, EdgeRole role) => new([.. facts.List(package, role).Targets
        .Select(reader.Ref).OfType<EntityRef>().Select(entity => entity.ToReference())
        .OrderBy(reference => reference.DisplayName, StringComparer.OrdinalIgnoreCase)
        .ThenBy(reference => reference.Id, StringComparer.Ordinal)]);

    private static bool? Approval(Answer answer, RequestPolicy? policy) => answer == Answer.No ? null : policy?.ApprovalRequired;

    private static EntitlementReference? Reference(RequestPolicy? policy) =>
        policy == null ? null : new() { Id = policy.Id, DisplayName = policy.Name };

    private static DateTimeOffset? Time(long? ticks) => ticks is { } known ? UtcTime.Of(known) : null;
}
