using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Language;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.PowerShell.Session;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes from what the mirror of the command line, or of the session, holds.</summary>
public abstract class MirrorCompleter : IArgumentCompleter
{
    private protected const int Limit = 100;

    /// <summary>The completions when there is a mirror.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="command">The command on the command line.</param>
    /// <param name="parameter">The parameter that is completed.</param>
    /// <param name="typed">What was typed so far.</param>
    /// <param name="bound">The other parameters on the command line.</param>
    private protected abstract IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound);

    /// <summary>The completions when there is none.</summary>
    private protected virtual IEnumerable<CompletionResult> WithoutMirror(string parameter, string typed, IDictionary bound) => [];

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031",
        Justification = "A completer that throws shows nothing and helps nobody; the query itself will say what is wrong.")]
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = CompletionText.Typed(wordToComplete);
        try
        {
            var location = MirrorLocation.Resolve(MirrorPath(fakeBoundParameters), MirrorSession.Path);
            if (!File.Exists(location.Path)) return WithoutMirror(parameterName, typed, fakeBoundParameters).ToList();
            using var mirror = MirrorReader.Open(location.Path);
            return FromMirror(mirror, commandName, parameterName, typed, fakeBoundParameters).ToList();
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>What a parameter was given; null when it was not.</summary>
    private protected static string[]? Given(IDictionary bound, string name) =>
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

        // A completer has no cmdlet to resolve $PWD and drives with.
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        var full = shell.AddScript("param($path) $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($path)",
            useLocalScope: true).AddArgument(path).Invoke<string>();
        return full.Count > 0 ? full[0] : path;
    }
}
