using System.Xml.Linq;
using EntraAuditTools.ModuleFiles.Help;

namespace EntraAuditTools.Module.Tests;

/// <summary>A copy of docs/en-US, to change a page of and to make help from.</summary>
internal sealed class HelpPages : IDisposable
{
    private readonly string root = System.IO.Directory.CreateTempSubdirectory("help-pages-").FullName;

    public HelpPages()
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(Source, "*.md", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(Source, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        // A page of help links to it.
        File.Copy(Path.Combine(StagedModule.RepositoryRoot, "docs", "targets.md"), Path.Combine(root, "docs", "targets.md"));
    }

    public const string Maml = "EntraAuditTools.PowerShell.dll-Help.xml";

    public static string Source { get; } = Path.Combine(StagedModule.RepositoryRoot, "docs", "en-US");

    public string Output => Path.Combine(root, "module");

    private string Folder => Path.Combine(root, "docs", "en-US");

    public string PathOf(string page) => Path.Combine(Folder, page);

    /// <summary>Puts one text in the place of another, which has to be there.</summary>
    public void Replace(string page, string old, string replacement)
    {
        var text = File.ReadAllText(PathOf(page));
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf(page), text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <returns>What is wrong with the pages.</returns>
    public IReadOnlyList<string> Make() => HelpFiles.Write(CmdletAssembly.Assembly, Folder, Output);

    /// <summary>Text of a file that was made.</summary>
    public string Made(string name) => File.ReadAllText(Path.Combine(Output, "en-US", name));

    /// <summary>The MAML of a cmdlet.</summary>
    public XElement Command(string name) =>
        XDocument.Parse(Made(Maml), LoadOptions.PreserveWhitespace).Root!.Elements()
            .Single(command => command.Descendants().First(element => element.Name.LocalName == "name").Value == name);

    public void Dispose() => System.IO.Directory.Delete(root, recursive: true);
}
