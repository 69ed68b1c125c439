namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>
/// The newest that is known of an assignment: a row of <c>assignment</c>. Entities by number (0: unknown), times in UTC ticks. A class:
/// of LINQ over a structure of ours every method would be compiled at the first question, also in packages that are compiled ahead.
/// </summary>
/// <param name="Entity">The assignment.</param>
/// <param name="Package">Its package.</param>
/// <param name="Policy">Its policy.</param>
/// <param name="Subject">Who has it.</param>
/// <param name="Catalog">Its catalog.</param>
/// <param name="State">Graph v1.0's word; null when no export contains it.</param>
/// <param name="Starts">Since when.</param>
/// <param name="Ends">The scheduled end; null for none.</param>
/// <param name="EndKnown">Whether the schedule is known.</param>
/// <param name="Expired">When it ended, by the export.</param>
/// <param name="Gone">When a complete export lacked it.</param>
/// <param name="IsPortal">Whether it is a row of a portal download, which has no id.</param>
/// <param name="LatestState">The newest stored state.</param>
/// <param name="Versions">How many stored states there are: with one, the newest is also that of any earlier time.</param>
internal sealed record AssignmentRow(
    long Entity, long Package, long Policy, long Subject, long Catalog, string? State, long? Starts, long? Ends, bool EndKnown,
    long? Expired, long? Gone, bool IsPortal, long LatestState, int Versions);
