using System.Runtime.InteropServices;
using EntraAuditTools.Benchmarks.Baseline;
using EntraAuditTools.Benchmarks.Measuring;
using EntraAuditTools.Core.Tests.Requests;

namespace EntraAuditTools.Benchmarks;

/// <summary>Prints what was measured, as Markdown tables, so that a run can be put into docs/benchmarks.md as it is.</summary>
internal sealed class Report(TextWriter output)
{
    public void Machine()
    {
        using var connection = PlainImport.Open(":memory:");
        output.WriteLine();
        output.WriteLine($"{RuntimeInformation.OSDescription.Trim()}, {Environment.ProcessorCount} processors, "
            + $"{RuntimeInformation.FrameworkDescription}, SQLite {connection.ServerVersion}. Medians; each import in a process of its own.");
    }

    public void Imports(long records, long bytes, MeasuredImport ours, MeasuredImport plain, MeasuredImport small, long smallBytes)
    {
        Table(["import", "EntraAuditTools", "baseline", "ratio"], [
            ["time", $"{ours.Seconds:N1} s", $"{plain.Seconds:N1} s", $"{plain.Seconds / ours.Seconds:N1} ×"],
            ["records per second", $"{records / ours.Seconds:N0}", $"{records / plain.Seconds:N0}", string.Empty],
            ["MB per second", $"{bytes / 1e6 / ours.Seconds:N0}", $"{bytes / 1e6 / plain.Seconds:N0}", string.Empty],
            ["peak memory", Megabytes(ours.PeakBytes), Megabytes(plain.PeakBytes), string.Empty],
            [$"peak memory, a file of {smallBytes / 1e6:N0} MB", Megabytes(small.PeakBytes), string.Empty, string.Empty],
            ["database / input", $"{(double)ours.DatabaseBytes / bytes:P0}", $"{(double)plain.DatabaseBytes / bytes:P0}", string.Empty],
        ]);
    }

    public void Questions(List<MeasuredQuestion> ours, List<MeasuredQuestion> plain) =>
        Table(
            ["question", "rows", "EntraAuditTools", "baseline", "ratio"],
            ours.Zip(plain, (our, other) =>
                new[] { our.Name, $"{our.Rows:N0}", $"{our.Milliseconds:N2} ms", $"{other.Milliseconds:N2} ms",
                    $"{other.Milliseconds / our.Milliseconds:N1} ×" }));

    public void Provisioning(long entries, long bytes, MeasuredImport import, List<MeasuredQuestion> questions)
    {
        Table(["provisioning import", "EntraAuditTools"], [
            ["entries", $"{entries:N0} ({bytes / 1e6:N0} MB)"],
            ["time", $"{import.Seconds:N1} s"],
            ["entries per second", $"{entries / import.Seconds:N0}"],
            ["MB per second", $"{bytes / 1e6 / import.Seconds:N0}"],
            ["peak memory", Megabytes(import.PeakBytes)],
            ["mirror / input", $"{(double)import.DatabaseBytes / bytes:P0}"],
        ]);
        Table([$"of {entries:N0} provisioning entries", "rows", "EntraAuditTools"],
            questions.Select(question => new[] { question.Name, $"{question.Rows:N0}", $"{question.Milliseconds:N2} ms" }));
    }

    public void Requests(long records, long requests, List<MeasuredRequests> answers)
    {
        Table(
            [$"of {records:N0} audit records, {requests:N0} requests", "rows", "EntraAuditTools", "peak memory"],
            answers.SelectMany(answer => answer.Questions,
                (answer, question) => new[] { question.Name, $"{question.Rows:N0}", $"{question.Milliseconds:N2} ms", Megabytes(answer.PeakBytes) }));
        var all = answers.SelectMany(answer => answer.Questions).ToDictionary(question => question.Name, question => question.Milliseconds);
        var month = Math.Max(all[RequestQueries.Middle], all[RequestQueries.Last]);
        Table(["bar", "measured", string.Empty], [
            Bar("requests of one user under 50 ms",
                $"{all[RequestQueries.EachOnce]:N2} ms ({all[RequestQueries.Slowest]:N2} ms the slowest)", all[RequestQueries.EachOnce] < 50),
            Bar("requests of a month under 2 s", $"{month / 1000:N2} s", month < 2000),
        ]);
    }

    public void Matching(MatchingScore score) => Table(
        ["matched by", "events matched so", "wrong", "precision", "events that it ties", "missed", "recall"],
        MatchingScore.Kinds.Append(MatchingScore.All).Append(MatchingScore.AllDirectory)
        .Select(kind => (string[])[kind, .. Counts(score.Precision(kind)), .. Counts(score.Recall(kind))]));

