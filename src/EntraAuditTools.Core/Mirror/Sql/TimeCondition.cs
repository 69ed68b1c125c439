using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>Bounds on the time of a log's rows, as SQL over their rowids, which carry it (see <see cref="ActivityTime"/>).</summary>
/// <param name="FromTicks">UTC ticks, included; null when open.</param>
/// <param name="ToTicks">UTC ticks, excluded; null when open.</param>
internal readonly record struct TimeCondition(long? FromTicks, long? ToTicks)
{
    public bool IsOpen => FromTicks is null && ToTicks is null;

    public bool IsEmpty => FromTicks >= ToTicks;

    public static TimeCondition Of(DateTimeOffset? after, DateTimeOffset? before) => new(Clamp(after), Clamp(before));

    /// <summary>A range of rowids, a little wider than the bounds.</summary>
    public string Rows(SqlText sql, string column)
    {
        var text = string.Empty;
        if (FromTicks is { } from) text += $" AND {column} >= {sql.Bind(ActivityTime.ToRowId(from - ActivityTime.SlackTicks))}";
        if (ToTicks is { } to) text += $" AND {column} < {sql.Bind(ActivityTime.ToRowId(to + ActivityTime.SlackTicks))}";
        return text;
    }

    /// <summary>The range of rowids and the exact bounds: the rowid may run ahead of the time, by drift.</summary>
    public string Exact(SqlText sql, string alias)
    {
        var text = Rows(sql, $"{alias}.id");
        if (FromTicks is { } from)
            text += $" AND ({alias}.id >> {ActivityTime.SequenceBits}) - {alias}.drift >= {sql.Bind(from - ActivityTime.Epoch)}";
        if (ToTicks is { } to)
            text += $" AND ({alias}.id >> {ActivityTime.SequenceBits}) - {alias}.drift < {sql.Bind(to - ActivityTime.Epoch)}";
        return text;
    }

    // Nothing is stored outside this range, and rowids of times far outside of it would overflow.
    private static long? Clamp(DateTimeOffset? time) =>
        time is { } value ? Math.Clamp(value.UtcTicks, ActivityTime.MinTicks, ActivityTime.MaxTicks) : null;
}
