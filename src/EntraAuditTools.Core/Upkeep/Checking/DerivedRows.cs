using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Upkeep.Checking;

/// <summary>
/// All that questions can find in a mirror: numbers that are given as they come (of terms, identities, entities, rows) are replaced by what
/// they stand for, so that two mirrors that answer alike from the same originals have the same rows, in whatever order.
/// </summary>
internal static class DerivedRows
{
    private static readonly string ActivityImport = "(SELECT import FROM block WHERE id = a.block)";

    /// <summary>Every kind of row that is derived from originals.</summary>
    public static readonly IReadOnlyList<ContentPart> Parts =
    [
        new("activity", "activities", ActivityImport, $"""
            {Time("a")}, {Kind("a.kind")}, {Term("a.result")}, {Party("a.actor")}, {Party("a.target")}, a.target_count,
                (SELECT names FROM property_set WHERE id = a.property_set), (SELECT text FROM address WHERE id = a.address),
                {Term("a.tenant")}, a.origin, {Id("a.correlation")}, {Id("a.record_id")}, a.rank, a.digest,
                {List("s.import", "activity_sighting s WHERE s.activity = a.id")},
                {List("c.digest", "activity_copy c WHERE c.activity = a.id")}, {ActivityImport}
            """, "activity a")
        {
            Places = $"a.block, a.slot, {Key("activity")}, a.fingerprint, {Copies("activity")}",
        },
        // Links are sorted by whom they lead to, and have no index of the other way: asked for row by row, each would be a search of them all.
        new("target", "links of activities with whom and what they are about", ActivityImport, $"a.digest, {Time("a")}, {Party("l.identity")}",
            "activity_target l CROSS JOIN activity a ON a.id = l.activity"),
        new("conflict", "conflicts of ids", ActivityImport, $"{Id("a.record_id")}, a.digest",
            "activity_conflict c JOIN activity a ON a.id = c.activity"),
        new("twin", "events of both logs", ActivityImport, "a.digest, d.digest",
            "activity_twin t JOIN activity a ON a.id = t.activity JOIN activity d ON d.id = t.directory"),
        new("mention", "links of activities with what they change", ActivityImport, $"a.digest, {Party("m.identity")}",
            "activity_mention m CROSS JOIN activity a ON a.id = m.activity"),
        new("event", "events of requests", ActivityImport, $"""
            a.digest, {List(Party("value"), "json_each(e.targets)")}, {Id("e.request")}, {Id("e.assignment")}, {Party("e.person")},
                e.justification, e.reason
            """, "entitlement_event e JOIN activity a ON a.id = e.activity"),
        new("provisioning", "provisioning entries", "(SELECT import FROM block WHERE id = p.block)", $"""
            {Time("p")}, {Term("k.action")}, {Term("k.status")}, {Party("k.application")}, {Term("k.job")}, {Term("k.source_system")},
                {Term("k.target_system")}, {Term("k.identity_type")}, {Term("k.error_code")}, {Term("k.error_category")},
                {Term("k.skip_reason")}, k.out_of_scope, {Party("p.source")}, {Party("p.target")}, {Party("p.initiator")}, p.duration,
                {Id("p.cycle")}, {Id("p.change_id")}, {Term("p.tenant")}, {Id("p.record_id")}, p.rank, p.digest,
                {List("s.import", "provisioning_sighting s WHERE s.provisioning = p.id")},
                {List("c.digest", "provisioning_copy c WHERE c.provisioning = p.id")}
            """, "provisioning p LEFT JOIN provisioning_kind k ON k.id = p.kind")
        {
            Places = $"p.block, p.slot, {Key("provisioning")}, p.fingerprint, {Copies("provisioning")}",
        },
        new("identity", "links of provisioning entries with identities", "(SELECT import FROM block WHERE id = p.block)",
            $"p.digest, {Time("p")}, {Party("l.identity")}", "provisioning_identity l CROSS JOIN provisioning p ON p.id = l.provisioning"),
        new("part", "provisioning steps and properties", "(SELECT import FROM block WHERE id = p.block)",
            $"{Id("p.change_id")}, p.part, p.digest, p.occurrence, p.position", "provisioning_part p")
        {
            Places = "p.block, p.slot",
        },
        new("job", "states of synchronization jobs", "(SELECT import FROM block WHERE id = j.block)",
            $"j.job, j.observed, j.last_observed, j.assumed, {Party("j.application")}, {Term("j.tenant")}, j.digest",
            "synchronization_job j")
        {
            Places = "j.block, j.slot",
        },
        new("entity", "objects", "NULL", $"e.kind, {Id("e.object_id")}, e.name, e.upn, {Term("e.tenant")}", "entity e"),
        new("state", "states of objects", "(SELECT import FROM block WHERE id = s.block)", $"""
            {Entity("s.entity")}, s.observed, s.seen, s.last_observed, s.last_seen, s.assumed, s.gone, s.facts,
                {List("x.import", "entity_sighting x WHERE x.state = s.id")},
                {List("x.observed || '/' || x.seen", "entity_seen x WHERE x.state = s.id")}
            """, "entity_state s")
        {
            Places = "s.block, s.slot, s.digest",
        },
        new("original", "originals of objects", "(SELECT import FROM block WHERE id = o.block)", $"{Entity("o.entity")}, o.digest",
            "entity_original o")
        {
            Places = "o.block, o.slot",
        },
        new("link", "links between objects", "NULL", $"{Entity("l.target")}, l.kind, {Entity("l.source")}", "entity_link l"),
        new("edge", "items of lists", "g.import",
            $"{Entity("g.source")}, g.role, {Entity("g.target")}, g.first, g.last, g.gone, g.import", "edge g"),
        new("list", "lists", "NULL", $"{Entity("l.source")}, l.role, l.observed, l.complete", "edge_list l"),
        new("assignment", "assignments", "NULL", $"""
            {Entity("a.entity")}, {Entity("a.package")}, {Entity("a.policy")}, {Entity("a.subject")}, {Entity("a.catalog")},
                {Term("a.state")}, a.starts, a.ends, a.end_known, a.expired, a.gone, a.portal, a.versions,
                (SELECT s.observed || '/' || s.seen || '/' || s.facts FROM entity_state s WHERE s.id = a.latest)
            """, "assignment a"),
        new("complete", "complete exports", "c.import",
            $"c.kind, {Term("c.tenant")}, {Entity("c.scope")}, c.seen, c.assumed, c.import", "complete_export c"),
        new("coverage", "covered spans", "c.import", $"c.kind, {Term("c.tenant")}, c.from_time, c.to_time, c.basis, c.import", "coverage c"),
        new("tenant", "tenants", "NULL", Term("t.term"), "tenant t"),
        new("context", "contexts of pages", "(SELECT import FROM block WHERE id = c.block)",
            "(SELECT import FROM block WHERE id = c.block), c.context", "original_context c"),
        new("rejection", "rejected records", "r.import", "r.import, r.reason", "rejection r"),
        new("import", "imports", "i.id",
            "i.id, i.source, i.kind, i.shape, i.status, i.read, i.rejected, i.not_supported, i.first_time, i.last_time, i.reader",
            "import i"),
    ];

