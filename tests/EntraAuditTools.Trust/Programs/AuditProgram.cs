using System.Diagnostics;
using System.Text;

namespace EntraAuditTools.Trust.Programs;

/// <summary>What a program that is over wrote, and how it ended.</summary>
/// <param name="ExitCode">Exit code; of one that was killed the system's number for that.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ProgramEnd(int ExitCode, string Output, string Error);

/// <summary>The command line program as a process of its own, with nothing to read and all its output caught.</summary>
internal sealed class AuditProgram : IDisposable
{
    /// <summary>No import of a campaign takes nearly as long: one that does hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private AuditProgram(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The program beside this one.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "entra-audit.dll");

    /// <summary>Starts it on a mirror.</summary>
    public static AuditProgram Start(string mirror, params string[] arguments) => Start(mirror, new ProcessStartInfo("dotnet"),
        [Path, .. arguments]);

    /// <summary>Starts it on a mirror by another program, which runs the rest of its line.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="by">The other program; its variables are kept.</param>
    /// <param name="arguments">Its arguments, then "dotnet" and the program's.</param>
    public static AuditProgram Start(string mirror, ProcessStartInfo by, IEnumerable<string> arguments)
    {
        (by.RedirectStandardInput, by.RedirectStandardOutput, by.RedirectStandardError, by.UseShellExecute) = (true, true, true, false);
        foreach (var argument in arguments) by.ArgumentList.Add(argument);
        by.Environment["ENTRAAUDIT_MIRROR"] = mirror;
        by.Environment["NO_COLOR"] = "1";
        return new AuditProgram(by);
    }

    /// <summary>Runs it to its end.</summary>
    public static ProgramEnd Run(string mirror, params string[] arguments)
    {
        using var program = Start(mirror, arguments);
        return program.WaitForEnd();
    }

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => process.HasExited;

    /// <summary>Ends it from outside.</summary>
    public void End(Ending ending) => Signal.Send(process, ending);

    /// <summary>Waits for its end.</summary>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public ProgramEnd WaitForEnd()
    {
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{string.Join(' ', process.StartInfo.ArgumentList.Skip(1))}' did not end in {Patience}.");
        }

        // Once more without a time: only then has all output arrived.
        process.WaitForExit();
        lock (output) lock (error) return new(process.ExitCode, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line == null) return;
        lock (text) text.Append(line).Append('\n');
    }
}
