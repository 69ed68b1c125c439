namespace EntraAuditTools.SampleTenant;

/// <summary>Makes entries of the provisioning log.</summary>
internal static class ProvisioningEntryFactory
{
    private static readonly string[] EarlierTitles = ["Trainee", "Associate", "Coordinator", "Clerk"];

    /// <summary>The entry of this moment; the same moment always gives the same entry.</summary>
    public static ProvisioningEntry Make(Tenant tenant, ProvisioningMoment moment)
    {
        // Retries share the facts and differ in their id and duration.
        var random = new SampleRandom(SampleRandom.Mix(moment.Seed, 41));
        var own = new SampleRandom(SampleRandom.Mix(moment.Seed, 50 + (ulong)moment.Attempt));
        var what = moment.Case;
        string changeId = random.NewId();
        var job = JobOf(tenant, what, random, moment);
        var subject = SubjectOf(tenant, what, random, job);
        var error = moment.Recovers ? null : ErrorOf(what, random, job);
        var (action, status) = Outcome(moment, random);
        string targetId = job.TargetIdOf(subject.SourceId);
        string title = random.Pick(EarlierTitles);
        bool exists = action != "create"
            && what is not (ProvisioningCase.NotEntitled or ProvisioningCase.ScopingFilter or ProvisioningCase.ImportSkipped
                or ProvisioningCase.QuarantineFailure);
        bool known = exists || (action == "create" && status == "success");
        var steps = ProvisioningSteps.Of(what, job, subject, action, status, error, exists, targetId);
        bool inbound = job.Kind == ProvisioningTargetKind.Workday;
        var entry = new ProvisioningEntry
        {
            Id = own.NewId(),
            Ticks = moment.Ticks,
            Case = what,
            Attempt = moment.Attempt,
            InAuditLog = moment.InAuditLog,
            Job = job,
            CycleId = job.CycleAt(moment.Ticks),
            ChangeId = changeId,
            Action = action,
            Status = status,
            DurationMilliseconds = own.Between(200, 9000),
            InitiatedBy = new("", "Azure AD Provisioning Service", "system"),
            Source = new(subject.SourceId, subject.DisplayName, subject.SourceType, inbound ? [] :
            [
                new("id", subject.SourceId), new("odatatype", subject.SourceType), new("DisplayName", subject.DisplayName),
                .. subject.SourceType == "User" ? [new EventDetail("UserPrincipalName", subject.MatchingId)] : Array.Empty<EventDetail>(),
            ]),
            Target = new(known ? targetId : "", known || own.Chance(60) ? subject.DisplayName : "", subject.TargetType, []),
            MatchingId = subject.MatchingId,
            Error = error,
            Steps = steps,
            Changes = status is "success" or "warning" ? Changes(action, subject, title) : [],
        };

        return what switch
        {
            ProvisioningCase.OnDemand => entry with { InitiatedBy = OnDemandBy(tenant, random) },
            ProvisioningCase.StepsMissing => entry with { LeavesStepsOut = true, Steps = null },
            ProvisioningCase.StepsNull => entry with { Steps = null, DurationMilliseconds = null },
            ProvisioningCase.NoIds => entry with { Source = entry.Source! with { Id = null, Details = [] },
                Target = entry.Target! with { Id = "" } },
            ProvisioningCase.NoNames =>
                entry with { Source = entry.Source! with { DisplayName = null, Details = [] },
                    Target = entry.Target! with { DisplayName = null } },
            ProvisioningCase.NoTarget => entry with { Target = null },
            _ => entry,
        };
    }

    private static ProvisioningInitiator OnDemandBy(Tenant tenant, SampleRandom random)
    {
        var administrator = random.Pick(tenant.Administrators);
        return new(administrator.Id, administrator.DisplayName, "user");
    }

    private static ProvisioningJob JobOf(Tenant tenant, ProvisioningCase what, SampleRandom random, ProvisioningMoment moment)
    {
        int pick = random.Below(1000);
        ProvisioningTargetKind? kind = what switch
        {
            ProvisioningCase.GroupCreated or ProvisioningCase.GroupFailed => ProvisioningTargetKind.ServiceNow,
            ProvisioningCase.DropboxUserCreated or ProvisioningCase.DropboxUserFailed => ProvisioningTargetKind.Dropbox,
            ProvisioningCase.SalesforceUserCreated or ProvisioningCase.SalesforceCredentials => ProvisioningTargetKind.Salesforce,
            ProvisioningCase.CrossTenantCreated or ProvisioningCase.CrossTenantUpdated
                or ProvisioningCase.CrossTenantFailed => ProvisioningTargetKind.CrossTenant,
            ProvisioningCase.WorkerCreated or ProvisioningCase.WorkerUpdated or ProvisioningCase.WorkerDisabled
                or ProvisioningCase.WorkerFailed => ProvisioningTargetKind.Workday,
            ProvisioningCase.RolesImported => ProvisioningTargetKind.AmazonWebServices,
            _ => null,
        };
        if (kind is { } one)
            return tenant.Jobs.First(job => job.Kind == one);
        if (what == ProvisioningCase.QuarantineFailure)
            return tenant.QuarantinedJob;
        var jobs = tenant.OutboundJobs;
        var chosen = jobs[pick % jobs.Count];
        // A job in quarantine does nothing of this. What is in escrow is made before the quarantines are known, so it keeps away from that job.
        bool stopped = chosen.Quarantined
            && (what is ProvisioningCase.EscrowRecovered or ProvisioningCase.EscrowStuck || tenant.Plan.InQuarantine(moment.Ticks));
        return stopped ? jobs[(pick + 1) % jobs.Count] : chosen;
    }

