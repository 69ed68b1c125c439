namespace EntraAuditTools;

/// <summary>One of an activity's additional details (Graph <c>directoryAudit.additionalDetails</c>).</summary>
public sealed class AuditDetail
{
    /// <summary>Name of the detail, for instance <c>Justification</c>.</summary>
    public string Key { get; init; } = string.Empty;

    /// <summary>Its value; null when the export had none.</summary>
    public string? Value { get; init; }

    /// <summary>"Key = value".</summary>
    public override string ToString() => $"{Key} = {Value}";
}
