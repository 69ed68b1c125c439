using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Identities;

namespace EntraAuditTools.Core.Queries.Logs.Kinds;

/// <summary>
/// A log's kinds (<see cref="KindTable"/>), in words: some hundred to some thousand in any mirror, so they are read at once and compared
/// here.
/// </summary>
/// <typeparam name="T">A kind in words.</typeparam>
internal sealed class LogKinds<T> : IDisposable
{
    private readonly Dictionary<long, T> kinds = [];
    private readonly string path;

    /// <summary>Reads them; none of a mirror that cannot hold the log.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="log">The log.</param>
    /// <param name="text">Makes words of a kind's parts, in the order of its table's columns.</param>
    public LogKinds(MirrorReader mirror, LogTable log, Func<ActivityDimensions, IReadOnlyList<long>, T> text)
    {
        Log = log;
        path = mirror.Path;
        Words = new ActivityDimensions(mirror);
        if (!mirror.Has(log)) return;
        var columns = Enumerable.Range(1, log.Kinds.Columns.Count).ToArray();
        var rows = mirror.Query(log.Kinds.Select(), row => (Id: row.GetInt64(0), Parts: Array.ConvertAll(columns, row.GetInt64)));
        foreach (var (id, parts) in rows.ToList()) kinds.Add(id, text(Words, parts));
    }

    /// <summary>The log.</summary>
    public LogTable Log { get; }

    /// <summary>Words and identities behind other numbers.</summary>
    public ActivityDimensions Words { get; }

    public IReadOnlyDictionary<long, T> All => kinds;

    /// <summary>The kind of a row.</summary>
    /// <exception cref="AuditToolException">The mirror has none of that number: it is damaged.</exception>
    public T this[long id] => kinds.TryGetValue(id, out var kind) ? kind
        : throw MirrorErrors.Damaged(path, new InvalidDataException("a row is of a kind that is not there"));

    /// <summary>The kinds that a filter allows; null when it allows all.</summary>
    public IReadOnlyList<long>? Matching(LogFilter filter, IEnumerable<KindField<T>> fields)
    {
        var wanted = fields.Select(field => (Texts: field.TextsOf(filter), field.Of)).Where(field => field.Texts != null)
            .Select(field => (Patterns: field.Texts!.Select(text => new WildcardText(text)).ToList(), field.Of)).ToList();
        if (wanted.Count == 0) return null;
        return kinds.Where(kind => wanted.TrueForAll(field => field.Of(kind.Value)
            .Any(value => value != null && field.Patterns.Exists(pattern => pattern.IsMatch(value))))).Select(kind => kind.Key).ToList();
    }

    public void Dispose() => Words.Dispose();
}
