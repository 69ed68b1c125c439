using System.Text.Json;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Mirror.Entities;

/// <summary>
/// What is known of an entity at a time, by everything known now: each fact as the newest state that had begun by then gives it; a fact
/// that none of those has, as the earliest later one gives it. So a link that an export lacked is filled in by another, and dates before
/// the first import are answered from it.
/// </summary>
internal sealed class EntityState
{
    private static readonly StoredState[] None = [];

    private readonly IReadOnlyList<StoredState> inOrder;

    private EntityState(IReadOnlyList<StoredState> inOrder, int begun, bool isGone, long? goneSince, bool isGoneAssumed = false)
    {
        IsGoneAssumed = isGoneAssumed;
        this.inOrder = inOrder;
        Begun = begun;
        IsGone = isGone;
        GoneSince = goneSince;
    }

    /// <summary>The most recent state; null when the entity was only named by others.</summary>
    public StoredState? Current => inOrder.Count > 0 ? inOrder[0] : null;

    /// <summary>
    /// The state whose record shows it best: the current one, or an earlier one that has all facts of the current one and more, as an
    /// entity's own record does beside those that only name it.
    /// </summary>
    public StoredState? Richest
    {
        get
        {
            var best = Current;
            for (var i = 1; i < Begun; i++)
            {
                if (Has(inOrder[i].Facts, best!.Facts)) best = inOrder[i];
            }

            return best;

            static bool Has(JsonElement whole, JsonElement part)
            {
                var count = 0;
                foreach (var fact in part.EnumerateObject())
                {
                    if (!whole.TryGetProperty(fact.Name, out var value) || value.GetRawText() != fact.Value.GetRawText()) return false;
                    count++;
                }

                return whole.EnumerateObject().Count() > count;
            }
        }
    }

    /// <summary>When it was last observed, UTC ticks; null when it was only named by others.</summary>
    public long? LastObserved => inOrder.Count == 0 ? null : inOrder.Take(Math.Max(Begun, 1)).Max(state => state.LastObserved);

    /// <summary>When it was last seen in an export, UTC ticks; null when it was only named by others.</summary>
    public long? LastSeen => inOrder.Count == 0 ? null : inOrder.Take(Math.Max(Begun, 1)).Max(state => state.LastSeen);

    /// <summary>Whether it was missing in a complete export, at the time asked for.</summary>
    public bool IsGone { get; }

    /// <summary>When that export was taken, UTC ticks, also when that was after the time asked for; null when it is not gone.</summary>
    public long? GoneSince { get; }

    /// <summary>Whether that time is assumed.</summary>
    public bool IsGoneAssumed { get; }

    /// <summary>
    /// Whether the current state is known to have begun by the time of a file alone: the record has no date of its own that the state
    /// before it lacks, and the import did not say when the export was taken.
    /// </summary>
    public bool IsBegunByFileTime =>
        Current is { IsAssumed: true } current
            && (current.Observed == current.Seen || (Begun > 1 && current.Observed <= inOrder[1].Observed));

    /// <summary>The states with facts, in the order in which they are asked.</summary>
    public IReadOnlyList<StoredState> States => inOrder;

    /// <summary>
    /// How many of <see cref="States"/> had begun at the time asked for, the newest first; the others follow, the earliest first.
    /// </summary>
    public int Begun { get; }

    /// <summary>Puts states together.</summary>
    /// <param name="states">All of an entity, by <see cref="StoredState.Compare"/>.</param>
    /// <param name="asOf">The time, UTC ticks; null for the newest.</param>
    public static EntityState At(IReadOnlyList<StoredState> states, long? asOf)
    {
        if (states.Count == 0) return new(None, 0, false, null);
        if (states is [{ IsGone: false }]) return new(states, 1, false, null);
        var effective = states.Count;
        if (asOf is { } time)
        {
            effective = 1;
            while (effective < states.Count && Begin(states, effective) <= time) effective++;
        }

        var order = new List<StoredState>(states.Count);
        for (var i = effective - 1; i >= 0; i--)
        {
            if (!states[i].IsGone) order.Add(states[i]);
        }

        var begun = order.Count;
        for (var i = effective; i < states.Count; i++)
        {
            if (!states[i].IsGone) order.Add(states[i]);
        }

        var isGone = states[effective - 1].IsGone;
        var later = effective < states.Count && states[effective].IsGone ? states[effective] : null;
        var absence = isGone ? states[effective - 1] : later;
        var gone = absence?.Observed;
        // What had not begun yet was not there; and what had begun before it was missing was there before.
        if (isGone && asOf is { } then && Birth(order) is { } birth && birth <= then && (birth > gone || then < gone))
        {
            isGone = false;
            if (!(then < gone)) absence = later;
        }

        return new(order, begun, isGone, absence?.Observed, absence?.IsAssumed ?? false);
    }

    /// <summary>Whether all of some facts are given, with the same values.</summary>
    public bool Contains(JsonElement facts) => StoredState.Contains(this, facts);

    /// <summary>Whether any state has a fact, also as empty.</summary>
    public bool Has(string fact) => TryGet(fact, out _);

    /// <summary>A fact's value; false when no state contains it.</summary>
    public bool TryGet(string fact, out JsonElement value)
    {
        foreach (var state in inOrder)
        {
            if (state.Facts.TryGetProperty(fact, out value)) return true;
        }

        value = default;
        return false;
    }

    /// <summary>A text; null when it is empty or no state contains it.</summary>
    public string? Text(string fact) =>
        TryGet(fact, out var value) && value.ValueKind == JsonValueKind.String ? TerminalText.Visible(value.GetString()) : null;

    /// <summary>A yes or no; null when no state contains it.</summary>
    public bool? Flag(string fact) =>
        !TryGet(fact, out var value)
            ? null : value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    /// <summary>A time in UTC ticks; null when it is empty or no state contains it.</summary>
    public long? Ticks(string fact) =>
        TryGet(fact, out var value) && value.ValueKind == JsonValueKind.String ? StoredState.Ticks(value.GetString()) : null;

    /// <summary>A value of several parts; undefined when no state contains it.</summary>
    public JsonElement Json(string fact) => TryGet(fact, out var value) ? value : default;

    /// <summary>Whether it had been created by a time (UTC ticks); true when not known.</summary>
    public bool ExistedAt(long asOf) => Ticks(FactNames.Created) is not { } created || created <= asOf;

    // The beginning by its own dates: also for what was imported later.
    private static long? Birth(List<StoredState> states)
    {
        foreach (var name in new[] { FactNames.Created, FactNames.Start })
        {
            foreach (var state in states)
            {
                if (state.Facts.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                    && StoredState.Ticks(value.GetString()) is { } ticks) return ticks;
            }
        }

        return null;
    }

    // A state whose record dates are those of the one before it began at some time up to when it was seen.
    private static long Begin(IReadOnlyList<StoredState> states, int index) =>
        states[index].Observed > states[index - 1].Observed ? states[index].Observed : states[index].Seen;
}
