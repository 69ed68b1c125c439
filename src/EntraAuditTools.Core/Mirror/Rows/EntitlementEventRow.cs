namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>What ties an audit activity to a request for an access package, on its way into the mirror.</summary>
/// <param name="Request">Id of the request; empty when the record does not name it.</param>
/// <param name="Assignment">Id of the assignment; empty when the record does not name it.</param>
/// <param name="Person">The initiator, where no target is a user; else 0.</param>
/// <param name="Justification">As written; empty when there is none.</param>
/// <param name="Reason">As written; empty when there is none.</param>
internal readonly record struct EntitlementEventRow(IdRange Request, IdRange Assignment, int Person, ByteRange Justification,
    ByteRange Reason);
