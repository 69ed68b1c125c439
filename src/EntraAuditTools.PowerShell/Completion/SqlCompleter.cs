using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EntraAuditTools.Core.Queries.Sql;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes the last word of a question in SQL: views behind FROM and JOIN, else columns of the views that it names.</summary>
public sealed class SqlCompleter : IArgumentCompleter
{
    private static readonly string[] BeforeViews = ["FROM", "JOIN"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = CompletionText.Typed(wordToComplete);
        var start = typed.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(typed[start - 1]) || typed[start - 1] == '_')) start--;
        var (before, word) = (typed[..start], typed[start..]);
        return Candidates(before).Where(candidate => candidate.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(candidate => new CompletionResult(CompletionText.Quote(before + candidate.Name), candidate.Name,
                CompletionResultType.ParameterValue, candidate.Meaning))
            .ToList();
    }

    private static IEnumerable<(string Name, string Meaning)> Candidates(string before)
    {
        var words = before.Split([' ', '\t', '\r', '\n', '(', ')', ',', '.', '='], StringSplitOptions.RemoveEmptyEntries);
        var views = AuditViews.All.Select(view => (view.Name, view.Meaning));
        if (words.Length > 0 && BeforeViews.Contains(words[^1], StringComparer.OrdinalIgnoreCase)) return views;
        var named = AuditViews.All.Where(view => words.Contains(view.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        return (named.Count > 0 ? named : AuditViews.All).SelectMany(view => view.Columns).DistinctBy(column => column.Name)
            .Select(column => (column.Name, column.Meaning));
    }
}
