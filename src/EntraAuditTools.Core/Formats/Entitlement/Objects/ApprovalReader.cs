using System.Text.Json;
using EntraAuditTools.Core.Schema;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>Reads approvals: v1.0 <c>approval</c> with stages, beta's with steps. An approval has the id of its request.</summary>
internal static class ApprovalReader
{
    /// <summary>An approval; null when it has no id.</summary>
    public static EntityObservation? Read(in RecordNode node)
    {
        if (node.Id(P.Id) is not { } id) return null;
        var approval = new EntityObservation(EntityKind.Approval, id).AddLink(FactNames.Request, EntityKind.Request, id);
        if (approval.Items(node, P.Stages, P.Steps) is not { } items) return approval;
        var stages = items.ConvertAll(stage => Stage.Of(stage, approval.Child(stage, P.ReviewedBy)));
        foreach (var stage in stages) approval.Dated(stage.Time);
        approval.AddObjects(FactNames.Stages, stages, static (json, stage) => stage.Write(json));
        return approval;
    }

    /// <summary>
    /// To whom an approver delegates: beta <c>approverDelegate</c>. The approver is only in its address
    /// (<c>users('…')/identityGovernance/approverDelegate</c>); null where that is missing.
    /// </summary>
    public static EntityObservation? Delegate(in RecordNode node, ODataAddress address)
    {
        if (!address.Is("users", "approverDelegate") || !IdText.IsGuid(address.ParentId)) return null;
        var delegates = new EntityObservation(EntityKind.ApproverDelegate, address.ParentId!).AddLink(FactNames.Principal, EntityKind.User,
            address.ParentId);
        var to = delegates.Child(node, P.Delegate);
        delegates.AddObjects(FactNames.Delegate, to.Exists ? [SubjectSet.Of(to, isBackup: false)] : Array.Empty<SubjectSet>(),
            SubjectSet.Write);
        AssignmentReader.AddSchedule(delegates, node);
        return delegates;
    }

    private sealed record Stage(string? Id, string? Name, string? Result, string? Status, long Time, string? Justification,
        string? ReviewerId, string? ReviewerName, string? ReviewerUpn)
    {
        public static Stage Of(in RecordNode node, in RecordNode reviewer) => new(
            node.Id(P.Id),
            node.Text(P.DisplayName),
            EntitlementWords.ReviewResults.Known(node.Text(P.ReviewResult)),
            EntitlementWords.StageStatuses.Known(node.Text(P.Status)),
            node.Ticks(P.ReviewedDateTime) ?? 0,
            node.Text(P.Justification),
            reviewer.Id(P.Id),
            reviewer.Text(P.DisplayName),
            reviewer.Text(P.UserPrincipalName));

        public void Write(Utf8JsonWriter json)
        {
            json.WriteString("id", Id);
            json.WriteString("name", Name);
            json.WriteString("result", Result);
            json.WriteString("status", Status);
            json.WriteString("time", Time == 0 ? null : EntityObservation.TimeText(Time));
            json.WriteString("justification", Justification);
            if (ReviewerId == null && ReviewerName == null && ReviewerUpn == null)
            {
                json.WriteNull("reviewer");
            }
            else
            {
                json.WriteStartObject("reviewer");
                json.WriteString("id", ReviewerId);
                json.WriteString("name", ReviewerName);
                json.WriteString("upn", ReviewerUpn);
                json.WriteEndObject();
            }
        }
    }
}
