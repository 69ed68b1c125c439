using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>
/// All that questions can find in a mirror, as lines in an order of their own: numbers that are given as they come (of terms, identities,
/// entities, rows) are replaced by what they stand for, so that two mirrors that answer alike have the same lines.
/// </summary>
internal static class MirrorContent
{
    private static string Time(string row) => $"(({row}.id >> 8) - {row}.drift)";

    private static string Party(string column) =>
        $"coalesce((SELECT coalesce((SELECT text FROM term WHERE id = i.type), '') || '|' || coalesce(i.object_id, '') || '|' || "
            + $"coalesce(i.display_name, '') || '|' || coalesce(i.upn, '') FROM identity i WHERE i.id = {column}), '')";

    private static string Term(string column) => $"coalesce((SELECT text FROM term WHERE id = {column}), '')";

    private static string Entity(string column) =>
        $"coalesce((SELECT kind || ':' || iif(typeof(object_id) = 'blob', hex(object_id), object_id) FROM entity WHERE id = {column}), '')";

    private static string Id(string column) => $"iif(typeof({column}) = 'blob', hex({column}), coalesce({column}, ''))";

    private static string Kind(string column) =>
        $"(SELECT {Term("k.service")} || '|' || {Term("k.category")} || '|' || {Term("k.activity")} || '|' || "
            + $"{Term("k.operation_type")} FROM kind k WHERE k.id = {column})";

    /// <summary>The number of an import, or its source.</summary>
    private static string Import(string column, bool bySource) =>
        bySource ? $"(SELECT source FROM import WHERE import.id = {column})" : column;

    /// <summary>The imports that brought a row of a table with sightings: their numbers, or their sources with that of its original.</summary>
    private static string Sightings(string table, string key, string row, bool bySource) => bySource
        ? $"(SELECT group_concat(source) FROM (SELECT DISTINCT source FROM import WHERE id IN (SELECT import FROM {table} x "
            + $"WHERE x.{key} = {row}.id UNION ALL SELECT import FROM block WHERE id = {row}.block) ORDER BY 1))"
        : $"(SELECT group_concat(import) FROM (SELECT import FROM {table} x WHERE x.{key} = {row}.id ORDER BY 1))";

