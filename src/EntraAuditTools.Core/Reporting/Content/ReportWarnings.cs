using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Reporting.Content;

/// <summary>What makes a report say less than its reader may think.</summary>
internal static class ReportWarnings
{
    /// <summary>A sentence for each; also in the report itself, whose reader did not see the command.</summary>
    public static IEnumerable<string> Of(MirrorReader mirror, ReportOptions options)
    {
        foreach (var sentence in UnseenValueQuery.Run(mirror, [new("tenant", CommonColumn.Tenant, options.Tenants)])) yield return sentence;
        if (TenantScope.Warning(mirror, options.Tenants, [KindNames.AuditActivity, KindNames.ProvisioningLog]) is { } left) yield return left;
        if (options.Since > (options.Before ?? options.Now))
            yield return "The time of what is new begins after the report's own has ended: nothing can be new.";
    }
}
