using System.Text.RegularExpressions;

namespace EntraAuditTools.Trust.PowerCut;

/// <summary>What a trace of an import's calls says.</summary>
/// <param name="Syncs">How often the write-ahead log was synced.</param>
/// <param name="Reports">How often something was written to the results.</param>
/// <param name="Unsynced">The lines of those writes that came while something of the log was not synced.</param>
internal sealed partial record SyncTrace(int Syncs, int Reports, IReadOnlyList<int> Unsynced)
{
    /// <summary>Reads a trace of strace, with -f and -y.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="mirror">The mirror.</param>
    /// <param name="results">The file that results are written to.</param>
    public static SyncTrace Read(string trace, string mirror, string results)
    {
        var log = mirror + "-wal";
        var syncing = new HashSet<string>(StringComparer.Ordinal);
        var (isDirty, syncs, reports, number) = (false, 0, 0, 0);
        var unsynced = new List<int>();
        foreach (var line in File.ReadLines(trace))
        {
            number++;
            var (thread, call, path) = (Part(line, 1), Part(line, 2), Part(line, 3));
            if (call.StartsWith("<... ", StringComparison.Ordinal))
            {
                // A call that another thread's came between: only its end says that it is done.
                if (call.Contains("sync", StringComparison.Ordinal) && syncing.Remove(thread)) (isDirty, syncs) = (false, syncs + 1);
            }
            else if (path == log)
            {
                if (!call.EndsWith("sync", StringComparison.Ordinal)) isDirty = true;
                else if (line.EndsWith("<unfinished ...>", StringComparison.Ordinal)) syncing.Add(thread);
                else (isDirty, syncs) = (false, syncs + 1);
            }
            else if (path == results)
            {
                reports++;
                if (isDirty) unsynced.Add(number);
            }
        }

        return new(syncs, reports, unsynced);
    }

    private static string Part(string line, int group) => Call().Match(line).Groups[group].Value;

    [GeneratedRegex(@"^(\d+) +(<\.\.\. \w+|\w+)(?:\(\d+<([^>]*)>)?")]
    private static partial Regex Call();
}
