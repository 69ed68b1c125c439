using System.Runtime.InteropServices;

namespace EntraAuditTools.Loading;

/// <summary>
/// Where a package keeps the libraries of <c>lib</c> compiled ahead of time for this machine: <c>lib/ready/linux-x64</c> and so on.
/// </summary>
internal static class ReadyToRunFolder
{
    /// <summary>They are compiled with .NET 10: an older runtime would only load larger files and compile them itself.</summary>
    private const int FirstMajorVersion = 10;

    /// <summary>The folder; null where there is none, as in a module that was built and not packaged.</summary>
    /// <param name="folder">The module's <c>lib</c> folder.</param>
    public static string? Of(string folder)
    {
        if (Environment.Version.Major < FirstMajorVersion) return null;
        // Such code does not depend on the C library: musl takes what glibc takes.
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var path = Path.Combine(folder, "ready", $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}");
        return Directory.Exists(path) ? path : null;
    }
}
