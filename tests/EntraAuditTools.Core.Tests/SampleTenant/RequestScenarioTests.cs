using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Samples;

/// <summary>The scenarios of requests and their labels: what answers are checked against must itself be right.</summary>
public sealed class RequestScenarioTests
{
    public static TheoryData<int, int> Tenants =>
        new() { { 50, 1 }, { 130, 2 }, { 400, 20261031 }, { 1000, 3 }, { 1000, 4 }, { 5000, 5 }, { 20_000, 6 } };

    [Theory]
    [MemberData(nameof(Tenants))]
    public void EveryEventThatNamesARequestIsOfItsLabelAndOfNoOther(int records, int seed)
    {
        var (events, labels) = Sample(records, seed);
        var owner = labels.SelectMany(label => label.EventIds.Concat(label.DirectoryEventIds), (label, id) => (id, label))
            .ToDictionary(pair => pair.id, pair => pair.label);
        var byId = labels.ToDictionary(label => label.RequestId);

        Assert.NotEmpty(labels);
        Assert.All(owner.Keys, id => Assert.True(events.ContainsKey(id)));
        foreach (var audit in events.Values)
        {
            foreach (var target in audit.Targets.Where(target => target.Type == "AccessPackageAssignmentRequest"
                || (target.Type == "Other" && audit.Service == "Access Reviews")))
                Assert.Same(byId[target.Id!], owner[audit.Id]);
            if (audit.Service == "Entitlement Management" && !audit.Activity.StartsWith("Create access package", StringComparison.Ordinal))
                Assert.Contains(audit.Id, owner[audit.Id].EventIds);
        }
    }

    [Theory]
    [MemberData(nameof(Tenants))]
    public void LabelsSayWhatTheEventsSay(int records, int seed)
    {
        var (events, labels) = Sample(records, seed);
        foreach (var label in labels)
        {
            var own = label.EventIds.Select(id => events[id]).ToList();
            Assert.Equal(own.OrderBy(audit => audit.Ticks), own);
            Assert.All(own.Where(audit => audit.Service == "Entitlement Management"),
                audit => Assert.Contains(audit.Targets, target => target.Type == "AccessPackage" && target.Id == label.Package.Id));
            Assert.All(label.DirectoryEventIds, id => Assert.Contains(events[id].Targets, target => target.Id == label.Subject.Id));
            Assert.Equal(label.RequestIdInEvents, own.Exists(audit => audit.Targets.Any(target => target.Id == label.RequestId)));
            if (label.RequestedAt is { } requested)
            {
                var first = own.First(audit => audit.Ticks == requested.UtcTicks);
                Assert.Equal(label.RequestedBy?.Id, first.Actor.IsUser ? first.Actor.Id : null);
                Assert.Equal(label.Justification, first.Details.FirstOrDefault(detail => detail.Key == "Justification").Value);
            }

            if (label.DeliveredAt is { } delivered)
                Assert.Contains(own, audit => audit.Ticks == delivered.UtcTicks
                    && (label.Kind == RequestLabelKind.Removal || audit.Activity.Contains("ulfill", StringComparison.Ordinal)
                        || audit.Activity.StartsWith("Extend", StringComparison.Ordinal)));
            foreach (var approval in label.Approvals)
            {
                var steps = approval.EventIds.Select(id => events[id]).ToList();
                Assert.Equal(approval.Time.UtcTicks, steps[0].Ticks);
                Assert.All(steps, audit => Assert.Equal(approval.Approver.Id, audit.Actor.Id));
                Assert.Equal(approval.Justification is not null,
                    steps.Exists(audit => audit.Details.Any(detail => detail.Key == "Justification")));
            }

            if (label.MissingEvents == 0)
                Assert.Equal(label.TrueStatus, label.ExpectedStatus);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20261031)]
    public void EveryScenarioHappensInAThousandEvents(int seed) =>
        Assert.Equal(Enum.GetValues<RequestScenario>(), Sample(1000, seed).Labels.Select(label => label.Scenario).Distinct().Order());

