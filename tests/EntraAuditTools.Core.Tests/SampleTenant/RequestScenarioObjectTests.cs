using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Samples;

/// <summary>Request and assignment objects say the same as the audit trail of the same request.</summary>
public sealed class RequestScenarioObjectTests
{
    private static readonly Tenant Tenant = new(new SampleTenantOptions { AuditRecords = 20_000, Seed = 15 });
    private static readonly RequestLabel[] Labels =
        [.. RequestLabel.All(Tenant).Where(label => label.MissingEvents == 0 && label.Scenario != RequestScenario.Refused)];

    [Fact]
    public void EveryRequestOfTheTrailIsAnObjectOfTheSameEndAndKind()
    {
        var requests = Tenant.Entitlement.Requests.ToDictionary(request => request.Id);
        foreach (var label in Labels)
        {
            var request = requests[label.RequestId];
            var last = request.Steps[^1];
            Assert.Equal((label.RequestedAt!.Value.UtcTicks, label.Subject.Id, label.Package.Id),
                (request.Created, request.Subject.ObjectId, request.Package.Id));
            Assert.Equal(label.TrueStatus switch
            {
                RequestLabelStatus.TimedOut => "ApprovalTimedOut",
                RequestLabelStatus.PartiallyFulfilled => "PartiallyDelivered",
                var status => status.ToString(),
            }, last.Status);
            if (label.DeliveredAt is { } delivered)
                Assert.Equal(delivered.UtcTicks, last.At);
            Assert.Equal(label.Approvals.Select(approval =>
                (approval.Approver, (long?)approval.Time.UtcTicks, approval.Decision == ApprovalLabelDecision.Denied ? "Deny" : "Approve")),
                request.Approvals.Where(approval => approval.At is not null)
                    .Select(approval => (approval.Approver!, approval.At, approval.Result)));
            Assert.StartsWith((label.Kind, label.RequestedBy == label.Subject) switch
            {
                (RequestLabelKind.DirectAssignment, _) => "adminAdd",
                (RequestLabelKind.AutoAssignment, _) => "systemAdd",
                (RequestLabelKind.UserRequest, false) => "onBehalfAdd",
                (RequestLabelKind.UserRequest, _) => "userAdd",
                (RequestLabelKind.Removal, true) => "userRemove",
                (RequestLabelKind.Removal, _) => label.RequestedBy is null ? "systemRemove" : "adminRemove",
                _ => "userUpdate",
            }, request.Type, StringComparison.Ordinal);
        }

        Assert.Equal(Enum.GetValues<RequestLabelKind>(), Labels.Select(label => label.Kind).Distinct().Order());
    }

    [Fact]
    public void EveryAssignmentEndsWhenAndWhyTheTrailSays()
    {
        var assignments = Tenant.Entitlement.Assignments.ToDictionary(assignment => assignment.Id);
        var whole = Labels.Select(label => label.RequestId).ToHashSet();
        foreach (var label in Labels.Where(label =>
            label.EndReason is not null && (label.EndedByRequestId is null || whole.Contains(label.EndedByRequestId))))
        {
            var assignment = assignments[label.AssignmentId!];
            Assert.Equal((label.EndRequestedAt ?? label.AssignmentEndedAt!).Value.UtcTicks, assignment.Ended);
            Assert.Equal(label.EndReason switch
            {
                AssignmentEndLabel.CanceledByUser => AssignmentEnd.RemovedByUser,
                AssignmentEndLabel.RemovedByAdministrator => AssignmentEnd.RemovedByAdministrator,
                AssignmentEndLabel.PolicyRule => AssignmentEnd.PolicyRule,
                AssignmentEndLabel.AccessReview => AssignmentEnd.AccessReview,
                AssignmentEndLabel.UserDeleted => AssignmentEnd.UserDeleted,
                _ => AssignmentEnd.Expired,
            }, assignment.EndReason);
        }
    }

    [Fact]
    public void WhatWasTriedAgainIsDeliveredInTheEnd()
    {
        var retried = Tenant.Entitlement.Assignments.Where(assignment => assignment is { Failed: not null, Delivered: not null }).ToList();

        Assert.NotEmpty(retried);
        Assert.All(retried, assignment =>
        {
            Assert.Equal("deliveryFailed", assignment.At(assignment.Failed!.Value).State);
            Assert.Equal("delivered", assignment.At(assignment.Delivered!.Value).State);
        });
    }
}