    private static ProvisioningSubject SubjectOf(Tenant tenant, ProvisioningCase what, SampleRandom random, ProvisioningJob job)
    {
        if (what is ProvisioningCase.GroupCreated or ProvisioningCase.GroupUpdated or ProvisioningCase.GroupDeleted or ProvisioningCase.GroupFailed)
            return ProvisioningSubject.Of(random.Pick(tenant.Groups), job);
        int index = random.Below(tenant.Members.Count);
        return job.Kind == ProvisioningTargetKind.Workday ? ProvisioningSubject.OfWorker(tenant.Members[index], index)
            : ProvisioningSubject.Of(tenant.Members[index], job);
    }

    private static ProvisioningError? ErrorOf(ProvisioningCase what, SampleRandom random, ProvisioningJob job) => what switch
    {
        ProvisioningCase.WriteFailed => ProvisioningErrors.Write(random, job),
        ProvisioningCase.MatchFailed => ProvisioningErrors.Duplicates,
        ProvisioningCase.ScopingFilter => ProvisioningErrors.Skipped,
        ProvisioningCase.ImportSkipped => ProvisioningErrors.ImportSkipped,
        ProvisioningCase.Warning => ProvisioningErrors.LeftOut,
        ProvisioningCase.SalesforceCredentials or ProvisioningCase.QuarantineFailure => ProvisioningErrors.Credentials(job),
        ProvisioningCase.GroupFailed => ProvisioningErrors.Group(random, job),
        ProvisioningCase.DropboxUserFailed => ProvisioningErrors.Dropbox(random, job),
        ProvisioningCase.CrossTenantFailed => ProvisioningErrors.CrossTenant(random),
        ProvisioningCase.WorkerFailed => ProvisioningErrors.Worker(random, job),
        ProvisioningCase.EscrowRecovered or ProvisioningCase.EscrowStuck => ProvisioningErrors.Retried(random),
        _ => null,
    };

    private static (string Action, string Status) Outcome(ProvisioningMoment moment, SampleRandom random) => moment.Case switch
    {
        ProvisioningCase.UserCreated or ProvisioningCase.OnDemand or ProvisioningCase.SalesforceUserCreated
            or ProvisioningCase.GroupCreated or ProvisioningCase.DropboxUserCreated
            or ProvisioningCase.CrossTenantCreated or ProvisioningCase.WorkerCreated => ("create", "success"),
        ProvisioningCase.UserDisabled or ProvisioningCase.WorkerDisabled => ("disable", "success"),
        ProvisioningCase.UserDeleted or ProvisioningCase.GroupDeleted => ("delete", "success"),
        ProvisioningCase.UserStagedDelete => ("stagedDelete", "success"),
        ProvisioningCase.NotEntitled or ProvisioningCase.ScopingFilter or ProvisioningCase.ImportSkipped => ("other", "skipped"),
        ProvisioningCase.RedundantExport => ("update", "skipped"),
        ProvisioningCase.WriteFailed => (random.Pick(["create", "create", "update", "disable"]), "failure"),
        ProvisioningCase.MatchFailed or ProvisioningCase.QuarantineFailure => ("other", "failure"),
        ProvisioningCase.CrossTenantFailed or ProvisioningCase.SalesforceCredentials => ("update", "failure"),
        ProvisioningCase.GroupFailed or ProvisioningCase.DropboxUserFailed or ProvisioningCase.WorkerFailed => ("create", "failure"),
        ProvisioningCase.EscrowRecovered or ProvisioningCase.EscrowStuck => ("create", moment.Recovers ? "success" : "failure"),
        ProvisioningCase.Warning => ("update", "warning"),
        ProvisioningCase.UnknownAction => ("restore", "success"),
        ProvisioningCase.UnknownStatus => ("update", "unknownFutureValue"),
        ProvisioningCase.SharedChange when moment.Attempt == 1 => ("disable", "success"),
        _ => ("update", "success"),
    };

    private static EventProperty[] Changes(string action, ProvisioningSubject subject, string earlierTitle) => action switch
    {
        "create" => [.. subject.Attributes.Select(attribute => new EventProperty(attribute.Target, null, attribute.Value)),
            .. subject.Word == "Group" ? [] : new[] { new EventProperty("active", null, "True") }],
        "disable" or "stagedDelete" => [new("active", "True", "False")],
        "delete" => [],
        _ => subject.Word == "Group"
            ? [new("members", null, subject.Attributes[2].Value)]
            // Old values are missing more often than not.
            : [new("title", earlierTitle, subject.Attributes[2].Value), new("department", null, subject.Attributes[3].Value)],
    };
}
