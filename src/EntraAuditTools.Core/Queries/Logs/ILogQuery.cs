using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Asks some log, whatever its records are.</summary>
internal interface ILogQuery
{
    /// <summary>What its records are called in results, coverage and questions.</summary>
    string Kind { get; }

    /// <summary>The filters that its records are asked for by.</summary>
    IReadOnlyList<LogField> Fields { get; }

    /// <summary>How many records match, leaving <see cref="LogFilter.Skip"/> and <see cref="LogFilter.First"/> aside.</summary>
    /// <exception cref="AuditToolException">InvalidWildcard, InvalidSearch, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    long Count(MirrorReader mirror, LogFilter filter);

    /// <summary>The filter as it was understood: bounds in UTC and every condition.</summary>
    string Describe(LogFilter filter);

    /// <summary>The SQL that answers the filter on this mirror, with the values bound to it.</summary>
    /// <inheritdoc cref="Count" path="/exception"/>
    string DescribeSql(MirrorReader mirror, LogFilter filter);
}
