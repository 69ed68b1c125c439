using System.Globalization;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>Pieces of SQL that the views have in common.</summary>
internal static class ViewText
{
    /// <summary>The newest state of an entity <c>e</c> first (<c>StoredState.Compare</c>).</summary>
    private const string NewestFirst = "ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1";

    private static readonly long UnixSeconds = DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>UTC ticks as ISO 8601; null for null.</summary>
    public static string Time(string ticks) => string.Create(CultureInfo.InvariantCulture,
        $"strftime('%Y-%m-%dT%H:%M:%S', ({ticks}) / {TimeSpan.TicksPerSecond} - {UnixSeconds}, 'unixepoch') "
            + $"|| printf('.%07dZ', ({ticks}) % {TimeSpan.TicksPerSecond})");

    /// <summary>The time of a row of a log.</summary>
    public static string RowTime(string alias) => Time(string.Create(CultureInfo.InvariantCulture,
        $"({alias}.id >> {ActivityTime.SequenceBits}) - {alias}.drift + {ActivityTime.Epoch}"));

    /// <summary>An id that is stored as 16 bytes where it is a GUID.</summary>
    public static string Id(string column) => $"CASE typeof({column}) WHEN 'blob' THEN {Guid(column)} ELSE {column} END";

    /// <summary>A word by its number.</summary>
    public static string Term(string number) => $"(SELECT text FROM term WHERE id = {number})";

    /// <summary>A column of an identity: object_id, display_name or upn.</summary>
    public static string Identity(string number, string column) => $"(SELECT {column} FROM identity WHERE id = {number})";

    /// <summary>The word for an identity's type.</summary>
    public static string IdentityType(string number) =>
        $"(SELECT t.text FROM identity i JOIN term t ON t.id = i.type WHERE i.id = {number})";

    /// <summary>What an identity is best called: a person's UPN, else its name, else its id.</summary>
    public static string BestName(string number) =>
        Identity(number, "coalesce(CASE WHEN instr(upn, '@') THEN upn END, display_name, upn, object_id)");

    /// <summary>A column of an entity.</summary>
    public static string Entity(string number, string column) => $"(SELECT {column} FROM entity x WHERE x.id = {number})";

    /// <summary>The id of an entity.</summary>
    public static string EntityId(string number) => Entity(number, Id("x.object_id"));

    /// <summary>
    /// A fact of the entity <c>e</c>: as the newest state says that has it, since one record says what another leaves out
    /// (<c>EntityState</c>).
    /// </summary>
    public static string Fact(string name) =>
        $"(SELECT json_extract(s.facts, '$.{name}') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 "
            + $"AND json_type(s.facts, '$.{name}') IS NOT NULL {NewestFirst})";

    /// <summary>The name of what a fact of <c>e</c> links to; of kinds of which there are few, since all are looked at.</summary>
    public static string LinkedName(string fact, EntityKind kind) => string.Create(CultureInfo.InvariantCulture,
        $"(SELECT x.name FROM entity x WHERE x.kind = {(int)kind} AND {Id("x.object_id")} = {Fact(fact)})");

    /// <summary>Whether a complete export lacked the entity <c>e</c> last.</summary>
    public const string IsGone = $"(SELECT s.gone FROM entity_state s WHERE s.entity = e.id {NewestFirst})";

    /// <summary>When an export last showed the entity <c>e</c>.</summary>
    public static readonly string LastSeen = Time("(SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)");

    // Hex digits in the order of the bytes, which is that of the text.
    private static string Guid(string column) => $"lower(substr(hex({column}), 1, 8) || '-' || substr(hex({column}), 9, 4) || '-' || "
        + $"substr(hex({column}), 13, 4) || '-' || substr(hex({column}), 17, 4) || '-' || substr(hex({column}), 21))";
}
