using System.Runtime.CompilerServices;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>The exports that come with the project.</summary>
internal static class Seeds
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../seeds/sample-tenant"));

    private static string Here([CallerFilePath] string path = "") => path;
}
