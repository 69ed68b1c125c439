using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>What exports contain about an assignment at a time. Entities by number (0: unknown), times in UTC ticks.</summary>
/// <param name="Entity">The assignment.</param>
/// <param name="Package">Its package.</param>
/// <param name="Policy">Its policy.</param>
/// <param name="Subject">Who has it.</param>
/// <param name="Catalog">Its catalog.</param>
/// <param name="State">Graph v1.0's word; null when no export contains it.</param>
/// <param name="Starts">Since when; null when not given.</param>
/// <param name="Ends">The scheduled end; null for none.</param>
/// <param name="EndKnown">Whether the schedule is known.</param>
/// <param name="Expired">When it ended.</param>
/// <param name="Gone">When a complete export lacked it.</param>
/// <param name="IsPortal">Whether it is a row of a portal download.</param>
internal readonly record struct AssignmentFacts(
    long Entity, long Package, long Policy, long Subject, long Catalog, string? State, long? Starts, long? Ends, bool EndKnown,
    long? Expired, long? Gone, bool IsPortal)
{
    /// <summary>Facts of the newest state, or of the only one.</summary>
    public static AssignmentFacts Of(AssignmentRow row) =>
        new(row.Entity, row.Package, row.Policy, row.Subject, row.Catalog, row.State, row.Starts, row.Ends, row.EndKnown, row.Expired,
            row.Gone, row.IsPortal);

    /// <summary>
    /// Facts as of the reader's time, where there are several states. When it ended counts whenever that was exported: an export before
    /// then could not contain it.
    /// </summary>
    public static AssignmentFacts Of(AssignmentRow row, EntityState state, EntitlementReader reader)
    {
        var (ends, isKnown) = AssignmentSchedule.End(state.Json);
        // It has been extended since, and it can only have been before it ended.
        if (isKnown && ends <= reader.Time && row.EndKnown && (row.Ends == null || row.Ends > ends)) ends = row.Ends;
        return new(
            row.Entity, Link(FactNames.Package, EntityKind.AccessPackage, row.Package),
            Link(FactNames.Policy, EntityKind.Policy, row.Policy), Link(FactNames.Subject, EntityKind.User, row.Subject),
            Link(FactNames.Catalog, EntityKind.Catalog, row.Catalog), state.Text(FactNames.State), state.Ticks(FactNames.Start), ends,
            isKnown, state.Ticks(FactNames.Expired) ?? row.Expired, state.GoneSince, row.IsPortal);

        // Nearly always what it is now; else it has to be looked up.
        long Link(string fact, EntityKind kind, long newest)
        {
            var id = state.Text(fact);
            if (id == null) return newest;
            return reader.Ref(newest) is { } same && same.Id.Equals(id, StringComparison.OrdinalIgnoreCase)
                ? newest : reader.Ref(kind, id)?.Number ?? newest;
        }
    }
}
