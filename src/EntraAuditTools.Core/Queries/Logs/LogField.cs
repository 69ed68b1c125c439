using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Queries.Logs.Conditions;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>
/// One filter of a log, declared once: its parameter, its condition, what completes it, its words in <c>-Verbose</c>, warnings and help,
/// and its option on the command line all follow from here.
/// </summary>
internal class LogField
{
    /// <summary>Declares a filter.</summary>
    /// <param name="name">Its name: that of the cmdlets' parameter.</param>
    /// <param name="words">What it means, in the words of <c>-Verbose</c>: "…; (words) like 'x'".</param>
    /// <param name="help">The same as a sentence, for help and the command line.</param>
    internal LogField(string name, string words, string help)
    {
        Name = name;
        Words = words;
        Help = help;
    }

    /// <summary>Its name: that of the parameter, and of the property of a <see cref="LogFilter"/>.</summary>
    public string Name { get; }

    /// <summary>What it means, in the words of <c>-Verbose</c>.</summary>
    public string Words { get; }

    /// <summary>What it means, as a sentence.</summary>
    public string Help { get; }

    /// <summary>Its option of the program: <c>--initiated-by</c> for InitiatedBy, <c>--ip-address</c> for IPAddress.</summary>
    public string Option
    {
        get
        {
            var text = new StringBuilder("--");
            for (var i = 0; i < Name.Length; i++)
            {
                var begins = i > 0 && char.IsUpper(Name[i])
                    && (char.IsLower(Name[i - 1]) || (i + 1 < Name.Length && char.IsLower(Name[i + 1])));
                if (begins) text.Append('-');
                text.Append(char.ToLowerInvariant(Name[i]));
            }

            return text.ToString();
        }
    }

    /// <summary>What its values are, for a warning of one that the mirror does not know; null where nothing is warned of.</summary>
    public string? Noun { get; init; }

    /// <summary>Where its values are to be found; only with <see cref="Noun"/>.</summary>
    public ValueColumn? Held { get; init; }

    /// <summary>Whether <c>All</c> asks for any value, as the portal's filters offer it.</summary>
    public bool TakesAll { get; init; }

    /// <summary>The words that it takes; null for any text.</summary>
    public IReadOnlyList<string>? ClosedList { get; init; }

    /// <summary>Whether it is one text, which is no pattern.</summary>
    public bool IsPhrase { get; init; }

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether its value is a point in time.</summary>
    public bool IsTime { get; init; }

    /// <summary>Whether what it is given narrows what completes other filters.</summary>
    public bool Narrows { get; init; }

    /// <summary>What completes it; null for nothing.</summary>
    internal LogValues? Values { get; init; }

    /// <summary>Its condition; null where it is part of another (<see cref="LogDefinition{T}.Kinds"/>), or asks for nothing.</summary>
    internal Func<LogContext, IReadOnlyList<string>, LogCondition?>? Condition { get; init; }

    /// <summary>What a filter asks by it; null when nothing.</summary>
    internal IReadOnlyList<string>? TextsOf(LogFilter filter)
    {
        IReadOnlyList<string>? texts = IsTime ? filter.ImportedAfter is { } time ? [FilterDescription.Time(time)] : null
            : IsNumber ? filter.ImportId?.Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList() : filter[Name];
        return texts is { Count: > 0 } ? texts : null;
    }
}
