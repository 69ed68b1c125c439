using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>What did provisioning do to this identity or application?</summary>
internal static class ProvisioningLogQuery
{
    /// <summary>The log that is asked.</summary>
    public static LogQuery<ProvisioningLogEntry> Log => ProvisioningLog.Query;

    /// <summary>The filters that entries are asked for by.</summary>
    public static IReadOnlyList<LogField> Fields => ProvisioningLog.Definition.Fields;

    /// <summary>
    /// The entries that match, newest first, read as they are asked for; the mirror must stay open meanwhile (the objects outlive it).
    /// </summary>
    /// <exception cref="AuditToolException">InvalidWildcard, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    public static IEnumerable<ProvisioningLogEntry> Run(MirrorReader mirror, ProvisioningLogFilter filter) =>
        ProvisioningLog.Query.Run(mirror, filter);

    /// <summary>How many entries match, leaving <see cref="LogFilter.Skip"/> and <see cref="LogFilter.First"/> aside.</summary>
    /// <inheritdoc cref="Run(MirrorReader, ProvisioningLogFilter)" path="/exception"/>
    public static long Count(MirrorReader mirror, ProvisioningLogFilter filter) => ProvisioningLog.Query.Count(mirror, filter);

    /// <summary>The filter as it was understood: bounds in UTC and every condition.</summary>
    public static string Describe(ProvisioningLogFilter filter) => ProvisioningLog.Query.Describe(filter);

    /// <summary>The SQL that answers the filter on this mirror, with the values bound to it.</summary>
    /// <inheritdoc cref="Run(MirrorReader, ProvisioningLogFilter)" path="/exception"/>
    public static string DescribeSql(MirrorReader mirror, ProvisioningLogFilter filter) =>
        ProvisioningLog.Query.DescribeSql(mirror, filter);
}
