using System.Globalization;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs.Conditions;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>One filter of a log: a field of the questions about it, with its condition and what completes it.</summary>
internal class LogField : QuestionField
{
    /// <inheritdoc cref="QuestionField(string, string, string)"/>
    internal LogField(string name, string words, string help)
        : base(name, words, help)
    {
    }

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
