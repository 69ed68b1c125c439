using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>What happened in the directory?</summary>
internal static class AuditActivityQuery
{
    /// <summary>The log that is asked.</summary>
    public static LogQuery<AuditActivity> Log => ActivityLog.Query;

    /// <summary>The filters that activities are asked for by.</summary>
    public static IReadOnlyList<LogField> Fields => ActivityLog.Definition.Fields;

    /// <summary>
    /// The activities that match, newest first, read as they are asked for; the mirror must stay open meanwhile (the objects outlive it).
    /// </summary>
    /// <exception cref="AuditToolException">InvalidWildcard, InvalidSearch, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    public static IEnumerable<AuditActivity> Run(MirrorReader mirror, AuditActivityFilter filter) => ActivityLog.Query.Run(mirror, filter);

    /// <summary>How many activities match, leaving <see cref="LogFilter.Skip"/> and <see cref="LogFilter.First"/> aside.</summary>
    /// <inheritdoc cref="Run(MirrorReader, AuditActivityFilter)" path="/exception"/>
    public static long Count(MirrorReader mirror, AuditActivityFilter filter) => ActivityLog.Query.Count(mirror, filter);

    /// <summary>The filter as it was understood: bounds in UTC and every condition.</summary>
    public static string Describe(AuditActivityFilter filter) => ActivityLog.Query.Describe(filter);

    /// <summary>The SQL that answers the filter on this mirror, with the values bound to it.</summary>
    /// <inheritdoc cref="Run(MirrorReader, AuditActivityFilter)" path="/exception"/>
    public static string DescribeSql(MirrorReader mirror, AuditActivityFilter filter) => ActivityLog.Query.DescribeSql(mirror, filter);
}
