using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Activities;

/// <summary>
/// What happened to an access package: the rows of the portal's workbook "Access Package Activity" (category EntitlementManagement, a
/// target of type AccessPackage), failures included. With <c>Result</c> success they are exactly the workbook's.
/// </summary>
internal static class AccessPackageActivityQuery
{
    private const string Category = "ENTITLEMENTMANAGEMENT", PackageType = "AccessPackage";

    /// <summary>The events that match, newest first, one row for each package they name; the mirror must stay open meanwhile (the objects
    /// outlive it).</summary>
    /// <exception cref="AuditToolException">InvalidWildcard, MirrorOlder, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    public static IEnumerable<AccessPackageActivity> Run(MirrorReader mirror, AccessPackageActivityFilter filter)
    {
        if (filter.First == 0) yield break;
        var reader = new EntitlementReader(mirror, null);
        using var context = ActivityLog.Definition.Begin(mirror, new AuditActivityFilter());
        var rowReader = new ActivityRowReader(context);
        var words = context.Shared(source => new ActivityDimensions(source));
        var conditions = new PackageEvents(mirror, words, filter);
        if (conditions.Impossible) yield break;
        var (skipped, returned) = (0L, 0L);
        using var row = mirror.Prepare(conditions.Select());
        while (mirror.Step(row))
        {
            // Behind the columns of the activity: its targets.
            foreach (var package in conditions.PackagesOf(row.String(PackageEvents.TargetsColumn)!))
            {
                if (skipped++ < filter.Skip) continue;
                yield return Row(rowReader.Read(row), package, reader);
                if (++returned == filter.First) yield break;
            }
        }
    }

    /// <summary>The packages with activity in a span, the most active first; for completion.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public static IReadOnlyList<EntitlementReference> Packages(MirrorReader mirror, DateTimeOffset? after, DateTimeOffset? before)
    {
        var reader = new EntitlementReader(mirror, null);
        using var words = new ActivityDimensions(mirror);
        var kinds = PackageEvents.Kinds(words, null);
        if (kinds.Count == 0) return [];
        var sql = new SqlText("SELECT i.object_id, max(i.display_name), count(DISTINCT e.activity) FROM entitlement_event e CROSS JOIN "
            + "activity a ON a.id = e.activity CROSS JOIN json_each(e.targets) t CROSS JOIN identity i ON i.id = t.value WHERE "
            + "i.object_id IS NOT NULL AND i.type IN (");
        sql.Add($"SELECT id FROM term WHERE text = {sql.Bind(PackageType)} COLLATE NOCASE) AND {sql.In("a.kind", kinds)}");
        sql.Add(TimeCondition.Of(after, before).Exact(sql, "a")).Add(" GROUP BY i.object_id ORDER BY 3 DESC, 1");
        return [.. mirror.Query(sql, row => (Id: row.GetString(0), Name: row.IsDBNull(1) ? null : row.GetString(1)))
            .Select(p => new EntitlementReference { Id = TerminalText.Visible(p.Id),
                DisplayName = TerminalText.Visible(p.Name) ?? reader.Ref(EntityKind.AccessPackage, p.Id)?.Name })];
    }

    private static string? DetailsJson(AuditActivity activity) =>
        activity.AdditionalDetails.Count == 0 ? null
        : System.Text.Json.JsonSerializer.Serialize(activity.AdditionalDetails.Select(d => new { key = d.Key, value = d.Value }), Readable);

    // For people, not for pages: letters stay letters.
    private static readonly System.Text.Json.JsonSerializerOptions Readable =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static AccessPackageActivity Row(AuditActivity activity, IdentityText package, EntitlementReader reader)
    {
        var by = activity.InitiatedBy;
        return new AccessPackageActivity(() => activity, () => DetailsJson(activity))
        {
            Time = activity.Time,
            AccessPackageId = package.ObjectId,
            AccessPackage = package.DisplayName ?? reader.Ref(EntityKind.AccessPackage, package.ObjectId)?.Name,
            Operation = activity.Activity,
            ObjectId = by.Id,
            UserPrincipalName = by.UserPrincipalName,
            DisplayName = by.DisplayName,
            Result = activity.Result,
            CorrelationId = activity.CorrelationId,
            TenantId = activity.TenantId,
        };
    }

