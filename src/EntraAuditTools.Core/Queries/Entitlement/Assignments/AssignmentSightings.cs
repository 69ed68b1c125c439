using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>When an assignment was seen in exports, UTC ticks.</summary>
/// <param name="First">When it was first seen.</param>
/// <param name="StateFrom">Since when the current state was seen.</param>
/// <param name="StateTo">When that state was last seen.</param>
/// <param name="IsAssumed">Whether the times are assumed.</param>
internal readonly record struct AssignmentSightings(long First, long StateFrom, long StateTo, bool IsAssumed)
{
    /// <summary>Null when nothing but absence was seen.</summary>
    public static AssignmentSightings? Of(EntityState state)
    {
        if (state.Current is not { } current) return null;
        // However many states there are, as long as they say the same word (or none): other facts may have changed.
        var word = state.Text(FactNames.State);
        var (from, to) = (current.Observed, current.LastObserved);
        for (var i = 1; i < state.Begun && Says(state.States[i], word); i++)
            (from, to) = (Math.Min(from, state.States[i].Observed), Math.Max(to, state.States[i].LastObserved));
        for (var i = Math.Max(state.Begun, 1); i < state.States.Count && Says(state.States[i], word); i++)
            to = Math.Max(to, state.States[i].LastObserved);
        return new(state.States.Min(stored => stored.Seen), from, to, current.IsAssumed);
    }

    private static bool Says(StoredState state, string? word) =>
        !state.Facts.TryGetProperty(FactNames.State, out var value) || value.ValueKind != System.Text.Json.JsonValueKind.String
            || value.GetString() == word;
}
