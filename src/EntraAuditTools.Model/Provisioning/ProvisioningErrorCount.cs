namespace EntraAuditTools;

/// <summary>How often an error occurred, when, and to how many.</summary>
public sealed class ProvisioningErrorCount
{
    /// <summary>The error's code; null for failures without one.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Number of entries.</summary>
    public long Count { get; init; }

    /// <summary>Number of different users, groups… that it happened to.</summary>
    public long Identities { get; init; }

    /// <summary>The first time, UTC.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>The last time, UTC.</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>"code: count".</summary>
    public override string ToString() => $"{ErrorCode ?? "(no code)"}: {Count}";
}
