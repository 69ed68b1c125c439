namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>Errors in the Markdown of the help, all of them in one build, in the form that MSBuild and editors read.</summary>
internal sealed class HelpProblems
{
    private readonly List<string> found = [];

    public IReadOnlyList<string> Found => found;

    /// <param name="file">The Markdown file.</param>
    /// <param name="line">The line in it, from 1.</param>
    /// <param name="text">What is wrong, and what to do.</param>
    public void Add(string file, int line, string text) => found.Add($"{file}({line}): error EAT0002: {text}");
}
