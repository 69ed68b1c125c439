using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Trust.Mirrors;

/// <summary>Exports to import: paths as they are given to the program, in their order, and the files that they mean.</summary>
/// <param name="Paths">Files and folders.</param>
internal sealed record Exports(IReadOnlyList<string> Paths)
{
    /// <summary>The files, in the order in which they are imported.</summary>
    public IReadOnlyList<string> Files { get; } =
        [.. Paths.SelectMany(path => Directory.Exists(path) ? ExportFileFinder.Files(path, recurse: true, error => throw error) : [path])];

    /// <summary>What the program calls a file.</summary>
    public static string NameOf(string file) => Path.GetRelativePath(Environment.CurrentDirectory, file);

    /// <summary>The arguments with which the program imports them.</summary>
    public string[] Arguments => ["import", .. Paths, "--recurse"];

    /// <summary>A sample tenant in every shape, its folders in an order by chance.</summary>
    public static Exports OfSampleTenant(string folder, Random random)
    {
        SampleTenantWriter.WriteAll(folder, new SampleTenantOptions { Seed = random.Next(), AuditRecords = random.Next(100, 600) });
        var paths = Directory.GetDirectories(folder).Order(StringComparer.Ordinal).ToArray();
        random.Shuffle(paths);
        return new(paths);
    }

    /// <summary>A chain of pages of one log, each so large that it is committed in parts.</summary>
    public static Exports OfLargePages(string folder, int pages, int recordsOfPage)
    {
        Directory.CreateDirectory(folder);
        var tenant = new Tenant(new SampleTenantOptions { AuditRecords = (long)pages * recordsOfPage });
        GraphPages.WriteFolder(folder, "page", AuditEvents.Enumerate(tenant), recordsOfPage);
        return new([folder]);
    }
}
