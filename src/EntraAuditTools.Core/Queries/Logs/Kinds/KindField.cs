using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Queries.Logs.Kinds;

/// <summary>
/// A filter by what rows of a log have in common (<see cref="LogKinds{T}"/>): it completes from the kinds, and warns of what none of them
/// has.
/// </summary>
/// <typeparam name="T">A kind in words.</typeparam>
internal sealed class KindField<T> : LogField
{
    /// <summary>Declares one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="words">In the words of <c>-Verbose</c>.</param>
    /// <param name="help">As a sentence.</param>
    /// <param name="read">Reads the log's kinds.</param>
    /// <param name="values">The values of a kind that the texts are compared with; the first that there is completes.</param>
    /// <param name="usual">The usual words, where there are only a few.</param>
    public KindField(string name, string words, string help, Func<MirrorReader, LogKinds<T>> read, Func<T, string?[]> values,
        IReadOnlyList<string>? usual = null)
        : base(name, words, help)
    {
        Of = values;
        Values = new KindValues(read, values);
        Held = new(mirror => HeldValues.List(
            () =>
            {
                using var kinds = read(mirror);
                return kinds.All.Values.SelectMany(values).OfType<string>().ToList();
            },
            usual));
    }

    /// <summary>The values of a kind that the texts are compared with.</summary>
    public Func<T, string?[]> Of { get; }

    private sealed class KindValues(Func<MirrorReader, LogKinds<T>> read, Func<T, string?[]> values) : LogValues
    {
        // The other filters are left aside: kinds are few, and all of them are shown.
        public override IReadOnlyList<KeyValuePair<string, long>> Run(MirrorReader mirror, TypedText typed, int limit, LogFilter? others)
        {
            using var kinds = read(mirror);
            if (!mirror.Has(kinds.Log)) return [];
            var index = SqliteDialect.Instance.WalkIndex(kinds.Log.Name, string.Empty, kinds.Log.IndexOf("kind").Name);
            var counts = mirror
                .Query($"SELECT kind, count(*) FROM {index} GROUP BY kind", row => (Kind: row.GetInt64(0), Count: row.GetInt64(1))).ToList()
                .Select(row => (Value: Array.Find(values(kinds[row.Kind]), value => !string.IsNullOrEmpty(value)), row.Count))
                .Where(row => row.Value != null)
                .GroupBy(row => row.Value!, StringComparer.OrdinalIgnoreCase)
                .Select(group => KeyValuePair.Create(group.Key, group.Sum(row => row.Count)));
            return Best(typed, counts, limit);
        }
    }
}
