namespace EntraAuditTools.Core.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>Full path of the folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EntraAuditTools.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not lie in a checkout: no EntraAuditTools.sln above them.");
    }
}
