using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Provisioning;

namespace EntraAuditTools.Core.Tests.Queries.Plans;

/// <summary>
/// The danger: a question that an index answers walks through all of a log, or sorts what is in order already, and nobody notices before a
/// mirror is large. Source of what should be: the comment of LogPlan (an index on a log ends in the row's number, which is in the order of
/// time: one value needs no sort, a few are merged; beyond 20,000 rows and an eighth of the log a walk is quicker).
/// </summary>
public sealed class LogPlanTests(PlanMirror mirror) : IClassFixture<PlanMirror>
{
    private static readonly DateTimeOffset Time = new(2026, 8, 1, 8, 1, 0, TimeSpan.Zero);

    private static readonly (string Name, Func<AuditActivity, AuditActivityFilter> Filter, string How)[] Activities =
    [
        ("nothing asked", _ => new(), "walk"),
        ("After", _ => new() { After = Time }, "time"),
        ("Before", _ => new() { Before = Time }, "time"),
        ("Id", one => new() { Id = [one.Id!] }, "rows"),
        ("Id, a pattern", one => new() { Id = [one.Id![..20] + "*"] }, "walk"),
        ("CorrelationId", one => new() { CorrelationId = [one.CorrelationId!] }, "activity_correlation"),
        ("CorrelationId, several",
            one => new() { CorrelationId = [one.CorrelationId!, Guid.Empty.ToString()] }, "activity_correlation sorted"),
        ("CorrelationId, a pattern", one => new() { CorrelationId = [one.CorrelationId![..8] + "*"] }, "walk"),
        ("Activity, one", _ => new() { Activity = ["Update user"] }, "activity_kind"),
        ("Activity, many", _ => new() { Activity = ["Add*"] }, "activity_kind sorted"),
        ("Activity, of which there are very many", _ => new() { Activity = [PlanMirror.ManyActivity] }, "walk"),
        ("Activity, of which there are very many, within a time",
            _ => new() { Activity = [PlanMirror.ManyActivity], Before = Time }, "activity_kind"),
        ("Service", _ => new() { Service = ["PIM"] }, "activity_kind"),
        ("Category", _ => new() { Category = ["RoleManagement"] }, "activity_kind"),
        ("Category and time", _ => new() { Category = ["RoleManagement"], After = Time }, "activity_kind"),
        ("InitiatedBy", one => new() { InitiatedBy = [one.InitiatedBy.Id!] }, "activity_actor"),
        ("InitiatedBy, of whom there is very much", _ => new() { InitiatedBy = [PlanMirror.ManyActor] }, "walk"),
        ("InitiatedBy, of whom there is very much, with a rare activity",
            _ => new() { InitiatedBy = [PlanMirror.ManyActor], Activity = [PlanMirror.FewActivity] }, "activity_kind"),
        ("Target", one => new() { Target = [one.Targets[0].Id!] }, "rows activity_target activity_mention"),
        ("Target, of one record of the directory", _ => new() { Target = [PlanMirror.FewTarget] }, "links rows"),
        ("Target, of which there is very much", _ => new() { Target = [PlanMirror.ManyTarget] }, "walk links"),
        ("Involving", one => new() { Involving = [one.Targets[0].Id!] }, "rows activity_actor activity_target activity_mention"),
        ("Search", _ => new() { Search = "alex" }, "rows activity_text"),
        // No index has these: what matches comes as the walk finds it, without a sort.
        ("Result", _ => new() { Result = ["failure"] }, "walk"),
        ("IPAddress", one => new() { IPAddress = ["2*"] }, "walk"),
        ("Property", _ => new() { Property = ["AccountEnabled"] }, "walk"),
        ("Tenant", _ => new() { Tenant = ["*"] }, "walk"),
        ("Origin", _ => new() { Origin = ["UnifiedAudit"] }, "walk"),
        ("ImportId", _ => new() { ImportId = [.. Enumerable.Range(1, 100).Select(i => (long)i)] }, "walk"),
        ("ImportedAfter", _ => new() { ImportedAfter = DateTimeOffset.UnixEpoch }, "walk"),
    ];

