using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EntraAuditTools.Peers;

/// <summary>What a run took.</summary>
/// <param name="Wall">Seconds.</param>
/// <param name="Processor">Seconds of the processor, in user mode and in the kernel; null where the system does not say.</param>
/// <param name="Peak">Megabytes of memory at most; null where the system does not say.</param>
internal readonly record struct Taken(double Wall, double? Processor, double? Peak)
{
    /// <summary>A line that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"taken: {Wall} {Processor ?? -1} {Peak ?? -1}");

    /// <summary>Reads the last such line.</summary>
    public static Taken Parse(string output)
    {
        var parts = output.Split('\n').Last(line => line.StartsWith("taken: ", StringComparison.Ordinal)).Split(' ');
        double Number(int i) => double.Parse(parts[i], System.Globalization.CultureInfo.InvariantCulture);
        double? Known(int i) => Number(i) < 0 ? null : Number(i);
        return new(Number(1), Known(2), Known(3));
    }
}

/// <summary>
/// Measures a command as a whole process. The kernel adds up what ended children took, and so each command is run by a process that has no
/// other child (<c>measure COMMAND…</c>).
/// </summary>
internal static partial class Measure
{
    private const int Children = -1;

    /// <summary>Runs a command in this process's only child, and prints what it took.</summary>
    public static int Here(string[] command)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(Start(command, redirect: true))!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        clock.Stop();
        Console.WriteLine(Usage(clock.Elapsed.TotalSeconds));
        return process.ExitCode;
    }

    /// <summary>Runs a command through a process that measures it.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public static Taken Of(params string[] command)
    {
        using var process = Process.Start(Start(["dotnet", typeof(Measure).Assembly.Location, "measure", .. command], redirect: true))!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Taken.Parse(output)
            : throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with exit code {process.ExitCode}.");
    }

    /// <summary>Whether a program is on this machine.</summary>
    public static bool Has(string program)
    {
        try
        {
            using var process = Process.Start(Start([program, "--version"], redirect: true))!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static ProcessStartInfo Start(string[] command, bool redirect)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = redirect, UseShellExecute = false };
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        return start;
    }

    // struct rusage begins with the times in user mode and in the kernel, as seconds and microseconds, and the largest resident set
    // (https://man7.org/linux/man-pages/man2/getrusage.2.html), which Linux counts in KB.
    private static unsafe Taken Usage(double wall)
    {
        if (!OperatingSystem.IsLinux()) return new(wall, null, null);
        var usage = stackalloc long[32];
        if (GetUsage(Children, usage) != 0) return new(wall, null, null);
        return new(wall, usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6), usage[4] / 1024.0);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int who, long* usage);
}
