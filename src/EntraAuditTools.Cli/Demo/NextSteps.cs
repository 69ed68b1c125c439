using EntraAuditTools.Cli.Output;

namespace EntraAuditTools.Cli.Demo;

/// <summary>What to type after the demo.</summary>
internal static class NextSteps
{
    private const string Solution = "EntraAuditTools.sln", FromSource = "dotnet run --project src/EntraAuditTools.Cli --";

    /// <summary>Says it.</summary>
    /// <param name="mirror">The demo's mirror; null when it is gone.</param>
    public static void Write(string? mirror)
    {
        var program = IsFromSource() ? FromSource : "entra-audit";
        Console.WriteLine();
        Screen.WriteLine(mirror == null ? "The demo left nothing behind; with --keep its mirror stays, to ask it more. Next, with your own exports:"
            : "The demo's mirror, an SQLite file, stays until you delete its folder. Ask it more, or import your own exports:");
        Console.WriteLine();
        // Lines to copy: not broken where the screen ends.
        if (mirror != null) Console.WriteLine($"  {program} activity --result failure --mirror {Quoted(mirror)}");
        Console.WriteLine($"  {program} import {(OperatingSystem.IsWindows() ? @"$HOME\Downloads" : "~/Downloads")} --recurse");
        Console.WriteLine($"  {program} activity --last 7d");
        Console.WriteLine($"  {program} --help");
    }

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;

    private static bool IsFromSource()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory != null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, Solution))) return true;
        }

        return false;
    }
}
