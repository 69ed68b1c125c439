using System.Collections;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>
/// Completes who was provisioned: those whom the provisioning log names; for a trail, which comes from two logs, then those whom
/// provisioning's events of the audit log are about.
/// </summary>
public sealed class ProvisionedIdentityCompleter : MirrorCompleter
{
    private const string Service = "Account Provisioning";

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound)
    {
        var found = FilterValueQuery.Run(mirror, ProvisioningLogQuery.Fields.First(field => field.Name == "Identity"), typed, Limit, null);
        if (command.EndsWith("Get-ProvisioningEvent", StringComparison.OrdinalIgnoreCase))
        {
            var target = AuditActivityQuery.Fields.First(field => field.Name == "Target");
            var others = new LogFilter { ["Service"] = [Service] };
            found = [.. found, .. FilterValueQuery.Run(mirror, target, typed, Limit, others)
                .Where(value => value.Value > 0 && !found.Any(known => known.Key.Equals(value.Key, StringComparison.OrdinalIgnoreCase)))];
        }

        return found.Take(Limit).Select(value => CompletionText.Literal(value.Key, value.Value));
    }
}