    /// <summary>The filter, looked up in the mirror's small tables.</summary>
    private sealed class PackageEvents
    {
        /// <summary>Column of the targets, behind the activity's.</summary>
        public const int TargetsColumn = 14;

        private readonly MirrorReader mirror;
        private readonly ActivityDimensions words;
        private readonly AccessPackageActivityFilter filter;
        private readonly List<long> kinds;
        private readonly List<long>? results;
        private readonly IReadOnlyList<long>? tenants;
        private readonly List<long>? actors;
        private readonly List<long>? packages;
        private readonly HashSet<string>? packageIds;

        public PackageEvents(MirrorReader mirror, ActivityDimensions words, AccessPackageActivityFilter filter)
        {
            this.mirror = mirror;
            this.words = words;
            this.filter = filter;
            kinds = Kinds(words, AccessPackageRequestQuery.Patterns(filter.Operation));
            results = TermLookup.Terms(mirror, filter.Result);
            tenants = TenantScope.Of(mirror, filter.Tenant)?.Ids;
            actors = Identities(mirror, s => s.User);
            packages = Identities(mirror, s => s.AccessPackage);
            if (packages != null) packageIds = packages.Select(words.Identity).Where(IsPackage).Select(p => p.ObjectId!)
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
        }

        public bool Impossible =>
            kinds.Count == 0 || results is { Count: 0 } || tenants is { Count: 0 } || actors is { Count: 0 } || packageIds is { Count: 0 };

        /// <summary>Kinds of the category, of the operations given.</summary>
        public static List<long> Kinds(ActivityDimensions words, IReadOnlyList<WildcardText>? operations) =>
            [.. words.ActivityTypes.Where(k => ServiceAliases.CategoryKey(k.Value.Category) == Category
                && AccessPackageRequestQuery.Matches(operations, k.Value.Activity)).Select(k => k.Key)];

        public SqlText Select()
        {
            var sql = new SqlText($"SELECT {ActivityRowReader.Columns}, e.targets FROM ");
            // Both ways end in time order: the targets of some packages, or all events.
            sql.Add(packages != null
                ? $"(SELECT DISTINCT activity FROM activity_target WHERE "
                    + $"{sql.In("identity", packages)}{TimeCondition.Of(filter.After, filter.Before).Rows(sql, "activity")}) t CROSS "
                    + $"JOIN entitlement_event e ON e.activity = t.activity"
                : "entitlement_event e");
            sql.Add($" CROSS JOIN activity a ON a.id = e.activity WHERE {sql.In("+a.kind", kinds)}");
            sql.Add(TimeCondition.Of(filter.After, filter.Before).Rows(sql, "e.activity"))
                .Add(TimeCondition.Of(filter.After, filter.Before).Exact(sql, "a"));
            if (results != null) sql.Add($" AND {sql.In("a.result", results)}");
            if (tenants != null) sql.Add($" AND {sql.In("a.tenant", tenants)}");
            if (actors != null) sql.Add($" AND {sql.In("+a.actor", actors)}");
            return sql.Add(" ORDER BY e.activity DESC");
        }

        /// <summary>The packages among an event's targets that were asked for.</summary>
        public IEnumerable<IdentityText> PackagesOf(string targets) =>
            mirror.Value(targets, text => System.Text.Json.JsonSerializer.Deserialize<long[]>(text) ?? throw new InvalidDataException())
            .Select(words.Identity)
            .Where(t => IsPackage(t) && packageIds?.Contains(t.ObjectId!) != false)
            .DistinctBy(t => t.ObjectId, StringComparer.OrdinalIgnoreCase);

        private static bool IsPackage(IdentityText target) =>
            target is { Type: { } type, ObjectId: not null } && Utf8.Is(type, PackageType);

        private List<long>? Identities(MirrorReader mirror, Func<EntitlementSelector, IReadOnlyList<string>?> list) =>
            AccessPackageRequestQuery.Texts(filter, list) is { } texts ? TermLookup.Identities(mirror, texts) : null;
    }
}
