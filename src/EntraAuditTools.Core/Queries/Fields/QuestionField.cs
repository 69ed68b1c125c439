using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Fields;

/// <summary>
/// What a question can be asked for, declared once: the cmdlet's parameter, the program's option, what completes it, and its words in
/// <c>-Verbose</c>, warnings and help all follow from here.
/// </summary>
internal class QuestionField
{
    /// <summary>Declares one.</summary>
    /// <param name="name">Its name: that of the cmdlets' parameter.</param>
    /// <param name="words">What it means, in the words of <c>-Verbose</c>: "…; (words) like 'x'".</param>
    /// <param name="help">The same as a sentence, for help and the command line.</param>
    internal QuestionField(string name, string words, string help)
    {
        Name = name;
        Words = words;
        Help = help;
    }

    /// <summary>Its name: that of the parameter.</summary>
    public string Name { get; }

    /// <summary>What it means, in the words of <c>-Verbose</c>.</summary>
    public string Words { get; }

    /// <summary>What it means, as a sentence.</summary>
    public string Help { get; }

    /// <summary>Its option of the program: <c>--initiated-by</c> for InitiatedBy, <c>--ip-address</c> for IPAddress.</summary>
    public string Option => OptionName.Of(Name);

    /// <summary>What its values are, for a warning of one that the mirror does not know; null where nothing is warned of.</summary>
    public string? Noun { get; init; }

    /// <summary>Where its values are to be found; only with <see cref="Noun"/>.</summary>
    public ValueColumn? Held { get; init; }

    /// <summary>Whether <c>All</c> asks for any value, as the portal's filters offer it.</summary>
    public bool TakesAll { get; init; }

    /// <summary>The words that it takes; null for any text.</summary>
    public IReadOnlyList<string>? ClosedList { get; init; }

    /// <summary>Words that are asked for most, where it takes others too; null for none.</summary>
    public IReadOnlyList<string>? Usual { get; init; }

    /// <summary>Whether it is one text, which is no pattern.</summary>
    public bool IsPhrase { get; init; }

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether its value is a point in time.</summary>
    public bool IsTime { get; init; }

    /// <summary>Whether it is there or not, without a value.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>
    /// Of whom and of what it selects, together with the others that do: User, AccessPackage, AssignmentId or RequestId; null where it
    /// is a condition by itself.
    /// </summary>
    public string? Selects { get; init; }

    /// <summary>Whether the question cannot be asked without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What completes it from the mirror; null where words or the log's own values do.</summary>
    public Func<CompletionRequest, IEnumerable<CompletedValue>>? Completes { get; init; }
}
