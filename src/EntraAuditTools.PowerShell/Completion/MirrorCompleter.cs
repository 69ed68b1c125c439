using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Language;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.PowerShell.Session;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes from what the mirror of the command line, or of the session, holds.</summary>
public abstract class MirrorCompleter : IArgumentCompleter
{
    /// <summary>The values that complete a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="request">What was typed of it, with the mirror if there is one.</param>
    private protected abstract IEnumerable<CompletedValue> Values(string parameter, CompletionRequest request);

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031",
        Justification = "A completer that throws shows nothing and helps nobody; the query itself will say what is wrong.")]
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var request = new CompletionRequest(null, commandName, CompletionText.Typed(wordToComplete), name => Given(fakeBoundParameters, name));
            var location = MirrorLocation.Resolve(MirrorPath(fakeBoundParameters), MirrorSession.Path);
            if (location.Here is not { } path) return Values(parameterName, request).Select(CompletionText.Literal).ToList();
            using var mirror = MirrorReader.Open(path);
            return Values(parameterName, request with { Mirror = mirror }).Select(CompletionText.Literal).ToList();
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>What a parameter was given; null when it was not.</summary>
    private static string[]? Given(IDictionary bound, string name) =>
        // Fake bound parameters hold a string or object[]; variables and splats are missing.
        bound[name] switch
        {
            string text => [text],
            IEnumerable list => list.Cast<object?>().Select(item => item?.ToString() ?? string.Empty).ToArray(),
            _ => null,
        };

    private static string? MirrorPath(IDictionary bound)
    {
        if (bound["Mirror"] is not string { Length: > 0 } path) return null;
        if (ServerName.Is(path)) return path;

        // A completer has no cmdlet to resolve $PWD and drives with.
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        var full = shell.AddScript("param($path) $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($path)",
            useLocalScope: true).AddArgument(path).Invoke<string>();
        return full.Count > 0 ? full[0] : path;
    }
}