    [Fact]
    public void EachScenarioEndsAsItsNameSays()
    {
        var labels = Sample(60_000, 8).Labels;
        foreach (var label in labels.Where(label => label.Scenario != RequestScenario.RequestedAgain))
        {
            var status = label.Scenario switch
            {
                RequestScenario.DeniedAtStageOne or RequestScenario.DeniedAtStageTwo => RequestLabelStatus.Denied,
                RequestScenario.TimedOut => RequestLabelStatus.TimedOut,
                RequestScenario.Canceled => RequestLabelStatus.Canceled,
                RequestScenario.FailedDelivery or RequestScenario.Refused => RequestLabelStatus.Failed,
                RequestScenario.PartiallyFulfilled => RequestLabelStatus.PartiallyFulfilled,
                RequestScenario.Scheduled => RequestLabelStatus.Scheduled,
                RequestScenario.Pending or RequestScenario.PendingAtStageTwo => RequestLabelStatus.PendingApproval,
                _ => RequestLabelStatus.Fulfilled,
            };
            Assert.Equal((label.Scenario, status), (label.Scenario, label.TrueStatus));
        }

        var complete = labels.Where(label => label.MissingEvents == 0).ToLookup(label => label.Scenario);
        Assert.All(complete[RequestScenario.TwoStages], label => Assert.Equal([1, 2], label.Approvals.Select(approval => approval.Stage)));
        Assert.All(complete[RequestScenario.DeniedAtStageTwo],
            label => Assert.Equal([ApprovalLabelDecision.Approved, ApprovalLabelDecision.Denied],
                label.Approvals.Select(approval => approval.Decision)));
        Assert.All(complete[RequestScenario.SelfApproved], label => Assert.Equal(label.Subject, Assert.Single(label.Approvals).Approver));
        Assert.All(complete[RequestScenario.OneStage], label => Assert.NotEqual(label.Subject, Assert.Single(label.Approvals).Approver));
        Assert.All(complete[RequestScenario.AutoApproved], label => Assert.Empty(label.Approvals));
        Assert.All(complete[RequestScenario.OnBehalf], label => Assert.NotEqual(label.Subject, label.RequestedBy));
        Assert.All(complete[RequestScenario.PendingAtStageTwo], label =>
            Assert.Equal(label.DocumentationNames ? 1 : 0, label.WaitingFor.Count));
        Assert.Equal([RequestLabelStatus.Denied, RequestLabelStatus.Fulfilled],
            complete[RequestScenario.RequestedAgain].Select(label => label.TrueStatus).Distinct().Order());
        Assert.All(Enum.GetValues<RequestScenario>().Where(scenario => scenario != RequestScenario.RecordsMissing), scenario =>
            Assert.NotEmpty(complete[scenario]));
        Assert.All(labels.Where(label => label.Scenario == RequestScenario.RecordsMissing), label =>
            Assert.NotEqual(0, label.MissingEvents));
    }

    [Fact]
    public void WhatFollowsOnARequestIsARequestOfItsOwnForTheSameAssignment()
    {
        var labels = Sample(60_000, 9).Labels;
        var byId = labels.ToDictionary(label => label.RequestId);
        foreach (var label in labels.Where(label => label.EndedByRequestId is not null && label.MissingEvents == 0))
        {
            if (!byId.TryGetValue(label.EndedByRequestId!, out var removal))
                continue;
            Assert.Equal((RequestLabelKind.Removal, label.AssignmentId, label.Subject),
                (removal.Kind, removal.AssignmentId, removal.Subject));
            Assert.True(removal.AssignmentIdInEvents);
            if (removal.MissingEvents > 0)
                continue;
            Assert.Equal((removal.RequestedAt, removal.DeliveredAt), (label.EndRequestedAt, label.AssignmentEndedAt));
            Assert.Equal(label.Scenario switch
            {
                RequestScenario.RemovedByUser or RequestScenario.SamePackageTwice => AssignmentEndLabel.CanceledByUser,
                RequestScenario.RemovedByAdministrator => AssignmentEndLabel.RemovedByAdministrator,
                RequestScenario.RemovedByReview => AssignmentEndLabel.AccessReview,
                RequestScenario.RemovedByRule => AssignmentEndLabel.PolicyRule,
                _ => AssignmentEndLabel.Expired,
            }, label.EndReason);
        }

        Assert.Equal(Enum.GetValues<AssignmentEndLabel>(), labels.Where(label => label.EndReason is not null)
            .Select(label => label.EndReason!.Value).Distinct().Order());
        Assert.Equal(Enum.GetValues<RequestLabelKind>(), labels.Select(label => label.Kind).Distinct().Order());
        Assert.All(labels.Where(label => label.Kind is RequestLabelKind.Extension or RequestLabelKind.Update),
            label => Assert.Single(labels, other =>
                other.AssignmentId == label.AssignmentId && other.Kind == RequestLabelKind.UserRequest));
    }

