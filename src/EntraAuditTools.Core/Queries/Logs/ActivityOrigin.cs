using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Mirror.Writing.Logs;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>
/// The logs that activities come from. An event that both have has a row of each, linked when it was imported (<c>activity_twin</c>); the
/// directory's, which says more, stands for both wherever nobody asks for one log.
/// </summary>
internal static class ActivityOrigin
{
    /// <summary>The directory's own log.</summary>
    public const string DirectoryAudit = "DirectoryAudit";

    /// <summary>The unified audit log (Purview).</summary>
    public const string UnifiedAudit = "UnifiedAudit";

    /// <summary>Their names.</summary>
    public static readonly IReadOnlyList<string> Names = [DirectoryAudit, UnifiedAudit];

    /// <summary>Which log the number in <c>activity.origin</c> stands for.</summary>
    internal static string Of(long origin) => origin == TwinWriter.Directory ? DirectoryAudit : UnifiedAudit;

    /// <summary>The numbers of the logs that are asked for; null when all are.</summary>
    internal static IReadOnlyList<long>? Numbers(IReadOnlyList<string>? names)
    {
        if (names is not { Count: > 0 }) return null;
        var patterns = names.Select(name => new WildcardText(name)).ToList();
        var numbers = new List<long>();
        if (patterns.Exists(pattern => pattern.IsMatch(DirectoryAudit))) numbers.Add(TwinWriter.Directory);
        if (patterns.Exists(pattern => pattern.IsMatch(UnifiedAudit))) numbers.AddRange([TwinWriter.Unified, TwinWriter.Twin]);
        return numbers;
    }

    /// <summary>How many rows of each kind are hidden behind the directory's.</summary>
    internal static IReadOnlyDictionary<long, long> HiddenByKind(MirrorReader mirror) => !HasTwins(mirror) ? new Dictionary<long, long>()
        : mirror.Query($"SELECT kind, count(*) FROM activity WHERE origin = {TwinWriter.Twin} GROUP BY kind",
            row => (row.GetInt64(0), row.GetInt64(1))).ToDictionary(row => row.Item1, row => row.Item2);

    /// <summary>Whether the mirror holds events that both logs have.</summary>
    internal static bool HasTwins(MirrorReader mirror) =>
        mirror.SchemaVersion >= ReadingSchema.Since
            && mirror.AnyInLog(mirror.LogText("SELECT 1 FROM activity_twin LIMIT 1"));
}
