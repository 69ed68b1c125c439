using SQLitePCL;

namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>
/// Watches a connection at work: SQLite calls it every some thousand steps of its machine, also within one long statement; many rows
/// count as well.
/// </summary>
internal sealed class ReadWatch
{
    // Some hundred calls a second, of which each costs less than a microsecond.
    private const int Steps = 100_000;

    // Many small statements are none of them long: rows count too.
    private const int Rows = 256;

    private Action<long>? tick;
    private long rows;

    /// <summary>What the watcher threw, which interrupted the query; null for nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Begins to call a watcher, with the rows that were read so far.</summary>
    public void Begin(sqlite3 connection, Action<long> watcher)
    {
        tick = watcher;
        raw.sqlite3_progress_handler(connection, Steps, OnProgress, null);
    }

    /// <summary>Counts a row that was read.</summary>
    /// <param name="isRow">Whether there was one.</param>
    public bool Count(bool isRow)
    {
        if (isRow && ++rows % Rows == 0) tick?.Invoke(rows);
        return isRow;
    }

    // An exception must not pass through SQLite's own frames.
    private int OnProgress(object state)
    {
        try
        {
            tick!(rows);
            return 0;
        }
#pragma warning disable CA1031 // It is thrown again where the query was asked.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failure ??= e;
            return 1;
        }
    }
}
