using System.Collections;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes tenants: those of activities, most frequent first, then those that only other records tell.</summary>
public sealed class TenantCompleter : MirrorCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound)
    {
        var counted = FilterValueQuery.Run(mirror, AuditActivityQuery.Fields.First(field => field.Name == "Tenant"), typed, Limit, null);
        var others = new TypedText(typed).Best(CommonColumn.Tenant.Of(mirror).Candidates(typed))
            .Where(tenant => !counted.Any(known => known.Key.Equals(tenant, StringComparison.OrdinalIgnoreCase)));
        return counted.Select(value => CompletionText.Literal(value.Key, value.Value))
            .Concat(others.Select(tenant => CompletionText.Literal(tenant))).Take(Limit);
    }
}
