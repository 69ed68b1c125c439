namespace EntraAuditTools;

/// <summary>Why and since when a provisioning job is in quarantine (Graph <c>synchronizationQuarantine</c>).</summary>
public sealed class ProvisioningQuarantine
{
    /// <summary>Since when, UTC; null when the export does not say.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>For instance <c>EncounteredQuarantineException</c>; null when the export does not say.</summary>
    public string? Reason { get; init; }

    /// <summary>Code and message of the error; null when there is none.</summary>
    public string? Error { get; init; }

    /// <summary>When the job will be tried again, UTC; null when the export does not say.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>When it was last looked at and imposed again, UTC; null when the export does not say.</summary>
    public DateTimeOffset? LastImposed { get; init; }

    /// <summary>Attempts in this series; null when the export does not say.</summary>
    public long? Attempts { get; init; }

    /// <summary>"reason since time: error".</summary>
    public override string ToString() =>
        $"{Reason}{(Since is { } since ? $" since {since:yyyy-MM-dd HH:mm}Z" : string.Empty)}{(Error is null ? string.Empty : $": {Error}")}";
}
