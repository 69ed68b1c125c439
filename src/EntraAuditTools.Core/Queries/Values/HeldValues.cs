using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Values;

/// <summary>What the mirror holds in one column.</summary>
/// <param name="Has">Whether it holds a text, without regard to case.</param>
/// <param name="Candidates">Texts that somebody may have meant who asked for one that it does not hold.</param>
/// <param name="Words">The usual words, where there are only a few; else null.</param>
internal sealed record HeldValues(Predicate<string> Has, Func<string, IEnumerable<string>> Candidates, IReadOnlyList<string>? Words = null)
{
    // Documentation: Graph's operationResult, provisioningResult and provisioningAction (FORMATS 1.1, 1.2).
    private static readonly string[] Results = ["success", "failure", "timeout"];
    private static readonly string[] ProvisioningResults = ["success", "failure", "skipped", "warning"];
    private static readonly string[] ProvisioningActions = ["create", "update", "delete", "disable", "stagedDelete", "other"];

    /// <summary>What the mirror holds in a column. Lists that can be long are read only when something is missing.</summary>
    public static HeldValues Of(MirrorReader mirror, ValueColumn column) => column switch
    {
        ValueColumn.Service => Terms(mirror, "service", ServiceAliases.ServiceKey),
        ValueColumn.Category => Categories(mirror),
        ValueColumn.Activity => Activities(mirror),
        ValueColumn.Result => WithTerms(mirror, Results, "activity", "result"),
        ValueColumn.Property => List(() => mirror.Query("SELECT names FROM property_set", row => row.GetString(0)).SelectMany(names => names.Split('\n'))),
        ValueColumn.Tenant => Tenants(mirror),
        ValueColumn.Identity => Identities(mirror),
        ValueColumn.ProvisioningAction => Provisioning(mirror, kind => [kind.Action], ProvisioningActions),
        ValueColumn.ProvisioningStatus => Provisioning(mirror, kind => [kind.Status], ProvisioningResults),
        ValueColumn.ProvisioningApplication =>
            Provisioning(mirror, kind => [kind.Application.DisplayName, kind.Application.ObjectId], null, EntityKind.ServicePrincipal),
        ValueColumn.SourceSystem => Provisioning(mirror, kind => [kind.SourceSystem]),
        ValueColumn.TargetSystem => Provisioning(mirror, kind => [kind.TargetSystem]),
        ValueColumn.ProvisioningJob => Jobs(mirror),
        ValueColumn.ProvisioningIdentityType => Provisioning(mirror, kind => [kind.IdentityType]),
        ValueColumn.ErrorCode => Provisioning(mirror, kind => [kind.ErrorCode]),
        ValueColumn.AccessPackage => Entities(mirror, EntityKind.AccessPackage, "AccessPackage"),
        ValueColumn.Policy => Entities(mirror, EntityKind.Policy, null),
        ValueColumn.Catalog => Entities(mirror, EntityKind.Catalog, null),
        ValueColumn.Resource => Resources(mirror),
        ValueColumn.ConnectedOrganization => Entities(mirror, EntityKind.ConnectedOrganization, null),
        ValueColumn.Import => List(() => mirror.Query("SELECT CAST(id AS TEXT) FROM import", row => row.GetString(0))),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    private static HeldValues List(Func<IEnumerable<string>> read, IReadOnlyList<string>? words = null)
    {
        var values = new Lazy<HashSet<string>>(() =>
            new(read().Select(text => TextSanitizer.Clean(text)!.Trim()).Concat(words ?? []), StringComparer.OrdinalIgnoreCase));
        return new(text => values.Value.Contains(text), _ => values.Value, words);
    }

    private static HeldValues Terms(MirrorReader mirror, string column, Func<string?, string> key)
    {
        var values = new Lazy<List<string>>(() =>
            [.. mirror.Query($"SELECT text FROM term WHERE id IN (SELECT {column} FROM kind)", row => TextSanitizer.Clean(row.GetString(0))!)]);
        var catalog = new Lazy<List<string>>(() =>
            [.. ActivityCatalog.Instance.Activities.Select(activity => column == "service" ? activity.Service : activity.Category).Distinct()]);
        return new(
            text => values.Value.Exists(value => key(value) == key(text)) || catalog.Value.Exists(value => key(value) == key(text)),
            _ => values.Value.Concat(catalog.Value));
    }

    private static HeldValues Categories(MirrorReader mirror)
    {
        var held = Terms(mirror, "category", ServiceAliases.CategoryKey);
        return held with { Has = text => held.Has(text) || FormerCategory.IsService(mirror, text) };
    }

    private static HeldValues Activities(MirrorReader mirror)
    {
        var held = List(() => mirror.Query("SELECT text FROM term WHERE id IN (SELECT activity FROM kind)", row => row.GetString(0)));
        return new(text => held.Has(text) || ActivityCatalog.Instance.ListsName(text), text => held.Candidates(text)
            .Concat(ActivityCatalog.Instance.Activities.Select(activity => activity.Activity)));
    }

    /// <summary>Known words, and whatever else a row has: looked for only when such a word occurs anywhere.</summary>
    private static HeldValues WithTerms(MirrorReader mirror, string[] words, string table, string column) => new(
        text => words.Contains(text, StringComparer.OrdinalIgnoreCase)
        || TermLookup.Terms(mirror, [WildcardText.Escape(text)])!.Any(term => Any(mirror, table, column, term)),
        _ => words,
        words);

    private static HeldValues Tenants(MirrorReader mirror) => new(
        text => text.Equals("Unknown", StringComparison.OrdinalIgnoreCase) || TermLookup.Terms(mirror, [WildcardText.Escape(text)]) is { Count: > 0 },
        _ => mirror.Query(
            $"""
            SELECT text FROM term WHERE id IN (
                SELECT tenant FROM coverage UNION SELECT DISTINCT tenant FROM entity WHERE tenant <> 0
                {string.Concat(mirror.Logs.Select(log => $"UNION SELECT tenant FROM (SELECT tenant FROM {log.Name} ORDER BY id DESC LIMIT 5000) "))})
            """,
            row => TextSanitizer.Clean(row.GetString(0))!).Take(10));

    private static HeldValues Identities(MirrorReader mirror) => new(
        text => NameSearch.Has(mirror, "identity", ["object_id", "upn", "display_name"], text)
            || NameSearch.Has(mirror, "entity", ["name", "upn"], text)
            || EntityIdOf(mirror, text),
        text => NameSearch.Near(mirror, "identity", ["upn", "display_name"], text).Concat(NameSearch.Near(mirror, "entity", ["upn", "name"], text)));

    private static HeldValues Entities(MirrorReader mirror, EntityKind kind, string? targetType)
    {
        var where = $"kind = {(int)kind}";
        return new(
            text => NameSearch.Has(mirror, "entity", ["name"], text, where) || EntityIdOf(mirror, text)
                // A package that only the audit log names.
                || (targetType != null && NameSearch.Has(mirror, "identity", ["object_id", "display_name"], text,
                    $"type IN (SELECT id FROM term WHERE text = '{targetType}' COLLATE NOCASE)")),
            _ => mirror.Query($"SELECT DISTINCT name FROM entity WHERE {where} AND name IS NOT NULL LIMIT 20000",
                row => TextSanitizer.Clean(row.GetString(0))!));
    }

    /// <summary>Resources can be named by their address too, which they or their roles contain.</summary>
    private static HeldValues Resources(MirrorReader mirror)
    {
        var named = Entities(mirror, EntityKind.Resource, null);
        return named with { Has = text => named.Has(text) || (text.Contains("://", StringComparison.Ordinal) && HasAddress(mirror, text)) };
    }

    private static bool HasAddress(MirrorReader mirror, string address)
    {
        var sql = new SqlText();
        sql.Add($"SELECT 1 FROM entity e JOIN entity_state s ON s.entity = e.id WHERE e.kind IN ({(int)EntityKind.Resource}, "
            + $"{(int)EntityKind.ResourceRoleScope})");
        sql.Add($" AND json_extract(s.facts, '$.{FactNames.Url}') = {sql.Bind(address)} COLLATE NOCASE LIMIT 1");
        return mirror.Query(sql, row => row.GetInt64(0)).Any();
    }

    private static HeldValues Provisioning(MirrorReader mirror, Func<ProvisioningKindText, string?[]> value,
        IReadOnlyList<string>? words = null, EntityKind? also = null)
    {
        var held = List(() =>
        {
            using var kinds = new ProvisioningKinds(mirror);
            return kinds.All.Values.SelectMany(value).OfType<string>().ToList();
        }, words);
        return also is not { } kind ? held : held with
        {
            // An application whose job was exported, though nothing was provisioned yet.
            Has = text => held.Has(text) || NameSearch.Has(mirror, "entity", ["name"], text, $"kind = {(int)kind}") || EntityIdOf(mirror, text)
                || NameSearch.Has(mirror, "identity", ["object_id", "display_name"], text, "id IN (SELECT application FROM synchronization_job)"),
        };
    }

    private static HeldValues Jobs(MirrorReader mirror)
    {
        var held = Provisioning(mirror, kind => [kind.JobId]);
        return held with { Has = text => held.Has(text) || NameSearch.Has(mirror, "synchronization_job", ["job"], text) };
    }

    private static bool EntityIdOf(MirrorReader mirror, string text) =>
        Guid.TryParse(text, out var id) && EntityIds.OfAnyKind(mirror, id.ToString()).Any();

    private static bool Any(MirrorReader mirror, string table, string column, long term)
    {
        var sql = new SqlText();
        sql.Add($"SELECT 1 FROM {table} WHERE {column} = {sql.Bind(term)} LIMIT 1");
        return mirror.Query(sql, row => row.GetInt64(0)).Any();
    }
}
