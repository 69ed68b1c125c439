using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;

/// <summary>Where request objects come from.</summary>
internal interface IRequestObjects
{
    /// <summary>The objects that the selectors are about, at least; all when there are none.</summary>
    IReadOnlyCollection<RequestObject> Find(IReadOnlyList<EntitlementSelector>? selectors);

    /// <summary>The objects of requests made in a span.</summary>
    IReadOnlyCollection<RequestObject> InSpan(DateTimeOffset? after, DateTimeOffset? before);

    /// <summary>Objects by the ids of their requests, as far as there are any.</summary>
    IReadOnlyCollection<RequestObject> ById(IEnumerable<string> requestIds);

    /// <summary>A person by all that was exported; null when nothing was.</summary>
    EntitlementSubject? Person(string? id);

    /// <summary>A package by all that was exported; null when nothing was.</summary>
    EntitlementReference? Package(string? id);

    /// <summary>Whom a policy asks to approve in a stage (from 1), as text; null when nothing tells it.</summary>
    string? Approvers(string? policyId, int stage);

    /// <summary>Ids of users whom a policy asks by name or as members of a group in a stage (from 1); managers and sponsors are not among them.</summary>
    IReadOnlySet<string> ApproverIds(string? policyId, int stage);

    /// <summary>Who decides for whom.</summary>
    ApproverDelegates Delegates { get; }

    /// <summary>How assignments ended by what was exported of them, by their ids; those that exports tell no end of are left out.</summary>
    IReadOnlyDictionary<string, AssignmentEnd> Ends(IEnumerable<string> assignmentIds);

    /// <summary>Imports that told entities.</summary>
    RecordList<AuditEvidence> Evidence(IReadOnlyCollection<long> entities);
}
