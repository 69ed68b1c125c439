using System.Runtime.InteropServices;

namespace EntraAuditTools.Loading;

/// <summary>Where a native library is under <c>lib/runtimes</c>: inside PowerShell no deps.json is read that would map it.</summary>
internal static class NativeLibraryPaths
{
    /// <summary>The paths to try, best first.</summary>
    /// <param name="folder">The module's <c>lib</c> folder.</param>
    /// <param name="library">Name as the managed code gives it, for instance <c>e_sqlite3</c>.</param>
    public static IEnumerable<string> Candidates(string folder, string library)
    {
        var file = FileName(library);
        foreach (var runtime in RuntimeIds()) yield return Path.Combine(folder, "runtimes", runtime, "native", file);
        yield return Path.Combine(folder, file);
    }

    private static string FileName(string library)
    {
        if (OperatingSystem.IsWindows()) return library.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? library : library + ".dll";
        if (OperatingSystem.IsMacOS()) return "lib" + library + ".dylib";
        return "lib" + library + ".so";
    }

    private static string[] RuntimeIds()
    {
        var architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.X86 => "x86",
            Architecture.Arm64 => "arm64",
            Architecture.Arm => "arm",
            Architecture.S390x => "s390x",
            var other => other.ToString().ToLowerInvariant(),
        };
        if (OperatingSystem.IsWindows()) return ["win-" + architecture];
        if (OperatingSystem.IsMacOS()) return ["osx-" + architecture];
        return IsMusl() ? ["linux-musl-" + architecture, "alpine-" + architecture] : ["linux-" + architecture];
    }

    /// <summary>True on Alpine and its kin: .NET built for musl says so in its runtime id.</summary>
    private static bool IsMusl()
    {
        var id = RuntimeInformation.RuntimeIdentifier;
        return id.Contains("musl", StringComparison.Ordinal) || id.StartsWith("alpine", StringComparison.Ordinal)
            || File.Exists("/etc/alpine-release");
    }
}
