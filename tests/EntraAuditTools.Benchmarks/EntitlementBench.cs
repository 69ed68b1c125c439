using System.Diagnostics;
using System.Globalization;
using EntraAuditTools.Benchmarks.Measuring;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Benchmarks;

/// <summary>Entitlement management: import and questions.</summary>
internal static class EntitlementBench
{
    /// <summary>Reads users=N,packages=N,assignments=N, or a number of assignments; null when it is neither.</summary>
    public static EntitlementBulkOptions? Size(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var assignments))
            return assignments >= 1000 ? new(Math.Max(1000, assignments / 5), Math.Max(100, assignments / 500), assignments) : null;
        try
        {
            return EntitlementBulkOptions.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static void Run(EntitlementBulkOptions size, Func<string, string> name, Report report)
    {
        // Exported today: "ending within 14 days" is asked of now.
        size = size with { At = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero) };
        var (folder, mirror) = (name("entitlement"), name("entitlement.db"));
        new EntitlementBulk(size).Write(folder);
        var bytes = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Console.WriteLine($"Generated {size.Users:N0} users, {size.Packages:N0} packages and {size.Assignments:N0} assignments, {bytes / 1e6:N0} MB.");
        var import = ChildRun.Run<MeasuredImport>("import-entitlement", folder, mirror);
        string[] arguments = ["query-entitlement", mirror, Text(size), size.At.ToString("O", CultureInfo.InvariantCulture)];
        // Each in a process of its own: the first time is what a command takes that starts from nothing.
        var questions = Enumerable.Range(0, new EntitlementQueries(mirror, size).Count)
            .Select(number => ChildRun.Run<EntitlementQuestion>([.. arguments, number.ToString(CultureInfo.InvariantCulture)])).ToList();
        new EntitlementReport(report).Write(size, bytes, import, questions);
    }

    /// <summary>Asks some questions, for the process that started this one or for a person; all when none is named.</summary>
    public static int Ask(string mirror, string size, string at, string[] numbers)
    {
        var questions = new EntitlementQueries(mirror,
            EntitlementBulkOptions.Parse(size) with { At = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) });
        if (numbers is [var only])
        {
            ChildRun.Report(questions.Ask(int.Parse(only, CultureInfo.InvariantCulture)));
            return 0;
        }

        foreach (var number in numbers.Length > 0 ? numbers.Select(text => int.Parse(text, CultureInfo.InvariantCulture))
            : Enumerable.Range(0, questions.Count))
        {
            var question = questions.Ask(number);
            Console.WriteLine($"{number,2} {question.Name,-60} {question.Rows,9:N0} {question.ColdMilliseconds,10:N1} {question.Milliseconds,10:N1} "
                + $"{question.FirstMilliseconds,10:N1} {question.ProcessorMilliseconds,10:N1} {(question.IsKept == false ? "MISSED" : string.Empty)}");
        }

        return 0;
    }

    private static string Text(EntitlementBulkOptions size) =>
        string.Create(CultureInfo.InvariantCulture, $"users={size.Users},packages={size.Packages},assignments={size.Assignments}");
}