    private static (string Name, string Sql)[] Parts(bool bySource) =>
    [
        ("activity", $"""
            SELECT {Time("a")}, {Kind("a.kind")}, {Term("a.result")}, {Party("a.actor")}, {Party("a.target")}, a.target_count,
                (SELECT names FROM property_set WHERE id = a.property_set), (SELECT text FROM address WHERE id = a.address), {Term("a.tenant")}, a.origin, {Id("a.correlation")}, {Id("a.record_id")}, a.rank, a.digest,
                {Sightings("activity_sighting", "activity", "a", bySource)},
                (SELECT group_concat(digest) FROM (SELECT digest FROM activity_copy c WHERE c.activity = a.id ORDER BY 1)),
                {Import("(SELECT import FROM block WHERE id = a.block)", bySource)}
            FROM activity a
            """),
        ("target", $"SELECT {Time("a")}, a.digest, {Party("l.identity")} FROM activity_target l JOIN activity a ON a.id = l.activity"),
        ("conflict", $"SELECT {Id("a.record_id")}, a.digest FROM activity_conflict c JOIN activity a ON a.id = c.activity"),
        ("twin", "SELECT a.digest, d.digest FROM activity_twin t JOIN activity a ON a.id = t.activity JOIN activity d ON d.id = t.directory"),
        ("mention", $"SELECT a.digest, {Party("m.identity")} FROM activity_mention m JOIN activity a ON a.id = m.activity"),
        ("event", $"""
            SELECT a.digest, (SELECT group_concat(t, ' + ') FROM (SELECT {Party("value")} AS t FROM json_each(e.targets))), {Id("e.request")}, {Id("e.assignment")}, {Party("e.person")}, e.justification, e.reason
            FROM entitlement_event e JOIN activity a ON a.id = e.activity
            """),
        ("provisioning", $"""
            SELECT {Time("p")}, {Term("k.action")}, {Term("k.status")}, {Party("k.application")}, {Term("k.job")}, {Term("k.source_system")}, {Term("k.target_system")},
                {Term("k.identity_type")}, {Term("k.error_code")}, {Term("k.error_category")}, {Term("k.skip_reason")}, k.out_of_scope, {Party("p.source")}, {Party("p.target")}, {Party("p.initiator")}, p.duration,
                {Id("p.cycle")}, {Id("p.change_id")}, {Term("p.tenant")}, {Id("p.record_id")}, p.rank, p.digest,
                {Sightings("provisioning_sighting", "provisioning", "p", bySource)},
                (SELECT group_concat(digest) FROM (SELECT digest FROM provisioning_copy c WHERE c.provisioning = p.id ORDER BY 1))
            FROM provisioning p JOIN provisioning_kind k ON k.id = p.kind
            """),
        ("part", $"SELECT {Id("change_id")}, part, digest, occurrence, position FROM provisioning_part"),
        ("job", $"SELECT job, observed, last_observed, assumed, {Party("application")}, {Term("tenant")}, digest FROM synchronization_job"),
        ("entity", $"SELECT kind, {Id("object_id")}, name, upn, {Term("tenant")} FROM entity"),
        ("state", $"""
            SELECT {Entity("s.entity")}, s.observed, s.seen, s.last_observed, s.last_seen, s.assumed, s.gone, s.facts,
                {Sightings("entity_sighting", "state", "s", bySource)},
                (SELECT group_concat(o) FROM (SELECT observed || '/' || seen AS o FROM entity_seen x WHERE x.state = s.id ORDER BY 1))
            FROM entity_state s
            """),
        ("original", $"SELECT {Entity("entity")}, digest FROM entity_original"),
        ("link", $"SELECT {Entity("target")}, kind, {Entity("source")} FROM entity_link"),
        ("edge", $"SELECT {Entity("source")}, role, {Entity("target")}, first, last, gone, {Import("import", bySource)} FROM edge"),
        ("list", $"SELECT {Entity("source")}, role, observed, complete FROM edge_list"),
        ("assignment", $"""
            SELECT {Entity("a.entity")}, {Entity("a.package")}, {Entity("a.policy")}, {Entity("a.subject")}, {Entity("a.catalog")}, {Term("a.state")}, a.starts, a.ends, a.end_known, a.expired, a.gone, a.portal, a.versions FROM assignment a
            """),
        ("complete", $"SELECT kind, {Term("tenant")}, {Entity("scope")}, seen, assumed, {Import("import", bySource)} FROM complete_export"),
        ("coverage", $"SELECT kind, {Term("tenant")}, from_time, to_time, basis, {Import("import", bySource)} FROM coverage"),
        ("tenant", $"SELECT {Term("term")} FROM tenant"),
        ("context", $"SELECT {Import("(SELECT import FROM block WHERE id = c.block)", bySource)}, context FROM original_context c"),
        ("rejection", $"SELECT {Import("import", bySource)}, reason FROM rejection"),
        ("import", $"SELECT {Import("id", bySource)}, source, kind, shape, status, read, rejected, not_supported, first_time, last_time, reader "
            + $"FROM import{(bySource ? " WHERE status <> 'Interrupted'" : string.Empty)}"),
    ];

    /// <summary>The lines of a mirror.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="without">Parts to leave out.</param>
    public static List<string> Of(string path, params string[] without) => Of(path, bySource: false, without);

    /// <summary>
    /// The lines of a mirror without the numbers of its imports: one whose import was killed and run again has the same lines as one that
    /// nothing happened to.
    /// </summary>
    /// <param name="path">Its path.</param>
    public static List<string> BySource(string path) => [.. Of(path, bySource: true).Distinct()];

    private static List<string> Of(string path, bool bySource, params string[] without)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        var lines = new List<string>();
        foreach (var (name, sql) in Parts(bySource).Where(part => !without.Contains(part.Name)))
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var rows = command.ExecuteReader();
            var found = new List<string>();
            while (rows.Read()) found.Add(
                $"{name}: {string.Join(" ; ", Enumerable.Range(0, rows.FieldCount).Select(i => Convert.ToString(rows.GetValue(i), CultureInfo.InvariantCulture)))}");
            found.Sort(StringComparer.Ordinal);
            lines.AddRange(found);
        }

        return lines;
    }
}
