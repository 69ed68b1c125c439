using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Resources;

/// <summary>
/// Which application roles were given or taken, and was an access package why? After the workbook "Application role assignment activity"
/// (Application-Insights-Workbooks, EntitlementManagementAppRoleAssignments), failures included.
/// </summary>
internal static class AppRoleAssignmentActivityQuery
{
    private static readonly (string Activity, string Operation, string PrincipalType)[] Activities =
    [
        ("Add app role assignment grant to user", "Add", "User"),
        ("Add app role assignment to group", "Add", "Group"),
        ("Add app role assignment to service principal", "Add", "ServicePrincipal"),
        ("Remove app role assignment from user", "Remove", "User"),
        ("Remove app role assignment from group", "Remove", "Group"),
        ("Remove app role assignment from service principal", "Remove", "ServicePrincipal"),
        ("Add a deletion-marked app role assignment grant to user as part of link removal", "Remove", "User"),
        ("Add a deletion-marked app role assignment grant to group as part of link removal", "Remove", "Group"),
        ("Add a deletion-marked app role assignment grant to service principal as part of link removal", "Remove", "ServicePrincipal"),
    ];

    private static readonly string[] Categories = ["UserManagement", "GroupManagement", "ApplicationManagement"];

    /// <summary>Applications through which entitlement management works.</summary>
    private static readonly string[] EntitlementApplications =
        ["Azure AD Identity Governance - User Management", "Azure AD Identity Governance - Entitlement Management"];

    /// <summary>The changes that match, newest first; the mirror must stay open meanwhile (the objects outlive it).</summary>
    /// <exception cref="AuditToolException">InvalidWildcard, MirrorOlder, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    public static IEnumerable<AppRoleAssignmentActivity> Run(MirrorReader mirror, AppRoleAssignmentActivityFilter filter)
    {
        var users = AccessPackageRequestQuery.Texts(filter, s => s.User);
        var found = AuditActivityQuery.Run(mirror, new AuditActivityFilter
        {
            Activity = [.. Activities.Select(a => a.Activity)],
            // One of the two narrows by index; the other is checked in the rows found.
            Target = users ?? filter.Application,
            Result = filter.Result,
            Tenant = filter.Tenant,
            After = filter.After,
            Before = filter.Before,
        });
        using var causes = new RoleChangeCauses(mirror);
        var (application, user) = (AccessPackageRequestQuery.Patterns(filter.Application), new NamedPersons(mirror, users));
        // The unified log has no category.
        var changes = found.Where(a => a.Origin == "UnifiedAudit"
            || (a.Category is { } category && Array.Exists(Categories, c => Utf8.Is(c, category)))).Select(RoleChange.Of)
            .Where(c => !IsTwin(mirror, c)).Where(c =>
            (application == null || AccessPackageRequestQuery.Matches(application, c.Application)
                || AccessPackageRequestQuery.Matches(application, c.ApplicationId)) && user.Includes(c));
        var rows = changes.Select(c => causes.Explain(c, filter.IncludeEntitlement)).OfType<AppRoleAssignmentActivity>();
        foreach (var row in rows.Skip(AccessPackageRequestQuery.Count(filter.Skip))
            .Take(AccessPackageRequestQuery.Count(filter.First ?? int.MaxValue))) yield return row;
    }

    /// <summary>Names of the applications whose roles were given or taken, in alphabetical order.</summary>
    /// <exception cref="AuditToolException">What can be wrong with a mirror.</exception>
    public static IReadOnlyList<string> Applications(MirrorReader mirror)
    {
        var kinds = ActivityLog.Definition.Resolve(mirror,
            new AuditActivityFilter { Activity = [.. Activities.Select(a => a.Activity)] }).Kinds!;
        if (kinds.Count == 0) return [];
        // The log calls it by this type, the unified log sometimes by the other.
        var sql = new SqlText("SELECT DISTINCT i.display_name FROM identity i WHERE i.display_name IS NOT NULL AND i.type IN (SELECT id "
            + "FROM term WHERE text COLLATE NOCASE IN ('ServicePrincipal', 'Application'))");
        sql.Add($" AND EXISTS (SELECT 1 FROM activity_target t CROSS JOIN activity a ON a.id = t.activity WHERE t.identity = i.id AND "
            + $"{sql.In("a.kind", kinds)}) ORDER BY 1 COLLATE NOCASE");
        return [.. mirror.Query(sql, row => TerminalText.Visible(row.GetString(0))!).Where(name => name.Length > 0)];
    }

