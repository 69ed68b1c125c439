using System.Text.Json;

namespace EntraAuditTools.Core.Mirror.Entities;

/// <summary>A state, and the further times at which it was observed.</summary>
internal sealed class ObservedState(StoredState state)
{
    /// <summary>The state, with its first times.</summary>
    public StoredState First { get; private set; } = state;

    /// <summary>Further times, in order.</summary>
    public SortedSet<(long Observed, long Seen)> Again { get; init; } = [];

    /// <summary>The state with its first and last times.</summary>
    public StoredState WithLastTimes =>
        First with { LastObserved = Again.Count == 0 ? First.Observed : Math.Max(First.Observed, Again.Max(row => row.Observed)),
            LastSeen = Again.Count == 0 ? First.Seen : Math.Max(First.Seen, Again.Max(row => row.Seen)) };

    /// <summary>Adds a time at which it was observed again.</summary>
    public void Add(StoredState stored)
    {
        if (!stored.IsAssumed && First.IsAssumed) First = First with { IsAssumed = false };
        if ((stored.Observed, stored.Seen) != (First.Observed, First.Seen)) Again.Add((stored.Observed, stored.Seen));
    }

    /// <summary>Every time at which it was observed, as a state of that time alone.</summary>
    public IEnumerable<StoredState> Expand()
    {
        yield return First with { LastObserved = First.Observed, LastSeen = First.Seen };
        foreach (var (observed, seen) in Again) yield return First with { Id = 0, Observed = observed, Seen = seen, LastObserved = observed,
            LastSeen = seen };
    }
}

/// <summary>
/// Turns all observations of an entity into states. The result depends on what was observed and when, never on the order of imports: an
/// observation makes a state of its own unless one with the same facts was observed before and nothing since says otherwise.
/// </summary>
internal static class EntityHistory
{
    /// <summary>The states that observations make, in order.</summary>
    public static List<ObservedState> Of(IEnumerable<StoredState> observations)
    {
        var all = observations.ToList();
        var gone = all.Where(stored => stored.IsGone).Select(stored => stored.Observed).ToList();
        var inOrder = all.ConvertAll(stored => stored.IsGone ? stored : RestartAfterAbsence(stored, gone));
        inOrder.Sort(StoredState.Compare);
        var states = new List<ObservedState>();
        var current = new Dictionary<string, string>();
        var begin = 0;
        foreach (var stored in inOrder)
        {
            if (stored.IsGone)
            {
                if (states.Count > 0 && states[^1].First.IsGone) states[^1].Add(stored);
                else states.Add(new(stored));
                begin = states.Count;
                continue;
            }

            var same = states.FindLastIndex(state => state.First.Digest == stored.Digest && !state.First.IsGone);
            if (same >= begin && Agrees(current, stored.Facts)) states[same].Add(stored);
            else states.Add(new(stored));
            foreach (var fact in stored.Facts.EnumerateObject()) current[fact.Name] = fact.Value.GetRawText();
        }

        return states;
    }

    /// <summary>What is there again after a complete export lacked it begins anew, independently of its own dates.</summary>
    /// <param name="state">The observation.</param>
    /// <param name="gone">When complete exports lacked it.</param>
    public static StoredState RestartAfterAbsence(StoredState state, IEnumerable<long> gone) =>
        gone.Any(time => state.Observed <= time && time <= state.Seen)
            ? state with { Observed = state.Seen, LastObserved = state.Seen } : state;

    internal static bool Agrees(Dictionary<string, string> current, JsonElement facts)
    {
        foreach (var fact in facts.EnumerateObject())
        {
            if (!current.TryGetValue(fact.Name, out var known) || known != fact.Value.GetRawText()) return false;
        }

        return true;
    }
}