    private static readonly (string Name, Func<ProvisioningLogEntry, ProvisioningLogFilter> Filter, string How)[] Provisioning =
    [
        ("nothing asked", _ => new(), "walk"),
        ("After", _ => new() { After = Time }, "time"),
        ("Id", one => new() { Id = [one.Id!] }, "rows"),
        ("Id, a pattern", one => new() { Id = [one.Id![..8] + "*"] }, "walk"),
        ("ChangeId", one => new() { ChangeId = [one.ChangeId!] }, "provisioning_change"),
        ("ChangeId, a pattern", one => new() { ChangeId = [one.ChangeId![..8] + "*"] }, "walk"),
        ("CycleId", one => new() { CycleId = [one.CycleId!] }, "provisioning_cycle"),
        ("Action", _ => new() { Action = ["disable"] }, "provisioning_kind_time"),
        ("Action, many", _ => new() { Action = ["*"], Status = ["*e*"] }, "provisioning_kind_time sorted"),
        ("Application", one => new() { Application = [one.Application!] }, "provisioning_kind_time"),
        ("JobId", one => new() { JobId = [one.JobId!] }, "provisioning_kind_time"),
        ("IdentityType", _ => new() { IdentityType = ["Group"] }, "provisioning_kind_time"),
        ("SourceSystem", _ => new() { SourceSystem = ["Workday*"] }, "provisioning_kind_time"),
        ("TargetSystem", _ => new() { TargetSystem = ["Salesforce*"] }, "provisioning_kind_time"),
        ("Status", _ => new() { Status = ["warning"] }, "provisioning_kind_time"),
        ("ErrorCode", _ => new() { ErrorCode = ["*Conflict*"] }, "provisioning_kind_time"),
        ("Identity", one => new() { Identity = [one.SourceIdentity.Id!] }, "rows provisioning_identity"),
        ("Tenant", _ => new() { Tenant = ["*"] }, "walk"),
        ("ImportId", _ => new() { ImportId = [.. Enumerable.Range(1, 100).Select(i => (long)i)] }, "walk"),
        ("ImportedAfter", _ => new() { ImportedAfter = DateTimeOffset.UnixEpoch }, "walk"),
    ];

    public static TheoryData<string> ActivityNames => [.. Activities.Select(row => row.Name)];

    public static TheoryData<string> ProvisioningNames => [.. Provisioning.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(ActivityNames))]
    public void Activities_are_found_by(string name)
    {
        var (_, filter, how) = Activities.Single(row => row.Name == name);
        var any = AuditActivityQuery.Run(mirror.Reader, new() { Category = ["RoleManagement"] })
            .First(one => one is { InitiatedBy.Id: not null, Targets: [{ Id: not null }, ..] });
        void Ask() => Assert.NotEmpty(AuditActivityQuery.Run(mirror.Reader, filter(any)).Take(1));
        Assert.Equal(how, Plans.Of(mirror.Reader, "a.drift, a.kind, ", Ask));
    }

    [Theory]
    [MemberData(nameof(ProvisioningNames))]
    public void Provisioning_entries_are_found_by(string name)
    {
        var (_, filter, how) = Provisioning.Single(row => row.Name == name);
        var any = ProvisioningLogQuery.Run(mirror.Reader, new()).First(one => one is { SourceIdentity.Id: not null, CycleId: not null });
        void Ask() => Assert.NotEmpty(ProvisioningLogQuery.Run(mirror.Reader, filter(any)).Take(1));
        Assert.Equal(how, Plans.Of(mirror.Reader, "p.drift, p.kind, ", Ask));
    }

    [Fact]
    public void Every_filter_has_its_row()
    {
        static IEnumerable<string> Names(IEnumerable<string> rows) => rows.Select(name => name.Split(',')[0]);
        Assert.Empty(AuditActivityQuery.Fields.Select(field => field.Name).Except(Names(Activities.Select(row => row.Name))));
        Assert.Empty(ProvisioningLogQuery.Fields.Select(field => field.Name).Except(Names(Provisioning.Select(row => row.Name))));
    }
}
