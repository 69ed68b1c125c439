using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Asks a log.</summary>
/// <typeparam name="T">Its records.</typeparam>
internal sealed class LogQuery<T> : ILogQuery
{
    private readonly LogDefinition<T> log;

    /// <summary>Asks a log that is declared.</summary>
    internal LogQuery(LogDefinition<T> log) => this.log = log;

    /// <inheritdoc/>
    public string Kind => log.Table.Kind;

    /// <inheritdoc/>
    public IReadOnlyList<LogField> Fields => log.Fields;

    /// <summary>
    /// The records that match, newest first, read as they are asked for; the mirror must stay open meanwhile (the objects outlive it).
    /// </summary>
    /// <exception cref="AuditToolException">InvalidWildcard, InvalidSearch, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    public IEnumerable<T> Run(MirrorReader mirror, LogFilter filter) => Run(mirror, filter, oldestFirst: false);

    /// <summary>The same in either order.</summary>
    internal IEnumerable<T> Run(MirrorReader mirror, LogFilter filter, bool oldestFirst)
    {
        if (!mirror.Has(log.Table)) yield break;
        using var context = log.Begin(mirror, filter);
        var conditions = log.Resolve(context);
        if (conditions.Impossible || filter.First == 0) yield break;

        var sql = new LogPlan(mirror, conditions).Select(log.Columns, filter.Skip, filter.First, oldestFirst);
        var read = log.Reader(context);
        foreach (var row in mirror.LogRows(sql)) yield return mirror.Value(row, read);
    }

    /// <inheritdoc/>
    public long Count(MirrorReader mirror, LogFilter filter)
    {
        if (!mirror.Has(log.Table)) return 0;
        var conditions = log.Resolve(mirror, filter);
        return conditions.Impossible ? 0 : mirror.NumberOfLog(new LogPlan(mirror, conditions).Count());
    }

    /// <inheritdoc/>
    public string Describe(LogFilter filter)
    {
        var text = new FilterDescription(log.What, filter.After, filter.Before);
        foreach (var field in log.Fields)
        {
            if (field.TextsOf(filter) is { } texts) text.Add(field, texts);
        }

        return text.End("newest first", filter.Skip, filter.First);
    }

    /// <inheritdoc/>
    public string DescribeSql(MirrorReader mirror, LogFilter filter)
    {
        if (!mirror.Has(log.Table)) return FilterDescription.NoLog;
        var conditions = log.Resolve(mirror, filter);
        return conditions.Impossible ? FilterDescription.NoQuery
            : FilterDescription.OfSql(new LogPlan(mirror, conditions).Select(log.Columns, filter.Skip, filter.First));
    }
}
