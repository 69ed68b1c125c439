namespace EntraAuditTools.Cli.Output;

/// <summary>An activity as a row of CSV: who did it is several columns, what changed is one.</summary>
internal static class ActivityCells
{
    private static readonly (string Header, Func<AuditActivity, object?> Value)[] Columns =
    [
        ("Time", activity => activity.Time),
        ("Service", activity => activity.Service),
        ("Category", activity => activity.Category),
        ("Activity", activity => activity.Activity),
        ("OperationType", activity => activity.OperationType),
        ("Result", activity => activity.Result),
        ("ResultReason", activity => activity.ResultReason),
        ("InitiatedByType", activity => activity.InitiatedBy.Type),
        ("InitiatedById", activity => activity.InitiatedBy.Id),
        ("InitiatedByDisplayName", activity => activity.InitiatedBy.DisplayName),
        ("InitiatedByUserPrincipalName", activity => activity.InitiatedBy.UserPrincipalName),
        ("IPAddress", activity => activity.InitiatedBy.IPAddress),
        ("Targets", activity => activity.Targets),
        ("ModifiedProperties", activity => string.Join("; ", activity.Targets.SelectMany(target => target.ModifiedProperties))),
        ("AdditionalDetails", activity => activity.AdditionalDetails),
        ("CorrelationId", activity => activity.CorrelationId),
        ("TenantId", activity => activity.TenantId),
        ("Id", activity => activity.Id),
        ("Origin", activity => activity.Origin),
    ];

    /// <summary>The names of the columns.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Columns.Select(column => column.Header)];

    /// <summary>The row of an activity; anything else as it is.</summary>
    public static object Of(object record) => record is not AuditActivity activity ? record
        : Columns.Select(column => KeyValuePair.Create(column.Header, column.Value(activity))).ToList();
}
