namespace EntraAuditTools.SampleTenant;

/// <summary>What is true of one change of an application role assignment in the audit log.</summary>
public sealed record AppRoleGrantLabel
{
    /// <summary>Id of the audit event.</summary>
    public required string EventId { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>One of the nine activities.</summary>
    public required string Activity { get; init; }

    /// <summary>Whether the role was given or taken away; a mark of deletion takes it away.</summary>
    public required bool Granted { get; init; }

    public required bool Success { get; init; }

    public required EnterpriseApplication Application { get; init; }

    public required ApplicationRole Role { get; init; }

    /// <summary>User, Group or ServicePrincipal.</summary>
    public required string PrincipalType { get; init; }

    /// <summary>Object id of who or what has the role.</summary>
    public required string PrincipalId { get; init; }

    /// <summary>User principal name of a user, display name of a group or service principal.</summary>
    public required string PrincipalName { get; init; }

    /// <summary>Who did it.</summary>
    public required EventActor Actor { get; init; }

    /// <summary>Whether entitlement management did it for an access package.</summary>
    public required bool ViaEntitlement { get; init; }

    /// <summary>The request it came from; null without entitlement management, and where that request is not in the log.</summary>
    public string? RequestId { get; init; }

    /// <summary>The label of every change of an application role assignment in the log, oldest first.</summary>
    public static IReadOnlyList<AppRoleGrantLabel> All(Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return
        [
            .. tenant.Plan.ShortOf(ScenarioCatalog.AppRole).Select(scenario => AppRoleScenarios.Label(scenario, person: true))
                .Concat(tenant.Plan.ShortOf(ScenarioCatalog.AppRoleOfGroup)
                    .Select(scenario => AppRoleScenarios.Label(scenario, person: false)))
                .Concat(RequestLabelling.Trails(tenant).SelectMany(trail => trail.Grants()))
                .OrderBy(label => label.Time).ThenBy(label => label.EventId, StringComparer.Ordinal),
        ];
    }
}