    /// <summary>Whether the directory's log contains a change of the unified log too, with more detail: it is one change.</summary>
    private static bool IsTwin(MirrorReader mirror, RoleChange change)
    {
        if (change.Activity.Origin != "UnifiedAudit" || change.Activity.CorrelationId is not { } correlation) return false;
        return AuditActivityQuery.Run(mirror,
            new AuditActivityFilter { CorrelationId = [WildcardText.Escape(correlation)],
                Activity = [WildcardText.Escape(change.Activity.Activity)] })
            .Where(twin => twin.Origin == "DirectoryAudit").Select(RoleChange.Of)
            .Any(twin => Fits(twin.PrincipalId, change.PrincipalId) && Fits(twin.ApplicationId, change.ApplicationId)
                && Fits(twin.Role, change.Role));

        static bool Fits(string? a, string? b) => a == null || b == null || Utf8.Is(a, b);
    }

    /// <summary>One change, as its record has it.</summary>
    private sealed record RoleChange(AuditActivity Activity, string Operation, string PrincipalType)
    {
        public string? Application { get; private init; }

        public string? ApplicationId { get; private init; }

        public string? Role { get; private init; }

        public string? Principal { get; private init; }

        public string? PrincipalId { get; private init; }

        public static RoleChange Of(AuditActivity activity)
        {
            var (_, operation, type) = Array.Find(Activities, a => Utf8.Is(a.Activity, activity.Activity.Trim()));
            // The application is the target whose properties changed; the holder of the role is in them, and mostly a target too.
            var changed = activity.Targets.FirstOrDefault(t =>
                t.ModifiedProperties.Any(p => p.Name.StartsWith("AppRole", StringComparison.OrdinalIgnoreCase)))
                ?? activity.Targets.FirstOrDefault(t => t.ModifiedProperties.Count > 0)
                ?? activity.Targets.FirstOrDefault(t => t.Type is { } kind && Utf8.Is(kind, "ServicePrincipal"));
            // The unified log has its changes at whichever target comes first.
            var application = changed?.Type is { } changedType && Utf8.Is(changedType, type) && type != "ServicePrincipal"
                ? activity.Targets.FirstOrDefault(t => t.Type is { } kind && Utf8.Is(kind, "ServicePrincipal")) ?? changed : changed;
            string? Property(string name) =>
                changed?.ModifiedProperties.Where(p => Utf8.Is(p.Name, name))
                .Select(p => DetailJson.NullIfEmpty(p.NewValue) ?? DetailJson.NullIfEmpty(p.OldValue)).FirstOrDefault(v => v != null);
            var id = Property($"{type}.ObjectID");
            var other = activity.Targets.FirstOrDefault(t => t != application
                && (id == null || (t.Id is { } targetId && Utf8.Is(targetId, id))))
                ?? activity.Targets.FirstOrDefault(t => t != application);
            return new(activity, operation, type)
            {
                Application = application?.DisplayName,
                ApplicationId = application?.Id,
                Role = Property("AppRole.DisplayName") ?? Property("AppRole.Value"),
                Principal = Property("User.UPN") ?? Property($"{type}.DisplayName") ?? other?.UserPrincipalName ?? other?.DisplayName ?? id,
                PrincipalId = id ?? other?.Id,
            };
        }
    }

    /// <summary>The holders whose roles were asked for.</summary>
    private sealed class NamedPersons
    {
        private readonly IReadOnlyList<WildcardText>? patterns;
        private readonly HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);

        public NamedPersons(MirrorReader mirror, IReadOnlyList<string>? texts)
        {
            patterns = AccessPackageRequestQuery.Patterns(texts);
            if (texts is not { Count: > 0 }) return;
            var sql = new SqlText("SELECT DISTINCT object_id FROM identity WHERE object_id IS NOT NULL AND ");
            ids.UnionWith(mirror.Query(sql.Add(sql.In("id", TermLookup.Identities(mirror, texts)!)), row => row.GetString(0)));
        }