    public void MatchingByNames(MatchingScore score) => Table(
        ["matched by", "catalog's names: precision", "recall", "documentation's names: precision", "recall"],
        MatchingScore.Kinds.Select(kind =>
            (string[])[kind, .. new[] { false, true }.SelectMany(names => new[] { Share(score.Precision(kind, names)), Share(score.Recall(kind, names)) })]));

    public void MatchingByDetail(IEnumerable<(LogDetail Detail, MatchingScore Score)> scores) => Table(
        ["log", "requests", "whole", "status right", "surplus", "events: precision", "recall", "directory: precision", "recall"],
        scores.Select(row => (string[])
        [
            row.Detail.ToString(), $"{row.Score.Requests:N0}", Percent((double)row.Score.Whole / row.Score.Requests),
            Percent((double)row.Score.StatusRight / row.Score.Requests), $"{row.Score.Surplus:N0}",
            .. new[] { MatchingScore.All,
                MatchingScore.AllDirectory }.SelectMany(kind => new[] { Share(row.Score.Precision(kind)), Share(row.Score.Recall(kind)) }),
        ]));

    private static string[] Counts((double Share, int Wrong, int All) count) => [$"{count.All:N0}", $"{count.Wrong:N0}", Share(count)];

    // Of nothing there is no share.
    private static string Share((double Share, int Wrong, int All) count) => count.All == 0 ? "–" : Percent(count.Share);

    // Rounded down, so that only what is whole is a hundred percent.
    private static string Percent(double share) => $"{Math.Floor(share * 10_000) / 100:N2} %";

    public void Pipeline(ModulePipeline.Result? pipeline, string? missing)
    {
        if (pipeline == null)
        {
            output.WriteLine();
            output.WriteLine($"The PowerShell pipeline was not measured: {missing}.");
            return;
        }

        Table(["in PowerShell", "time"], [
            ["Import-Module", $"{pipeline.ImportSeconds * 1000:N0} ms"],
            [$"Get-AuditActivity \\| Measure-Object ({pipeline.Found:N0} objects)", $"{pipeline.CountSeconds:N2} s"],
            ["… \\| Where-Object Result -EQ failure", $"{pipeline.WhereSeconds:N2} s"],
            ["… \\| Group-Object Activity", $"{pipeline.GroupSeconds:N2} s"],
        ]);
    }

    /// <summary>What we promise, and whether this run kept it.</summary>
    public void Bars(long bytes, MeasuredImport ours, MeasuredImport plain, List<MeasuredQuestion> questions, ModulePipeline.Result? pipeline)
    {
        // Everything but the count is answered from an index.
        var slowest = questions.Where(question => question.Name != Measuring.Questions.Count).MaxBy(question => question.Milliseconds)!;
        var bars = new List<string[]>
        {
            Bar("import at least 3 times the baseline", $"{plain.Seconds / ours.Seconds:N1} ×", plain.Seconds / ours.Seconds >= 3),
            Bar("peak memory under 200 MB", Megabytes(ours.PeakBytes), ours.PeakBytes < 200_000_000),
            Bar("mirror at most half of the JSON", $"{(double)ours.DatabaseBytes / bytes:P0}", ours.DatabaseBytes <= bytes / 2),
            Bar("an indexed question under 10 ms", $"{slowest.Milliseconds:N2} ms ({slowest.Name})", slowest.Milliseconds < 10),
        };
        if (pipeline?.Found == ModulePipeline.Objects)
            bars.Add(Bar($"{pipeline.Found:N0} objects through a pipeline under 2 s", $"{pipeline.CountSeconds:N2} s", pipeline.CountSeconds < 2));
        Table(["bar", "measured", string.Empty], bars);
    }

    private static string[] Bar(string promise, string measured, bool kept) => [promise, measured, kept ? "kept" : "MISSED"];

    public static string Megabytes(long bytes) => $"{bytes / 1e6:N0} MB";

    public void Table(string[] headers, IEnumerable<string[]> rows)
    {
        var all = rows.Prepend(headers).ToList();
        var widths = headers.Select((_, i) => all.Max(row => row[i].Length)).ToArray();
        output.WriteLine();
        for (var r = 0; r < all.Count; r++)
        {
            output.WriteLine("| " + string.Join(" | ", all[r].Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))) + " |");
            if (r == 0) output.WriteLine("| "
                + string.Join(" | ", widths.Select((width, i) => i == 0 ? new string('-', width) : new string('-', Math.Max(1, width - 1)) + ":")) + " |");
        }
    }
}
