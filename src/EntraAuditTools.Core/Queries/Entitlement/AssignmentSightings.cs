using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Mirror.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>When an assignment was seen in exports, UTC ticks.</summary>
/// <param name="First">When it was first seen.</param>
/// <param name="StateFrom">Since when the state that is told was seen.</param>
/// <param name="StateTo">When that state was last seen.</param>
/// <param name="IsAssumed">Whether the times are assumed.</param>
internal readonly record struct AssignmentSightings(long First, long StateFrom, long StateTo, bool IsAssumed)
{
    /// <summary>Null when nothing but absence was seen.</summary>
    public static AssignmentSightings? Of(EntityState state) => state.Current is not { } current ? null
        : new(state.States.Min(one => one.Seen), current.Observed, current.LastObserved, current.IsAssumed);
}
