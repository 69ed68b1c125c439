using System.Globalization;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Cli.Demo;

/// <summary>The results of many files in few lines: one for each folder and shape.</summary>
internal static class ImportSummary
{
    public static void Write(IReadOnlyList<ImportResult> results, long activities)
    {
        var groups = results
            .GroupBy(result =>
                (Folder: result.Source.Split('/')[0], Shape: result.Status == "NotSupported" ? "(not supported yet)" : result.Shape))
            .OrderBy(group => group.Key.Folder, StringComparer.Ordinal).ThenBy(group => group.Key.Shape, StringComparer.Ordinal);
        Screen.WriteTable(
            [
                "Folder", "Shape", Column.Number("Files"), Column.Number("Read"), Column.Number("Added"), Column.Number("Updated"),
                Column.Number("Unchanged"), Column.Number("Rejected"),
                "First (UTC)", "Last (UTC)",
            ],
            groups.Select(group => (IReadOnlyList<string>)
            [
                group.Key.Folder, group.Key.Shape, $"{group.Count():N0}", Sum(group, result => result.Read),
                Sum(group, result => result.Added), Sum(group, result => result.Updated),
                Sum(group, result => result.Unchanged), Sum(group, result => result.Rejected), Day(group.Min(result => result.FirstTime)),
                Day(group.Max(result => result.LastTime)),
            ]));
        long Added(string kind) => results.Where(result => result.Kind == kind).Sum(result => result.Added);

        Console.WriteLine();
        Screen.WriteLine(
            $"{results.Sum(result => result.Read):N0} records in {results.Count:N0} files: {activities:N0} activities, "
                + $"{Added(KindNames.ProvisioningLog):N0} provisioning log entries " +
            $"and {Added(KindNames.SynchronizationJob):N0} states of synchronization jobs, however often, in whatever shape and from which log they came. " +
            $"{results.Sum(result => result.NotSupported):N0} records are of kinds that a later version takes in.");
    }

    private static string Sum(IEnumerable<ImportResult> results, Func<ImportResult, long> count) =>
        results.Sum(count).ToString("N0", CultureInfo.CurrentCulture);

    private static string Day(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? string.Empty;
}