    [Fact]
    public void EventsAreTiedInEveryWay()
    {
        var (events, labels) = Sample(60_000, 10);
        var links = labels.SelectMany(label => label.EventIds.Select(id => (label, audit: events[id], link: label.LinkOf(id)))).ToList();

        Assert.Equal(Enum.GetValues<RequestLink>(), links.Select(link => link.link).Distinct().Order());
        Assert.Equal(Enum.GetValues<CorrelationChange>(), labels.Select(label => label.CorrelationChange).Distinct().Order());
        Assert.All(links, link => Assert.Equal(link.link == RequestLink.RequestId,
            link.audit.Targets.Any(target => target.Id == link.label.RequestId)));
        Assert.All(links.Where(link => link.link == RequestLink.CorrelationId),
            link => Assert.Contains(link.label.EventIds, id =>
                id != link.audit.Id && events[id].CorrelationId == link.audit.CorrelationId));
        Assert.All(links.Where(link => link.link == RequestLink.PersonPackageTime),
            link => Assert.DoesNotContain(link.label.EventIds, id => events[id].CorrelationId == link.audit.CorrelationId
                && link.label.LinkOf(id) == RequestLink.RequestId));
        Assert.All(links.Where(link => link.label.CorrelationChange == CorrelationChange.AtFulfilment
            && link.audit.Activity.StartsWith("Fulfill", StringComparison.Ordinal)),
            link => Assert.NotEqual(events[link.label.EventIds[0]].CorrelationId, link.audit.CorrelationId));
        Assert.Throws<KeyNotFoundException>(() => labels[0].LinkOf("Directory_none"));
    }

    [Fact]
    public void BothSetsOfNamesOccurInATenantAndOneOfThemMostly()
    {
        for (int seed = 1; seed <= 6; seed++)
        {
            var labels = Sample(20_000, seed).Labels;
            double share = labels.Count(label => label.DocumentationNames) / (double)labels.Count;
            Assert.True(share is (> 0 and < 0.3) or (> 0.7 and < 1), $"{share}");
        }
    }

    [Fact]
    public void TheSameOptionsGiveTheSameLabels()
    {
        var one = Sample(5000, 11).Labels;
        var other = Sample(5000, 11).Labels;

        Assert.Equal(one.Select(Text), other.Select(Text));
        Assert.NotEqual(one.Select(Text), Sample(5000, 12).Labels.Select(Text));
        static string Text(RequestLabel label) =>
            $"{label.RequestId} {label.ExpectedStatus} {label.RequestedAt:O} {string.Join(' ', label.EventIds.Select(id => id + label.LinkOf(id)))}";
    }

    [Fact]
    public void RequestObjectsAreTheLabelsWithoutWhatFollows()
    {
        var tenant = new Tenant(new SampleTenantOptions { AuditRecords = 20_000, Seed = 13 });
        var byId = RequestLabel.All(tenant).ToDictionary(label => label.RequestId);
        var requests = EntitlementRequest.All(tenant).Where(request => byId.ContainsKey(request.RequestId)).ToList();

        Assert.Equal(byId.Values.Count(label => label.Kind is RequestLabelKind.UserRequest or RequestLabelKind.DirectAssignment
            or RequestLabelKind.AutoAssignment && label.Scenario != RequestScenario.Refused), requests.Count);
        foreach (var request in requests)
        {
            var label = byId[request.RequestId];
            Assert.Equal((label.Subject, label.Package, label.Policy, label.Kind, label.Scenario),
                (request.Subject, request.Package, request.Policy, request.Kind, request.Scenario));
            Assert.Equal(label.AssignmentId, request.HasAssignment ? request.AssignmentId : null);
            if (label.RequestedAt is { } requested)
                Assert.Equal(requested.UtcTicks, request.Start);
            if (label.DeliveredAt is { } delivered)
                Assert.Equal(delivered.UtcTicks, request.Start + request.DeliveredAfter);
            if (label.EndRequestedAt is { } ended)
                Assert.Equal(ended.UtcTicks, request.Start + request.EndedAfter);
            if (label.EndedByRequestId is { } second)
                Assert.Equal((second, RequestLabelKind.Removal), (request.SecondRequestId, request.SecondKind));
            if (request.SecondRequestId is { } following && byId.TryGetValue(following, out var next) && next.MissingEvents == 0)
                Assert.Equal((next.RequestedAt!.Value.UtcTicks, next.DeliveredAt!.Value.UtcTicks, next.Kind),
                    (request.Start + request.SecondAfter, request.Start + request.SecondFulfilledAfter, request.SecondKind));
            if (label.MissingEvents == 0)
            {
                Assert.Equal(label.Approvals.Select(approval =>
                    (approval.Stage, approval.Approver, approval.Decision, approval.Time.UtcTicks)),
                    request.Decisions.Select(decision => (decision.Stage, decision.Approver, decision.Decision,
                        request.Start + decision.After)));
                Assert.Equal(label.Scenario is RequestScenario.FailedDelivery or RequestScenario.Retried, request.FailedAfter is not null);
            }
        }
    }

