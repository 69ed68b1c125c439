namespace EntraAuditTools.Core;

/// <summary>What kinds of record are called in results, coverage and questions.</summary>
public static class KindNames
{
    public const string AuditActivity = "AuditActivity";
    public const string ProvisioningLog = "ProvisioningLog";
    public const string SynchronizationJob = "SynchronizationJob";

    /// <summary>The kinds that are logs, and so have coverage.</summary>
    public static readonly IReadOnlyList<string> Logs = [AuditActivity, ProvisioningLog];
}
