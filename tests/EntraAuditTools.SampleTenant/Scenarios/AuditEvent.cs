namespace EntraAuditTools.SampleTenant;

/// <summary>One directory audit event as Microsoft Graph describes it; every shape is written from this.</summary>
public sealed class AuditEvent
{
    /// <summary>The record id, for example <c>Directory_{correlation id}_I26NV_185150517</c>.</summary>
    public required string Id { get; init; }

    /// <summary>UTC ticks; seven decimals are written.</summary>
    public required long Ticks { get; init; }

    public required string Category { get; init; }

    public required string Service { get; init; }

    public required string Activity { get; init; }

    /// <summary>Free text; empty for account provisioning.</summary>
    public required string OperationType { get; init; }

    /// <summary>success, failure or timeout.</summary>
    public string Result { get; init; } = "success";

    /// <summary>Empty on most successes; null happens too.</summary>
    public string? ResultReason { get; init; } = "";

    public required string CorrelationId { get; init; }

    public required EventActor Actor { get; init; }

    public IReadOnlyList<EventTarget> Targets { get; init; } = [];

    public IReadOnlyList<EventDetail> Details { get; init; } = [];

    /// <summary>Only the beta shapes, diagnostics and downloads write it; null when the client gave none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The time of the event (UTC).</summary>
    public DateTime Time => new(Ticks, DateTimeKind.Utc);
}

/// <summary>Who did it: a user or an application.</summary>
/// <param name="IsUser">False for an application.</param>
/// <param name="Id">Object id of the user or of the service principal.</param>
/// <param name="DisplayName">Often null for users.</param>
/// <param name="UserPrincipalName">Null for applications.</param>
/// <param name="IpAddress">Null or empty when the service did not know it.</param>
/// <param name="HomeTenantId">Only for guests.</param>
/// <param name="HomeTenantName">Only for guests.</param>
public sealed record EventActor(
    bool IsUser,
    string? Id,
    string? DisplayName,
    string? UserPrincipalName = null,
    string? IpAddress = null,
    string? HomeTenantId = null,
    string? HomeTenantName = null);

/// <summary>An object that the event is about.</summary>
/// <param name="Type">User, Group, ServicePrincipal, Other…; null for the nameless item that some services add.</param>
/// <param name="Id">Null when unknown.</param>
/// <param name="DisplayName">Null more often than not.</param>
/// <param name="UserPrincipalName">Only for users.</param>
/// <param name="GroupType">unifiedGroups or azureAD; only for groups.</param>
public sealed record EventTarget(string? Type, string? Id, string? DisplayName, string? UserPrincipalName = null, string? GroupType = null)
{
    public IReadOnlyList<EventProperty> Properties { get; init; } = [];
}

/// <summary>A modified property; the values are JSON inside text, or null.</summary>
public readonly record struct EventProperty(string Name, string? OldValue, string? NewValue);

/// <summary>One of the additional details.</summary>
public readonly record struct EventDetail(string Key, string? Value);
