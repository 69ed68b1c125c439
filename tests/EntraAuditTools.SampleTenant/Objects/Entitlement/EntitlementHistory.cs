namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Assignments and requests over the whole time: those that the audit log has, those of the objects, and for larger tenants
/// some more that were made before the log begins.
/// </summary>
internal sealed class EntitlementHistory
{
    private const long Day = TimeSpan.TicksPerDay;
    private readonly Tenant tenant;
    private readonly EntitlementObjects objects;
    private readonly EntitlementCases cases;
    private readonly SampleRandom random;
    private readonly long end;
    private readonly List<PackageAssignment> assignments = [];
    private readonly List<PackageRequest> requests = [];

    internal EntitlementHistory(Tenant tenant, EntitlementObjects objects, EntitlementCases cases)
    {
        this.tenant = tenant;
        this.objects = objects;
        this.cases = cases;
        end = tenant.Options.To.UtcTicks;
        random = new SampleRandom(SampleRandom.Mix((ulong)tenant.Options.Seed, 23));
        Logged();
        Objects();
        Sales();
        Background();
    }

    public IReadOnlyList<PackageAssignment> Assignments => assignments;

    public IReadOnlyList<PackageRequest> Requests => requests;

    /// <summary>So many days before the end, at some minute of the day.</summary>
    private long Ago(double days) => end - (long)(days * Day) + random.Between(1, 600) * TimeSpan.TicksPerMinute / 2;

    private void Logged()
    {
        foreach (var request in EntitlementRequest.All(tenant))
        {
            var (assignment, made) = LoggedRequest.Read(request, end);
            if (assignment is not null)
                assignments.Add(assignment);
            requests.AddRange(made);
        }
    }

    private void Objects()
    {
        Give(objects.Employee, cases.Workbench, 0, Ago(150));
        Give(objects.Employee, cases.SourceReader, 0, Ago(100));
        Give(objects.Employee, cases.HarbourSite, 0, Ago(200));
        Give(objects.Employee, cases.ReleaseApproval, 0, Ago(120), Ago(25), AssignmentEnd.RemovedByAdministrator);
        Give(objects.Guest1, cases.SupplierPortal, 0, Ago(80));
        Give(objects.Conflicted, cases.ReleaseApproval, 0, Ago(200));
        Give(objects.Conflicted, cases.ReleaseSigning, 0, Ago(60));
        Give(objects.Intern, cases.Payments, 0, Ago(40));
        Give(objects.Untyped, cases.HarbourSite, 0, Ago(140));
        Give(objects.Nested, cases.Workbench, 0, Ago(20));
        Give(objects.Named, cases.Workbench, 1, Ago(70));
        Give(objects.Returned, cases.SourceReader, 0, Ago(170), Ago(40), AssignmentEnd.RemovedByUser);
        Give(objects.Returned, cases.SourceReader, 0, Ago(10));
        Give(objects.Returned, cases.NightShift, 0, Ago(93));
        Give(objects.BeyondTwenty, cases.NightShift, 0, Ago(90));
        Give(objects.BeyondTwenty, cases.Summer, 0, Ago(160), cases.Summer.Policies[0].Expiration.End, AssignmentEnd.Expired);
        Give(objects.Named, cases.Berth, 0, Ago(36), null, AssignmentEnd.Expired);
        Give(objects.Named, cases.Closed, 0, Ago(50));
        Give(objects.DisconnectedGuest, cases.DataRoom, 0, Ago(90));
        Give(objects.ProposedGuest, cases.DataRoom, 0, Ago(35));
        Give(objects.CrossCloudGuest, cases.SupplierPortal, 1, Ago(50));
        Give(EntitlementSubject.Of(objects.Robot), cases.Robots, 0, Ago(30), null, null, "adminAdd");

        // A later end by her own request, then another policy by an administrator.
        long start = Ago(120);
        var (extended, moved) = (Ago(24), Ago(12));
        var policy = cases.SourceReader.Policies[0];
        var changed = Give(objects.Nested, cases.SourceReader, 0, start) with
        {
            End = Ago(15),
            Changes = [new(extended, policy, end + 160 * Day), new(moved, cases.SourceReader.Policies[1], end + 160 * Day)],
        };
        assignments[^1] = changed;
        Request("userUpdate", changed.Subject, changed.Package, policy, changed.Id, extended, null, changed.Changes[0].End);
        Request("adminUpdate", changed.Subject, changed.Package, cases.SourceReader.Policies[1], changed.Id, moved, null,
            changed.Changes[1].End);

        // Not there yet at the end.
        var slow = Give(objects.Untyped, cases.Vault, 0, end - 3 * TimeSpan.TicksPerMinute);
        assignments[^1] = slow with { Delivered = null };
        requests[^1] = requests[^1] with { Steps = [.. requests[^1].Steps.Where(step => step.State != "delivered")] };
        Ask(objects.DomainGuest, cases.DataRoom, 0, Ago(2));
        Ask(objects.Stranger, cases.DataRoom, 0, end - 3 * Day);
        Ask(objects.Returned, cases.ReleaseSigning, 0, Ago(6));
        Ask(objects.Intern, cases.ReleaseSigning, 0, Ago(70), denied: Ago(66));
    }

    // The rule's department, up to a dozen, and one who left it.
    private void Sales()
    {
        foreach (var member in tenant.Members.Where(member => member.Department == "Sales").Take(12))
            Give(EntitlementSubject.Of(member), cases.SalesKit, 0, Ago(110), null, null, "systemAdd");
        Give(EntitlementSubject.Of(objects.Untyped), cases.SalesKit, 0, Ago(110), Ago(15), AssignmentEnd.PolicyRule, "systemAdd");
    }

