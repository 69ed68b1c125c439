namespace EntraAuditTools.Benchmarks.Baseline;

/// <summary>An audit record as a program of an afternoon would declare it, names as in Graph.</summary>
internal sealed record DirectoryAudit(
    string Id,
    string? Category,
    string? CorrelationId,
    string? Result,
    string? ResultReason,
    string? ActivityDisplayName,
    DateTimeOffset ActivityDateTime,
    string? LoggedByService,
    string? OperationType,
    Initiator? InitiatedBy,
    List<TargetResource>? TargetResources,
    List<KeyValue>? AdditionalDetails);

internal sealed record Initiator(UserIdentity? User, AppIdentity? App);

internal sealed record UserIdentity(string? Id, string? DisplayName, string? UserPrincipalName, string? IpAddress);

internal sealed record AppIdentity(string? AppId, string? DisplayName, string? ServicePrincipalId, string? ServicePrincipalName);

internal sealed record TargetResource(string? Id, string? DisplayName, string? Type, string? UserPrincipalName, List<Modified>? ModifiedProperties);

internal sealed record Modified(string? DisplayName, string? OldValue, string? NewValue);

internal sealed record KeyValue(string? Key, string? Value);
