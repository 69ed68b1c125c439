using System.Collections.Concurrent;
using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>
/// Where the logs of a mirror are that this machine has a copy of without them: a server, which is asked in its own SQL over the same
/// tables. Thread-safe.
/// </summary>
internal interface ILogStore
{
    /// <summary>Its SQL.</summary>
    ISqlDialect Dialect { get; }

    /// <summary>
    /// SQL of where originals are: the table <c>block</c>, or what has its columns and, beside what everybody may read, what the caller may.
    /// </summary>
    string Blocks { get; }

    /// <summary>
    /// The rows that a question of ours has, read as they are asked for. Of the state that the copy is of: where the server is further, the
    /// copy is brought up to date first.
    /// </summary>
    /// <param name="sql">The question, in <see cref="Dialect"/>.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>A statement of SQLite's that stands at one row after the other: nothing of it is to be kept.</returns>
    /// <exception cref="AuditToolException">What can be wrong with a server.</exception>
    IEnumerable<Statement> Rows(SqlText sql, CancellationToken cancel);
}

/// <summary>
/// The copies without logs that this process knows. Which server has their logs, a file itself must not say: it may come from anywhere, and
/// whoever opens it would connect to where its maker likes.
/// </summary>
internal static class LogStores
{
    private static readonly ConcurrentDictionary<string, ILogStore> Known = new(StringComparer.Ordinal);

    /// <summary>Says where the logs of a copy are, for as long as the process lives.</summary>
    /// <param name="copy">Full path of the copy.</param>
    /// <param name="store">Where they are.</param>
    public static void Keep(string copy, ILogStore store) => Known[copy] = store;

    /// <summary>Where the logs of a copy are; null when nobody has said so.</summary>
    public static ILogStore? Of(string copy) => Known.GetValueOrDefault(copy);
}
