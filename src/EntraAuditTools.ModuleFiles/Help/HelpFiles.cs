using System.Reflection;

namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>
/// Makes the files that Get-Help reads: MAML from one Markdown page for each cmdlet, and the about topics. What the class of a cmdlet
/// declares is taken from there; its page says the rest.
/// </summary>
internal static class HelpFiles
{
    private const string Culture = "en-US";
    private const string Index = "README";
    private const string TopicPrefix = "about_";

    /// <param name="cmdlets">The compiled cmdlets.</param>
    /// <param name="documentation">The folder of the pages.</param>
    /// <param name="output">The module's folder.</param>
    /// <returns>Errors of the pages; if there are any, nothing is written.</returns>
    public static IReadOnlyList<string> Write(Assembly cmdlets, string documentation, string output)
    {
        var problems = new HelpProblems();
        var shared = new SharedTexts(documentation, problems);
        var pages = Directory.EnumerateFiles(documentation, "*.md").Order(StringComparer.Ordinal)
            .Where(file => NameOf(file) != Index)
            .Select(file => MarkdownSection.Read(file, problems))
            .ToDictionary(page => NameOf(page.File), StringComparer.Ordinal);

        var topics = pages.Where(page => page.Key.StartsWith(TopicPrefix, StringComparison.Ordinal))
            .ToDictionary(page => page.Key, page => new AboutTopic(page.Value, problems).Render());
        var declared = CmdletReader.Read(cmdlets);
        foreach (var (name, page) in pages.Where(page => !topics.ContainsKey(page.Key) && declared.All(cmdlet => cmdlet.Name != page.Key)))
            problems.Add(page.File, 1, $"There is no cmdlet {name}.");
        foreach (var cmdlet in declared.Where(cmdlet => !pages.ContainsKey(cmdlet.Name)))
            problems.Add(Path.Combine(documentation, cmdlet.Name + ".md"), 1, $"The cmdlet {cmdlet.Name} has no page.");
        var help = declared.Where(cmdlet => pages.ContainsKey(cmdlet.Name))
            .Select(cmdlet => (cmdlet, CmdletPage.Read(pages[cmdlet.Name], cmdlet, shared, problems)))
            .ToList();
        shared.CheckAllUsed();
        if (problems.Found.Count > 0) return problems.Found;

        var folder = Directory.CreateDirectory(Path.Combine(output, Culture)).FullName;
        MamlWriter.Write(Path.Combine(folder, cmdlets.GetName().Name + ".dll-Help.xml"), help);
        foreach (var (name, text) in topics) File.WriteAllText(Path.Combine(folder, name + ".help.txt"), text);
        return [];
    }

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);
}
