using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>One question on a log: the mirror, the filter, and what is read once for it.</summary>
/// <param name="log">The log.</param>
/// <param name="mirror">The mirror.</param>
/// <param name="filter">What is asked for.</param>
internal sealed class LogContext(LogTable log, MirrorReader mirror, LogFilter filter) : IDisposable
{
    private readonly Dictionary<Type, IDisposable> shared = [];

    public LogTable Log => log;

    public MirrorReader Mirror => mirror;

    public LogFilter Filter => filter;

    /// <summary>Whether rows are left out for which another log's stands; set before conditions are made.</summary>
    public bool HidesTwins { get; init; }

    /// <summary>Something that conditions and rows read with, made once.</summary>
    public T Shared<T>(Func<MirrorReader, T> make)
        where T : class, IDisposable
    {
        if (!shared.TryGetValue(typeof(T), out var known)) shared.Add(typeof(T), known = make(mirror));
        return (T)known;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in shared.Values) part.Dispose();
    }
}