    private static string Time(string row) => $"(({row}.id >> {ActivityTime.SequenceBits}) - {row}.drift)";

    private static string Party(string column) => $"""
        (SELECT coalesce((SELECT text FROM term WHERE id = i.type), '') || '|' || coalesce(i.object_id, '') || '|' ||
            coalesce(i.display_name, '') || '|' || coalesce(i.upn, '') FROM identity i WHERE i.id = {column})
        """;

    private static string Term(string column) => $"(SELECT text FROM term WHERE id = {column})";

    private static string Id(string column) => $"iif(typeof({column}) = 'blob', hex({column}), {column})";

    private static string Entity(string column) => $"(SELECT kind || ':' || {Id("object_id")} FROM entity WHERE id = {column})";

    private static string Copies(string log) =>
        List($"c.digest || '/' || c.block || '/' || c.slot || '/' || coalesce({Id("c.record_id")}, '')",
            $"{log}_copy c WHERE c.{log} = {log[..1]}.id");

    /// <summary>What finds a row again; the key of one whose id another event has too is made of numbers that deriving anew changes.</summary>
    private static string Key(string log) =>
        $"iif({log[..1]}.id IN (SELECT {log} FROM {log}_conflict), NULL, {log[..1]}.key)";

    private static string Kind(string column) =>
        $"(SELECT {Join("k.service", "k.category", "k.activity", "k.operation_type")} FROM kind k WHERE k.id = {column})";

    private static string Join(params string[] terms) => string.Join(" || '|' || ", terms.Select(term => $"coalesce({Term(term)}, '')"));

    /// <summary>What a table has of the row, which has to be the beginning of its key or of an index.</summary>
    private static string List(string value, string from) => $"(SELECT group_concat(v, ' + ') FROM (SELECT {value} AS v FROM {from} ORDER BY 1))";
}
