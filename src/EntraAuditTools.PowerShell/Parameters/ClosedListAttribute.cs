using System.Management.Automation;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.PowerShell.Completion;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// Values of a list of our own words: a word that is none of them would answer with nothing, so it is refused, with the nearest. Wildcards
/// are allowed where one of the words matches; All means any, as in the portal's filters.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ClosedListAttribute : ValidateEnumeratedArgumentsAttribute
{
    private readonly string[] words;

    /// <summary>Creates the validation.</summary>
    /// <param name="completer">The completer that lists the words.</param>
    public ClosedListAttribute(Type completer) => words = [.. ((WordCompleter)Activator.CreateInstance(completer)!).List];

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        if (ClosedWords.Problem(element?.ToString() ?? string.Empty, words) is { } problem) throw new ValidationMetadataException(problem);
    }
}
