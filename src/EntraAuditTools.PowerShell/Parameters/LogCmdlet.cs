using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// A question on a log, whose filters are the parameters that are called as its fields (<see cref="LogField.Name"/>). What the pipeline
/// binds to one is asked for together. A cmdlet that answers with the log's own records has nothing but parameters.
/// </summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class LogCmdlet<T> : TimedCmdlet<T>
{
    private readonly Dictionary<string, List<string>> piped = new(StringComparer.OrdinalIgnoreCase);
    private HashSet<string> given = [];

    /// <summary>The log.</summary>
    private protected abstract ILogQuery Log { get; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Logs => [Log.Kind];

    /// <summary>Values of the command line only: a value that the pipeline brings is no typing error.</summary>
    private protected override IEnumerable<AskedValue> Asked =>
        Log.Fields.Where(IsChecked).Select(filter => new AskedValue(filter.Noun!, filter.Held!, Texts(filter)));

    /// <summary>Whether values that can hold key material are shown instead of masked.</summary>
    private protected virtual bool ShowsSecrets => false;

    /// <inheritdoc/>
    protected override bool PagesItself => Log is LogQuery<T>;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // The pipeline's values are not bound yet.
        given = new(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    protected override void Collect()
    {
        foreach (var field in Log.Fields.Where(field => ParameterValues.IsPiped(this, field.Name)))
        {
            if (Texts(field) is not { } texts) continue;
            if (!piped.TryGetValue(field.Name, out var known)) piped.Add(field.Name, known = []);
            known.AddRange(texts.Except(known, StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>The records that match; cmdlets with other answers override it.</summary>
    private protected override IEnumerable<T> Query(MirrorReader mirror) => ((LogQuery<T>)Log).Run(mirror, Filter());

    /// <inheritdoc/>
    private protected override long? Count(MirrorReader mirror) => Log is LogQuery<T> ? Log.Count(mirror, Filter()) : null;

    /// <inheritdoc/>
    private protected override string? Describe(MirrorReader mirror)
    {
        var filter = Filter();
        return $"{Log.Describe(filter)}\n{Log.DescribeSql(mirror, filter)}";
    }

    /// <summary>The filter: the time, the page if that is wanted, and the conditions.</summary>
    private protected virtual LogFilter Filter(bool paged = true) => Fill(new LogFilter
    {
        After = Window.After,
        Before = Window.Before,
        Skip = paged ? PagingParameters.Skip() : 0,
        First = paged ? PagingParameters.First() : null,
        ShowSecret = ShowsSecrets,
    });

    /// <summary>Takes the filters from the parameters of their names, and from what the pipeline bound to them.</summary>
    private LogFilter Fill(LogFilter filter)
    {
        foreach (var field in Log.Fields)
        {
            if (field.IsTime)
            {
                filter.ImportedAfter = ParameterValues.Time(this, field.Name);
                continue;
            }

            var texts = Piped(field.Name) ?? Texts(field);
            if (field.IsNumber) filter.ImportId = texts?.Select(ParameterValues.Number).ToList();
            else filter[field.Name] = texts;
        }

        return filter;
    }

    /// <summary>All that a parameter was given which binds from the pipeline, there and on the command line; null for nothing.</summary>
    private protected IReadOnlyList<string>? Piped(string parameter) => piped.GetValueOrDefault(parameter);

    /// <summary>Whether the command line gives a parameter; what the pipeline binds later does not count.</summary>
    private protected bool IsGiven(string parameter) => given.Contains(parameter);

    private bool IsChecked(LogField field) => field.Noun != null && IsGiven(field.Name);

    /// <summary>What a parameter asks for; null for nothing, and for All where that means any value.</summary>
    private string[]? Texts(LogField field)
    {
        var texts = ParameterValues.Of(this, field.Name);
        return field.TakesAll ? AnyValue.Unless(texts) : texts;
    }
}