        // A target's name also finds the application itself: only who has the role counts.
        public bool Includes(RoleChange change) =>
            patterns == null || AccessPackageRequestQuery.Matches(patterns, change.Principal)
                || (change.PrincipalId is { } id && ids.Contains(id));
    }

    /// <summary>Finds out whether an access package caused a change, and which request.</summary>
    private sealed class RoleChangeCauses(MirrorReader mirror) : IDisposable
    {
        private const int MaxPersons = 1000;

        private readonly EntitlementReader reader = new(mirror, null);
        private readonly EventReader events = new(mirror, null);
        private readonly Dictionary<string, List<ReconstructedRequest>> requests = new(StringComparer.OrdinalIgnoreCase);
        private string? lastCorrelation;
        private List<EntitlementEvent> lastRelated = [];

        public void Dispose() => events.Dispose();

        /// <summary>The change with its cause; null when an access package caused it and such changes are not asked for.</summary>
        public AppRoleAssignmentActivity? Explain(RoleChange change, bool includeEntitlement)
        {
            var activity = change.Activity;
            var by = activity.InitiatedBy;
            var isService = by.DisplayName is { } name && Array.Exists(EntitlementApplications, a => Utf8.Is(a, name.Trim()));
            if (isService && !includeEntitlement) return null;
            var related = activity.CorrelationId is { } correlation ? Related(correlation) : [];
            // A package that is only built or changed gives nobody a role.
            var cause = related.Where(e => e.Meaning != null || e.RequestId != null)
                .Order(Comparer<EntitlementEvent>.Create(EntitlementEvent.Compare)).FirstOrDefault();
            bool? via = isService || cause != null ? true : by.Type == null && activity.CorrelationId == null ? null : false;
            if (via == true && !includeEntitlement) return null;
            var request = via == true ? Request(change, related) : null;
            var packageId = request?.Package?.Id
                ?? (via == true ? related.Select(e => e.PackageId).FirstOrDefault(id => id != null) : null);
            return new AppRoleAssignmentActivity(() => activity)
            {
                Time = activity.Time,
                Application = change.Application,
                Role = change.Role,
                Principal = change.Principal,
                PrincipalType = change.PrincipalType,
                Operation = change.Operation,
                Activity = activity.Activity,
                InitiatedBy = by,
                Result = activity.Result,
                ViaEntitlement = via,
                Basis = Basis(isService, cause, via, by),
                RequestId = request?.RequestId,
                AccessPackage = request?.Package
                ?? (packageId == null ? null : reader.Ref(EntityKind.AccessPackage, packageId)?.ToReference()
                    ?? new EntitlementReference { Id = packageId }),
                PrincipalId = change.PrincipalId,
                ApplicationId = change.ApplicationId,
                CorrelationId = activity.CorrelationId,
                TenantId = activity.TenantId,
            };
        }

        // Changes that belong together come one after the other.
        private List<EntitlementEvent> Related(string correlation)
        {
            if (!correlation.Equals(lastCorrelation, StringComparison.OrdinalIgnoreCase))
                (lastCorrelation, lastRelated) = (correlation, events.OfCorrelation(correlation));
            return lastRelated;
        }

        private static string Basis(bool isService, EntitlementEvent? cause, bool? via, AuditInitiator by)
        {
            if (isService) return $"Initiated by '{by.DisplayName}', through which entitlement management works.";
            if (cause != null) return $"Shares its correlation id with '{cause.ActivityType.Activity}' of entitlement management.";
            return via == null ? "The log says neither who did it nor what it belongs to."
                : $"Initiated by '{by}', and no event of a request shares its correlation id.";
        }

        // Several requests can share a correlation id: the one of the holder of the role.
        private ReconstructedRequest? Request(RoleChange change, List<EntitlementEvent> related)
        {
            if (related.Count == 0) return null;
            var key = change.PrincipalType == "User" && change.PrincipalId is { } id
                ? id : related.Select(e => e.RequestId).FirstOrDefault(r => r != null);
            if (key == null) return null;
            if (!requests.TryGetValue(key, out var known))
            {
                if (requests.Count >= MaxPersons) requests.Clear();
                EntitlementSelector selector = key == change.PrincipalId
                    ? new() { User = [WildcardText.Escape(key)] } : new() { RequestId = [key] };
                using var found = RequestReconstruction.Run(mirror, [selector], null, null, null);
                requests.Add(key, known = [.. found.Requests.Where(found.IsAskedFor)]);
            }

            var ticks = change.Activity.Time.UtcTicks;
            return known.Where(a => a.Group?.Correlations.Contains(change.Activity.CorrelationId!) == true)
                .OrderBy(a => a.Type == RequestType.Removal == (change.Operation == "Remove") ? 0 : 1)
                .ThenBy(a => Math.Abs(a.Group!.LastTicks - ticks))
                .ThenBy(a => a.RequestId, StringComparer.Ordinal).FirstOrDefault();
        }
    }
}
