using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement;

/// <summary>Reads approvals: v1.0 <c>approval</c> with stages, beta's with steps. An approval has the id of its request.</summary>
internal static class ApprovalReader
{
    /// <summary>An approval; null when it has no id.</summary>
    public static EntityObservation? Read(in RecordNode node)
    {
        if (node.Id(P.Id) is not { } id) return null;
        var approval = new EntityObservation(EntityKind.Approval, id).AddLink(FactNames.Request, EntityKind.Request, id);
        if (approval.Items(node, P.Stages, P.Steps) is not { } items) return approval;
        var stages = items.ConvertAll(stage => (Node: stage, Reviewer: approval.Child(stage, P.ReviewedBy), Time: stage.Ticks(P.ReviewedDateTime) ?? 0));
        foreach (var (_, _, time) in stages) approval.Dated(time);
        approval.Add(FactNames.Stages, json =>
        {
            json.WriteStartArray();
            foreach (var (stage, reviewer, time) in stages)
            {
                json.WriteStartObject();
                json.WriteString("id", stage.Id(P.Id));
                json.WriteString("name", stage.Text(P.DisplayName));
                json.WriteString("result", EntitlementWords.ReviewResults.Known(stage.Text(P.ReviewResult)));
                json.WriteString("status", EntitlementWords.StageStatuses.Known(stage.Text(P.Status)));
                json.WriteString("time", time == 0 ? null : EntityObservation.TimeText(time));
                json.WriteString("justification", stage.Text(P.Justification));
                WriteReviewer(json, reviewer);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        return approval;
    }

    private static void WriteReviewer(System.Text.Json.Utf8JsonWriter json, in RecordNode reviewer)
    {
        var (id, name, upn) = (reviewer.Id(P.Id), reviewer.Text(P.DisplayName), reviewer.Text(P.UserPrincipalName));
        if (id == null && name == null && upn == null)
        {
            json.WriteNull("reviewer");
            return;
        }

        json.WriteStartObject("reviewer");
        json.WriteString("id", id);
        json.WriteString("name", name);
        json.WriteString("upn", upn);
        json.WriteEndObject();
    }
}
