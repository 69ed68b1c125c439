using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>A filter by what entries of the provisioning log have in common: action, application, status…</summary>
internal sealed class ProvisioningKindField : LogField
{
    /// <summary>Declares one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="words">In the words of <c>-Verbose</c>.</param>
    /// <param name="help">As a sentence.</param>
    /// <param name="values">The values of a kind that the texts are compared with.</param>
    public ProvisioningKindField(string name, string words, string help, Func<ProvisioningKindText, string?[]> values)
        : base(name, words, help)
    {
        Of = values;
        Values = new KindValues(values);
    }

    /// <summary>The values of a kind that the texts are compared with.</summary>
    public Func<ProvisioningKindText, string?[]> Of { get; }

    /// <summary>Completes with the first value of each kind.</summary>
    private sealed class KindValues(Func<ProvisioningKindText, string?[]> values) : LogValues
    {
        // The other filters are left aside: kinds are few, and all of them are shown.
        public override IReadOnlyList<KeyValuePair<string, long>> Run(MirrorReader mirror, TypedText typed, int limit, LogFilter? others)
        {
            using var kinds = new ProvisioningKinds(mirror);
            var index = ProvisioningLog.Definition.Table.IndexOf("kind").Name;
            var counts = mirror.Query($"SELECT kind, count(*) FROM provisioning INDEXED BY {index} GROUP BY kind",
                row => (Kind: row.GetInt64(0), Count: row.GetInt64(1))).ToList()
                .Select(row => (Value: Array.Find(values(kinds[row.Kind]), value => !string.IsNullOrEmpty(value)), row.Count))
                .Where(row => row.Value != null)
                .GroupBy(row => row.Value!, StringComparer.OrdinalIgnoreCase)
                .Select(group => KeyValuePair.Create(group.Key, group.Sum(row => row.Count)));
            return Best(typed, counts, limit);
        }
    }
}
