using EntraAuditTools.Core.Schema;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>
/// Reads <c>customExtensionCalloutInstances</c> of requests and assignments: the calls of custom extensions and their results.
/// </summary>
internal static class CalloutReader
{
    /// <summary>Adds them; an empty list says that there were none.</summary>
    public static void Add(EntityObservation entity, in RecordNode node)
    {
        if (entity.Items(node, P.CustomExtensionCalloutInstances) is not { } items) return;
        var callouts = items.ConvertAll(item => (
            Id: item.Id(P.Id),
            Extension: item.Id(P.CustomExtensionId),
            Status: EntitlementWords.CalloutStatuses.Known(item.Text(P.Status)),
            Detail: item.Text(P.Detail),
            Run: item.Text(P.ExternalCorrelationId)));
        entity.AddObjects(FactNames.Callouts, callouts, static (json, callout) =>
        {
            if (callout.Id != null) json.WriteString("id", callout.Id);
            if (callout.Extension != null) json.WriteString("extension", callout.Extension);
            if (callout.Status != null) json.WriteString("status", callout.Status);
            if (callout.Detail != null) json.WriteString("detail", callout.Detail);
            if (callout.Run != null) json.WriteString("run", callout.Run);
        });
    }
}
