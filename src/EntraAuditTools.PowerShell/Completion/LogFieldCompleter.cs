using System.Collections;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>
/// Completes a filter of a log, which is called as the parameter, with the values that the mirror holds, most frequent first, narrowed by
/// the filters already on the command line.
/// </summary>
public abstract class LogFieldCompleter : MirrorCompleter
{
    private readonly IReadOnlyList<LogField> fields;
    private readonly string? name;

    /// <summary>A completer of a log's filters.</summary>
    /// <param name="fields">The filters of the log.</param>
    /// <param name="name">The filter, where it is not called as the parameter.</param>
    private protected LogFieldCompleter(IReadOnlyList<LogField> fields, string? name = null)
    {
        this.fields = fields;
        this.name = name;
    }

    /// <summary>The filter that a parameter is.</summary>
    private protected string NameOf(string parameter) => name ?? parameter;

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound)
    {
        var completed = fields.FirstOrDefault(field => field.Name.Equals(NameOf(parameter), StringComparison.OrdinalIgnoreCase));
        if (completed is null) return [];
        var others = new LogFilter();
        foreach (var other in fields.Where(other => other.Narrows && other != completed)) others[other.Name] = Given(bound, other.Name);
        return FilterValueQuery.Run(mirror, completed, typed, Limit, others)
            .Select(value => CompletionText.Literal(value.Key, value.Value));
    }
}

/// <summary>Completes filters of the provisioning log.</summary>
public sealed class ProvisioningFieldCompleter() : LogFieldCompleter(ProvisioningLogQuery.Fields);