    [Theory]
    [InlineData(50, 1)]
    [InlineData(400, 20261031)]
    [InlineData(20_000, 14)]
    public void EveryChangeOfAnApplicationRoleHasItsLabel(int records, int seed)
    {
        var tenant = new Tenant(new SampleTenantOptions { AuditRecords = records, Seed = seed });
        var events = AuditEvents.Enumerate(tenant, newestFirst: false)
            .Where(audit => audit.Activity.Contains("app role assignment", StringComparison.Ordinal)).ToDictionary(audit => audit.Id);
        var labels = AppRoleGrantLabel.All(tenant);

        Assert.Equal(events.Keys.Order(), labels.Select(label => label.EventId).Order());
        foreach (var label in labels)
        {
            var audit = events[label.EventId];
            Assert.Equal((label.Activity, label.Time.UtcTicks, label.Actor), (audit.Activity, audit.Ticks, audit.Actor));
            Assert.Equal(label.Success, audit.Result == "success");
            Assert.Equal((label.Application.ServicePrincipalId, label.PrincipalId), (audit.Targets[0].Id, audit.Targets[1].Id));
            var role = audit.Targets[0].Properties.Single(property => property.Name == "AppRole.DisplayName");
            Assert.Equal($"\"{label.Role.DisplayName}\"", role.NewValue ?? role.OldValue);
            Assert.Equal(label.ViaEntitlement, audit.Actor.DisplayName?
                .StartsWith("Azure AD Identity Governance - ", StringComparison.Ordinal) == true);
            Assert.True(label.RequestId is null || label.ViaEntitlement);
        }

        if (records < 20_000)
            return;
        Assert.Equal(9, labels.Select(label => label.Activity).Distinct().Count());
        Assert.Contains(labels, label => label is { ViaEntitlement: true, RequestId: null });
        Assert.Contains(labels, label => label is { ViaEntitlement: false, Actor.IsUser: false });
        Assert.Contains(labels, label => !label.Success);
    }

    [Fact]
    public void ScatteredPagesHaveEveryEventSomeTwiceInNoOrder()
    {
        string folder = Directory.CreateTempSubdirectory("scattered-").FullName;
        try
        {
            var events = AuditEvents.Enumerate(new Tenant(new SampleTenantOptions { AuditRecords = 400 })).ToList();
            var paths = ScatteredPages.Write(folder, events, 5, files: 3, twicePercent: 20);
            var ids = paths.SelectMany(Ids).ToList();
            string[] before = [.. paths.Select(File.ReadAllText)];

            Assert.Equal(3, paths.Count);
            Assert.Equal(events.Select(audit => audit.Id).Order(), ids.Distinct().Order());
            Assert.InRange(ids.Count - events.Count, 40, 120);
            Assert.NotEqual(ids.Distinct(), events.Select(audit => audit.Id));
            Assert.Equal(before, ScatteredPages.Write(folder, events, 5, files: 3, twicePercent: 20).Select(File.ReadAllText));
            Assert.NotEqual(before, ScatteredPages.Write(folder, events, 6, files: 3, twicePercent: 20).Select(File.ReadAllText));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static IEnumerable<string> Ids(string path)
        {
            using var page = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. page.RootElement.GetProperty("value").EnumerateArray().Select(audit => audit.GetProperty("id").GetString()!)];
        }
    }

    private static (Dictionary<string, AuditEvent> Events, IReadOnlyList<RequestLabel> Labels) Sample(int records, int seed)
    {
        var tenant = new Tenant(new SampleTenantOptions { AuditRecords = records, Seed = seed });
        return (AuditEvents.Enumerate(tenant).ToDictionary(audit => audit.Id), RequestLabel.All(tenant));
    }
}
