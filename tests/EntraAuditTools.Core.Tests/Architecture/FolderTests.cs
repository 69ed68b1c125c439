namespace EntraAuditTools.Core.Tests.Architecture;

/// <summary>Files are found where their names say: a folder is a room for one question, small enough to be read in one go.</summary>
public sealed class FolderTests
{
    private const int Most = 24;

    private static readonly string[] NamedByFolder = ["EntraAuditTools.Core", "EntraAuditTools.PowerShell"];

    [Fact]
    public void No_folder_holds_more_than_can_be_overlooked()
    {
        var large = Files().GroupBy(file => Path.GetDirectoryName(file)!, StringComparer.Ordinal).Where(folder => folder.Count() > Most)
            .Select(folder => $"{folder.Key}: {folder.Count()} files");
        Assert.Empty(large);
    }

    [Fact]
    public void Namespace_is_the_folder()
    {
        var wrong = from file in Files()
                    where NamedByFolder.Contains(file.Split(Path.DirectorySeparatorChar)[1])
                    let declared = File.ReadLines(Path.Combine(Repository.Root, file)).FirstOrDefault(IsNamespace)
                    where declared != null
                    let expected = string.Join('.', Path.GetDirectoryName(file)!.Split(Path.DirectorySeparatorChar).Skip(1))
                    where declared != $"namespace {expected};"
                    select $"{file}: {declared}";
        Assert.Empty(wrong);
    }

    private static bool IsNamespace(string line) => line.StartsWith("namespace ", StringComparison.Ordinal);

    private static IEnumerable<string> Files() =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Repository.Root, file)
        let parts = relative.Split(Path.DirectorySeparatorChar)
        where !parts.Contains("obj") && !parts.Contains("bin")
        select relative;
}
