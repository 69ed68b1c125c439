using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>
/// Counts the assignments of a whole mirror by their state. Of nearly all a few columns of their row say in which state they are now: those
/// SQLite counts in one pass. The others (due, scheduled, missing in a complete export, in a state of a word that is not known) are read
/// and judged one by one.
/// </summary>
/// <param name="reader">Reads the newest that is known.</param>
/// <param name="reading">Judges the others: without an audit trail.</param>
internal sealed class AssignmentCount(EntitlementReader reader, AssignmentReading reading)
{
    // What SQLite adds for one that it cannot judge: beyond any number of assignments.
    private const long Other = 1L << 32;

    /// <summary>Whether a filter asks for nothing but states: then <see cref="Of"/> counts what it means.</summary>
    public static bool Suits(EntitlementReader reader, AccessPackageAssignmentFilter filter) =>
        filter is { Selectors: null, AsOf: null, ExpiringWithin: null, After: null, Before: null, Policy: null or { Count: 0 },
            Catalog: null or { Count: 0 }, Tenant: null or { Count: 0 } } && !reader.HasPortalAssignments();

    /// <summary>How many there are whose state fulfils a condition.</summary>
    public long Of(Func<AssignmentAt, bool> isWanted)
    {
        var sql = new SqlText("SELECT coalesce(sum(");
        sql.Add($"{Weight(sql, isWanted)}), 0) FROM assignment a NOT INDEXED");
        var sum = reader.Mirror.Query(sql, row => row.GetInt64(0)).First();
        if (sum < Other) return sum;
        var others = reader.AssignmentsWhere(where => $"{Weight(where, isWanted)} = {Other}");
        return (sum % Other) + reading.At(others).LongCount(assignment => isWanted(assignment.At));
    }

    // What a row adds to the sum: 1 when it is wanted, 0 when it is not.
    private string Weight(SqlText sql, Func<AssignmentAt, bool> isWanted)
    {
        var time = sql.Bind(reader.Time);
        var hasBegun = $"ifnull(a.starts <= {time}, 1)";
        // Judged by the rules themselves, of one that stands for all: it has begun, has no end in the past, and is not gone.
        var lasting = string.Concat(Words().Select(word => $" WHEN {word.Term} THEN {One(isWanted(Lasting(word.Word)))}"));
        return $"""
            CASE WHEN a.expired IS NULL THEN CASE WHEN a.gone IS NULL AND ifnull(a.ends > {time}, 1) AND {hasBegun}
                THEN CASE a.state{lasting} ELSE {Other} END ELSE {Other} END
            WHEN a.expired <= {time} AND {hasBegun} THEN {Ended(isWanted)} ELSE {Other} END
            """;
    }

    private static AssignmentAt Lasting(string? word, long? expired = null) =>
        AssignmentAt.At(new(0, 0, 0, 0, 0, word, null, null, false, expired, null, false), null, null, time: 1, isPast: false)!.Value;

    // Of what has ended by the export's date no more is to be known than whether it was ever delivered.
    private static long Ended(Func<AssignmentAt, bool> isWanted)
    {
        var (expired, failed) = (isWanted(Lasting("expired", expired: 1)), isWanted(Lasting("deliveryFailed", expired: 1)));
        return expired == failed ? One(expired) : Other;
    }

    private static long One(bool isWanted) => isWanted ? 1 : 0;

    private IEnumerable<(long Term, string? Word)> Words()
    {
        yield return (0, null);
        foreach (var word in EntitlementWords.AssignmentStates.Words)
        {
            var sql = new SqlText("SELECT id FROM term WHERE text = ");
            sql.Add(sql.Bind(word));
            foreach (var term in reader.Mirror.Query(sql, row => row.GetInt64(0)).ToList()) yield return (term, word);
        }
    }
}
