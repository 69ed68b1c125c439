namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>
/// What an assignment has columns of its own for, as one record says it; ids are all zeros and times null where it does not.
/// </summary>
/// <param name="Package">Id of the access package.</param>
/// <param name="Policy">Id of the policy.</param>
/// <param name="Subject">Id of the user.</param>
/// <param name="Catalog">Id of the catalog.</param>
/// <param name="State">The state as a term; 0 for none.</param>
/// <param name="Starts">When it begins, UTC ticks.</param>
/// <param name="Ends">When it ends by its schedule, UTC ticks.</param>
/// <param name="IsEndKnown">Whether that is known, also that it never does.</param>
/// <param name="Expired">When it ended, UTC ticks.</param>
/// <param name="IsPortal">Whether it is a row of the portal's download.</param>
internal sealed record AssignmentLinks(Guid Package, Guid Policy, Guid Subject, Guid Catalog, int State, long? Starts, long? Ends,
    bool IsEndKnown, long? Expired, bool IsPortal);
