using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Questions.Completion;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes a filter of a log.</summary>
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

    /// <inheritdoc/>
    private protected override IEnumerable<CompletedValue> Values(string parameter, CompletionRequest request) =>
        LogCompletion.Run(fields, name ?? parameter, request);
}

/// <summary>Completes filters of the provisioning log.</summary>
public sealed class ProvisioningFieldCompleter() : LogFieldCompleter(ProvisioningLogQuery.Fields);
