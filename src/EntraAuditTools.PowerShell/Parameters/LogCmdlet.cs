using System.Management.Automation;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>A question on a log, whose filters are the parameters that are called as its fields (<see cref="LogField.Name"/>).</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class LogCmdlet<T> : TimedCmdlet<T>
{
    private HashSet<string> given = [];

    /// <summary>The filters of the log.</summary>
    private protected abstract IReadOnlyList<LogField> Fields { get; }

    /// <summary>What the command line gives; whoever the pipeline brings is no typing error.</summary>
    private protected override IEnumerable<AskedValue> Asked => Fields.Where(IsChecked).Select(filter => new AskedValue(filter.Noun!, filter.Held!, Texts(filter)));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // What the pipeline will bind is not there yet.
        given = new(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether the command line gives a parameter; what the pipeline binds later does not count.</summary>
    private protected bool IsGiven(string parameter) => given.Contains(parameter);

    /// <summary>Takes the filters from the parameters of their names.</summary>
    private protected void Fill(LogFilter filter)
    {
        foreach (var field in Fields.Where(field => !field.IsNumber)) filter[field.Name] = Texts(field);
    }

    private bool IsChecked(LogField field) => field.Noun != null && IsGiven(field.Name);

    /// <summary>What a parameter asks for; null for nothing, and for All where that means any value.</summary>
    private string[]? Texts(LogField field)
    {
        var texts = ParameterValues.Of(this, field.Name);
        return field.TakesAll ? AnyValue.Unless(texts) : texts;
    }
}
