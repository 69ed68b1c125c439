using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Logs.Conditions;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>A filter with its texts looked up: what is left compares whole numbers.</summary>
/// <param name="Log">The log.</param>
/// <param name="All">The conditions, all of which hold.</param>
/// <param name="Time">Bounds on the time.</param>
/// <param name="HidesTwins">Whether rows are to be left out for which another log's stands.</param>
internal sealed record LogConditions(LogTable Log, IReadOnlyList<LogCondition> All, TimeCondition Time, bool HidesTwins = false)
{
    private const string KindColumn = "kind";

    /// <summary>True when nothing can match, so that no query is needed.</summary>
    public bool Impossible => Time.IsEmpty || All.Any(condition => condition.IsImpossible);

    /// <summary>True when everything matches.</summary>
    public bool IsOpen => All.Count == 0 && Time.IsOpen;

    /// <summary>The kinds, where they are asked for; null for any.</summary>
    public IReadOnlyList<long>? Kinds => All.OfType<NumberCondition>().FirstOrDefault(condition => condition.Column == KindColumn)?.Ids;

    /// <summary>True when nothing but the kind decides.</summary>
    public bool IsOfKindsOnly => Kinds is not null && All.Count == 1 && Time.IsOpen;

    /// <summary>The same, of what was at or after a time too, UTC ticks.</summary>
    public LogConditions Since(long ticks) => ticks <= (Time.FromTicks ?? 0) ? this : this with { Time = Time with { FromTicks = ticks } };

    /// <summary>Rows of certain kinds.</summary>
    public static NumberCondition OfKinds(LogTable log, IReadOnlyList<long> kinds) => new(KindColumn, kinds, log.IndexOf(KindColumn));
}