    private void Background()
    {
        var taken = assignments.Select(assignment => (assignment.Subject.ObjectId, assignment.Package.Id))
            .Concat(requests.Select(request => (request.Subject.ObjectId, request.Package.Id))).ToHashSet();
        for (int count = tenant.Members.Count / 4; count > 0; count--)
        {
            var person = random.Pick(tenant.Members);
            var package = random.Pick(tenant.RequestablePackages);
            long start = tenant.Options.From.UtcTicks - random.Between(5, 240) * Day + random.Below(Day);
            if (start <= package.Created.Ticks || !taken.Add((person.Id, package.Id)))
                continue;
            Give(person, package, 0, start);
        }
    }

    private PackageAssignment Give(Person person, AccessPackageModel package, int policy, long start, long? ended = null,
        AssignmentEnd? reason = null) =>
        Give(EntitlementSubject.Of(person), package, policy, start, ended, reason, package.Policies[policy].AcceptsRequests
            || package.Policies[policy].Before is not null ? "userAdd" : "adminAdd");

    private PackageAssignment Give(EntitlementSubject subject, AccessPackageModel package, int index, long start, long? ended,
        AssignmentEnd? reason, string type)
    {
        var policy = package.Policies[index];
        long? until = policy.At(start).Expiration.EndOf(start);
        // What is over by its schedule is over.
        if (until <= end && ended is null)
            (ended, reason) = (until, AssignmentEnd.Expired);
        string id = random.NewId();
        long asked = start - random.Between(policy.ApprovalRequired ? 40 : 1, policy.ApprovalRequired ? 2000 : 2) * TimeSpan.TicksPerMinute;
        long delivered = start + random.Between(3, 200) * TimeSpan.TicksPerSecond;
        var request = Request(type, subject, package, policy, id, asked, delivered, until, start);
        var assignment = new PackageAssignment(id, request.Id, subject, package, policy, start, until)
        {
            Delivered = delivered,
            Ended = ended,
            EndReason = ended is null ? null : reason ?? AssignmentEnd.Expired,
            EndAsDuration = policy.At(start).Expiration.Type == "afterDuration" && random.Chance(20),
        };
        assignments.Add(assignment);
        if (ended is { } over)
        {
            string removal = reason switch { AssignmentEnd.RemovedByUser => "userRemove",
                AssignmentEnd.RemovedByAdministrator => "adminRemove", _ => "systemRemove" };
            Request(removal, subject, package, policy, id, over, over + 5 * TimeSpan.TicksPerSecond, null);
            // The request for access stays the last one added, for those who change it.
            (requests[^1], requests[^2]) = (requests[^2], requests[^1]);
        }

        return assignment;
    }

    private PackageRequest Request(string type, EntitlementSubject subject, AccessPackageModel package, PackagePolicy policy,
        string assignment, long asked, long? delivered, long? until, long? start = null)
    {
        string id = random.NewId();
        bool approval = policy.ApprovalRequired && type == "userAdd";
        var steps = new List<RequestStep> { new(asked, "submitted", "Submitted") };
        if (approval)
            steps.Add(new(asked + 4 * TimeSpan.TicksPerSecond, "pendingApproval", "PendingApproval"));
        steps.Add(new(start ?? asked + TimeSpan.TicksPerSecond, "delivering", "Delivering"));
        steps.Add(new(delivered ?? asked + 20 * TimeSpan.TicksPerSecond, "delivered", "Fulfilled"));
        var request = new PackageRequest(id, type, subject, package, policy, assignment)
        {
            Steps = steps,
            AssignmentMade = start,
            Justification = type.StartsWith("user", StringComparison.Ordinal) ? $"For {package.DisplayName}" : null,
            Answer = policy.Question is not null && type == "userAdd" ? "The next one" : null,
            ScheduledStart = start ?? asked,
            ScheduledEnd = until,
            Approvals = approval
                ? [.. policy.Stages.Select((stage, index) =>
                    new ExpectedApproval(index == 0 ? id : random.NewId(), index == 0 ? policy.Approver ?? objects.Approver
                        : objects.Alternate,
                        start!.Value - (policy.Stages.Count - 1 - index) * TimeSpan.TicksPerMinute, "Approve", "Agreed"))]
                : [],
        };
        requests.Add(request);
        return request;
    }

    private void Ask(Person person, AccessPackageModel package, int policy, long asked, long? denied = null) =>
        Ask(EntitlementSubject.Of(person), package, policy, asked, denied);

    private void Ask(EntitlementSubject subject, AccessPackageModel package, int index, long asked, long? denied = null)
    {
        string id = random.NewId();
        var policy = package.Policies[index];
        List<RequestStep> steps = [new(asked, "submitted", "Submitted"),
            new(asked + 4 * TimeSpan.TicksPerSecond, "pendingApproval", "PendingApproval")];
        if (denied is { } at)
            steps.Add(new(at, "denied", "Denied"));
        requests.Add(new PackageRequest(id, "userAdd", subject, package, policy, null)
        {
            Steps = steps,
            Justification = $"For {package.DisplayName}",
            Answer = policy.Question is null ? null : "2026.11",
            ScheduledStart = asked,
            ScheduledEnd = policy.Expiration.EndOf(asked),
            Approvals = [.. policy.Stages.Take(1)
                .Select(_ => new ExpectedApproval(id, denied is null ? null : objects.Approver, denied, denied is null ? "NotReviewed"
                    : "Deny",
                    denied is null ? null : "Not for interns"))],
        });
    }
}
