using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EntraAuditTools.Module.Tests;

/// <summary>Runs a program to its end, with nothing to read and all its output caught.</summary>
internal static class ChildProcess
{
    /// <param name="ExitCode">Exit code; -1 when it did not start or was stopped for taking too long.</param>
    /// <param name="Output">Standard output.</param>
    /// <param name="Error">Standard error, or why it did not start.</param>
    /// <param name="TimedOut">True when it was stopped for taking too long.</param>
    internal sealed record Outcome(int ExitCode, string Output, string Error, bool TimedOut);

    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    public static Outcome Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment, TimeSpan timeout)
    {
        var start = new ProcessStartInfo(program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value == null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        return Run(start, timeout);
    }

    /// <summary>Runs what is described, less its terminal: nothing to read, all output caught, no colours.</summary>
    public static Outcome Run(ProcessStartInfo start, TimeSpan timeout)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, true, false);
        start.Environment["NO_COLOR"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // A tool's launcher looks for the runtime in the usual places only; ours is the one that runs these tests.
        start.Environment.TryAdd("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            return new(-1, string.Empty, $"{start.FileName} did not start: {e.Message}", false);
        }

        using (process)
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            var inTime = process.WaitForExit(timeout);
            if (!inTime) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return new(inTime ? process.ExitCode : -1, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult(), !inTime);
        }
    }
}
