using System.Diagnostics;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// A command that prints a password: <c>ENTRAAUDIT_PASSWORD_COMMAND</c>, for services whose passwords are tokens that live an hour. It is
/// asked once for each connection that is opened, by the system's shell.
/// </summary>
internal static class PasswordCommand
{
    private const string Variable = "ENTRAAUDIT_PASSWORD_COMMAND";
    private const int LongestPassword = 64 * 1024;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(1);

    /// <summary>The command; null when there is none.</summary>
    public static string? Text => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } command ? command : null;

    /// <summary>The password: the first line that the command prints.</summary>
    /// <exception cref="AuditToolException">MirrorPasswordCommandFailed: it fails, prints nothing or does not end.</exception>
    public static string Run(string command)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        if (OperatingSystem.IsWindows()) (start.FileName, start.Arguments) = ("cmd.exe", $"/d /s /c \"{command}\"");
        else start.FileName = "/bin/sh";
        if (!OperatingSystem.IsWindows())
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(command);
        }

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var said = process.StandardError.ReadToEndAsync();
            var read = Read(process.StandardOutput);
            if (!read.Wait(LongestRun) || !process.WaitForExit(LongestRun))
            {
                process.Kill(entireProcessTree: true);
                throw Failed("it does not end");
            }

            var password = read.Result;
            if (process.ExitCode != 0)
                throw Failed($"it ended with {process.ExitCode}: {TerminalText.Line(said.Result.Trim())}");
            return password.Length > 0 ? password : throw Failed("it prints nothing");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            throw Failed(TerminalText.Line(e.Message.TrimEnd('.')));
        }
    }

    private static async Task<string> Read(StreamReader output)
    {
        var buffer = new char[LongestPassword];
        var length = await output.ReadBlockAsync(buffer).ConfigureAwait(false);
        return new string(buffer, 0, length).Split('\n', 2)[0].TrimEnd('\r');
    }

    private static AuditToolException Failed(string why) => new("MirrorPasswordCommandFailed", AuditErrorKind.PermissionDenied,
        $"The command of {Variable} gave no password: {why}.", "Run it by hand, and see what it says.");
}
