using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EntraAuditTools.Core.Exporting;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;
using EntraAuditTools.Core.Questions.Entitlement;
using EntraAuditTools.Core.Questions.Provisioning;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes a parameter from a fixed list, in the list's order.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    /// <summary>The list.</summary>
    protected abstract IEnumerable<string> Words { get; }

    /// <summary>The list, to check values against.</summary>
    internal IEnumerable<string> List => Words;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = CompletionText.Typed(wordToComplete);
        return new TypedText(typed).Best(Words)
            .Select(word => new CompletionResult(word.Contains(' ', StringComparison.Ordinal) ? CompletionText.Quote(word) : word, word,
                CompletionResultType.ParameterValue, word))
            .ToList();
    }
}

/// <summary>Completes what Measure-AuditActivity can group by.</summary>
public sealed class DimensionCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => AuditActivityMeasureQuery.Dimensions;
}

/// <summary>Completes the logs that activities come from.</summary>
public sealed class OriginCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => ActivityOrigin.Names;
}

/// <summary>Completes -Last with the spans that are asked for most.</summary>
public sealed class LastCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => TimeFields.Last.Usual!;
}

/// <summary>Completes -DateFormat: the words, and the formats that are meant most.</summary>
public sealed class DateFormatCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => RecordCompletion.DateFormats;
}

/// <summary>Completes the kinds of record that a mirror can hold.</summary>
public sealed class KindCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => CoverageQuery.Kinds;
}

/// <summary>Completes the kinds of record whose originals a mirror keeps.</summary>
public sealed class RecordKindCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => OriginalSelection.Kinds;
}

/// <summary>Completes the events on a trail through provisioning, in their normal order.</summary>
public sealed class ProvisioningActivityCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => TrailQuestion.Activities;
}

/// <summary>Completes -ExpiringWithin with the spans that are asked for most.</summary>
public sealed class SpanCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => AssignmentsQuestion.Spans;
}

/// <summary>Completes states of assignments, in their usual order.</summary>
public sealed class AssignmentStateCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => AssignmentsQuestion.StateWords;
}

/// <summary>Completes states of requests, in their usual order.</summary>
public sealed class RequestStatusCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => RequestsQuestion.StatusWords;
}

/// <summary>Completes kinds of request.</summary>
public sealed class RequestTypeCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => RequestsQuestion.TypeWords;
}

/// <summary>Completes kinds of conflict.</summary>
public sealed class ConflictKindCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => ConflictsQuestion.KindWords;
}

/// <summary>Completes states of connected organizations.</summary>
public sealed class ConnectedOrganizationStateCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Words => OrganizationsQuestion.StateWords;
}
