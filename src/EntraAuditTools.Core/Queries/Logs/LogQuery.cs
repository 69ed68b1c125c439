using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Asks a log.</summary>
/// <typeparam name="T">Its records.</typeparam>
/// <param name="log">The log.</param>
internal sealed class LogQuery<T>(LogDefinition<T> log)
{
    /// <summary>The records that match, read as they are asked for; the mirror must stay open meanwhile (the objects outlive it).</summary>
    public IEnumerable<T> Run(MirrorReader mirror, LogFilter filter, bool oldestFirst = false)
    {
        using var context = log.Begin(mirror, filter);
        var conditions = log.Resolve(context);
        if (conditions.Impossible || filter.First == 0) yield break;

        var sql = new LogPlan(mirror, conditions).Select(log.Columns, filter.Skip, filter.First, oldestFirst);
        var read = log.Reader(context);
        using var command = sql.ToCommand(mirror.Connection);
        using var rows = mirror.Execute(command);
        while (mirror.Read(rows)) yield return read(rows);
    }

    /// <summary>How many records match, leaving <see cref="LogFilter.Skip"/> and <see cref="LogFilter.First"/> aside.</summary>
    public long Count(MirrorReader mirror, LogFilter filter)
    {
        var conditions = log.Resolve(mirror, filter);
        return conditions.Impossible ? 0 : mirror.Query(new LogPlan(mirror, conditions).Count(), row => row.GetInt64(0)).First();
    }

    /// <summary>The filter as it was understood: bounds in UTC and every condition.</summary>
    public string Describe(LogFilter filter)
    {
        var text = new FilterDescription(log.What, filter.After, filter.Before);
        foreach (var field in log.Fields)
        {
            if (field.TextsOf(filter) is { } texts) text.Add(field, texts);
        }

        return text.End("newest first", filter.Skip, filter.First);
    }

    /// <summary>The SQL that answers the filter on this mirror, with the values bound to it.</summary>
    public string DescribeSql(MirrorReader mirror, LogFilter filter)
    {
        var conditions = log.Resolve(mirror, filter);
        return conditions.Impossible ? FilterDescription.NoQuery
            : FilterDescription.OfSql(new LogPlan(mirror, conditions).Select(log.Columns, filter.Skip, filter.First));
    }
}
