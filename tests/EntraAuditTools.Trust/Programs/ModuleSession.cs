using EntraAuditTools.Cli.Demo;

namespace EntraAuditTools.Trust.Programs;

/// <summary>The staged module in a PowerShell of its own.</summary>
internal static class ModuleSession
{
    private static readonly string Root = FindRoot();

    private static readonly Lazy<PowerShellEngine> Engine = new(() => PowerShellEngine.Find(Root));

    /// <summary>Why there is none; null when there is.</summary>
    public static string? Missing => Engine.Value.Missing ?? (File.Exists(Manifest) ? null : $"The module is not staged in {Manifest}.");

    /// <summary>The module's manifest.</summary>
    public static string Manifest { get; } = Path.Combine(Root, "artifacts", "module", "EntraAuditTools", "EntraAuditTools.psd1");

    /// <summary>Starts a script that finds the module imported; other arguments are its $args.</summary>
    /// <param name="mirror">The default mirror.</param>
    /// <param name="script">A file.</param>
    /// <param name="arguments">For the script.</param>
    /// <param name="by">A program and its arguments that run the rest of their line; empty for none.</param>
    public static AuditProgram Start(string mirror, string script, IEnumerable<string> arguments, params string[] by)
    {
        var start = Engine.Value.Start([]);
        start.Environment["LANG"] = "en_US.UTF-8";
        start.Environment["ENTRAAUDIT_MODULE"] = Manifest;
        string[] line =
        [
            .. by, start.FileName, .. start.ArgumentList, "-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File",
            script, .. arguments,
        ];
        start.FileName = line[0];
        start.ArgumentList.Clear();
        return AuditProgram.Start(mirror, start, line[1..]);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EntraAuditTools.sln"))) return folder.FullName;
        }

        return AppContext.BaseDirectory;
    }
}
