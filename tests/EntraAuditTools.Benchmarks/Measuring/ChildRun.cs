using System.Diagnostics;
using System.Text.Json;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>Runs one measurement in a process of its own; the process hands back its result as a line of JSON.</summary>
internal static class ChildRun
{
    private const string Mark = "result: ";

    public static T Run<T>(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(ChildRun).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var line = output.Split('\n').LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
        if (process.ExitCode != 0 || line == null)
            throw new InvalidOperationException($"The measurement '{arguments[0]}' ended with exit code {process.ExitCode}.\n{output}");
        return JsonSerializer.Deserialize<T>(line[Mark.Length..])!;
    }

    public static void Report<T>(T result) => Console.WriteLine(Mark + JsonSerializer.Serialize(result));
}
