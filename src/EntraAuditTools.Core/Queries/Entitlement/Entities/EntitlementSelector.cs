namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>
/// The users, packages and ids that a question is about: one for the command line, or one for each object of a pipeline. Texts in a list
/// mean any of them (names, UPNs, ids; PowerShell wildcards), lists that are not null all have to match. Ids, where given, decide alone.
/// </summary>
internal sealed class EntitlementSelector
{
    /// <summary>UPN, object id or display name of users; null for any.</summary>
    public IReadOnlyList<string>? User { get; init; }

    /// <summary>Id or display name of access packages; null for any.</summary>
    public IReadOnlyList<string>? AccessPackage { get; init; }

    /// <summary>Ids of assignments; null for any.</summary>
    public IReadOnlyList<string>? AssignmentId { get; init; }

    /// <summary>Ids of requests; null for any.</summary>
    public IReadOnlyList<string>? RequestId { get; init; }
}
