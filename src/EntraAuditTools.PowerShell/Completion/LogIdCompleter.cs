using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Questions.Completion;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes ids of activities and of the operations that they belong to.</summary>
public sealed class ActivityIdCompleter : MirrorCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletedValue> Values(string parameter, CompletionRequest request) =>
        IdCompletion.Activities(parameter, request);
}

/// <summary>Completes ids of entries of the provisioning log, of their changes and of the job's cycles.</summary>
public sealed class ProvisioningIdCompleter : MirrorCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletedValue> Values(string parameter, CompletionRequest request) =>
        IdCompletion.Provisioning(parameter, request);
}
