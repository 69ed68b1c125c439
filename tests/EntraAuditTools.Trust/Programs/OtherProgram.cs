namespace EntraAuditTools.Trust.Programs;

/// <summary>Programs of the system that some campaigns need.</summary>
internal static class OtherProgram
{
    /// <summary>The full path of a program of the PATH; null when it is not there.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs one to its end; whether it succeeded.</summary>
    public static bool Run(string name, params string[] arguments)
    {
        if (Find(name) is not { } path) return false;
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(path, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
