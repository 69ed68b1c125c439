using System.Globalization;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Conflicts;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Reporting.Content;

/// <summary>Access packages: what there is, what ends, who asked for what and how long that took, and what contradicts the rules.</summary>
internal sealed class EntitlementSections(MirrorReader mirror, ReportOptions options)
{
    private const int Most = 250, Days = 30;

    private readonly List<AccessPackageConflict> selfApprovals = [];

    /// <summary>The sections.</summary>
    public IEnumerable<ReportSection> Read()
    {
        if (mirror.SchemaVersion < EntitySchema.Since)
        {
            yield return new("packages", "Access packages")
            {
                Sentences = [$"The mirror is of an older version, which had none. {Caller.Command("Update-AuditMirror")} brings it up to date."],
            };
            yield break;
        }

        // What the audit log tells of assignments and requests is read once for all.
        var trail = AuditedAssignments.TrailOf(mirror);
        var requests = Requests(trail);
        var packages = AccessPackageQuery.Run(mirror, new() { AsOf = options.AsOf, Tenant = options.Tenants }, trail).ToList();
        if (packages.Count > 0) yield return Packages(packages, trail);
        else yield return new("packages", "Access packages")
        {
            Sentences = ["The mirror holds no access packages: what is not imported cannot be shown. docs/collect.md says how to export them."],
        };
        yield return requests;
        yield return Conflicts(trail);
    }

    private ReportSection Packages(List<AccessPackage> packages, AssignmentTrail? trail)
    {
        var at = options.AsOf ?? options.Now;
        var held = AccessPackageAssignmentQuery.Survey(mirror, new() { AsOf = options.AsOf, Tenant = options.Tenants }, trail,
            (at, at.AddDays(Days)), Most);
        return new("packages", "Access packages")
        {
            Sentences = options.AsOf is { } then
                ? [$"Access packages, who had them and what was to end are as they were at the end of this time, {ReportBuilder.Text(then)}."] : [],
            Numbers =
            [
                ("access packages", Number(packages.Count)), ("assignments that hold", Number(held.Total)),
                ($"end within {Days} days", Number(held.Ending)),
            ],
            Tables =
            [
                new("packages-list", "Access packages and who has them",
                    ["Access package", "Catalog", "Assignments", $"End within {Days} days", "Policies", "Without approval", "Hidden"],
                    [.. packages.Select(package => new object?[]
                    {
                        package.DisplayName, package.Catalog?.DisplayName,
                        (long)held.ByPackage.GetValueOrDefault(package.AccessPackageId ?? string.Empty),
                        (long)held.EndingByPackage.GetValueOrDefault(package.AccessPackageId ?? string.Empty),
                        package.PoliciesKnown ? (long)package.Policies.Count : null,
                        package.PoliciesKnown ? (long)package.Policies.Count(policy => policy.ApprovalRequired == false) : null,
                        package.IsHidden,
                    })])
                {
                    Command = "Get-AccessPackage",
                    Views =
                    [
                        new("without approval", "Without approval", ">0"), new("nobody has it", "Assignments", "=0"),
                        new("something ends soon", $"End within {Days} days", ">0"), new("hidden", "Hidden", "=yes"),
                    ],
                },
                new("ending", $"Assignments that end within {Days} days", ["Ends", "Who", "Access package", "Policy", "Since"],
                    [.. held.First.Select(assignment => new object?[]
                    {
                        assignment.End, Who(assignment.User), assignment.AccessPackage?.DisplayName, assignment.Policy?.DisplayName,
                        assignment.Start,
                    })])
                {
                    Total = held.Ending > Most ? held.Ending : null,
                    Command = $"Get-AccessPackageAssignment -ExpiringWithin {Days}d",
                    Empty = $"No assignment ends within {Days} days.",
                },
            ],
        };
    }

    private ReportSection Requests(AssignmentTrail? trail)
    {
        var byStatus = new Dictionary<string, long>(StringComparer.Ordinal);
        var decisions = new Dictionary<string, List<TimeSpan>>(StringComparer.Ordinal);
        var pending = new List<AccessPackageRequest>();
        var count = 0L;
        var asked = new AccessPackageRequestFilter
        {
            After = options.After, Before = options.Before, AsOf = options.AsOf, Tenant = options.Tenants,
        };
        foreach (var request in AccessPackageRequestQuery.Outlines(mirror, asked, trail))
        {
            count++;
            byStatus[request.Status] = byStatus.GetValueOrDefault(request.Status) + 1;
            if (request.Status == "PendingApproval") pending.Add(request);
            if (SelfApprovals.Of(request) is { } own) selfApprovals.Add(own);
            if (request.TimeToDecision is not { } waited) continue;
            var name = request.AccessPackage?.DisplayName ?? "(unknown)";
            if (!decisions.TryGetValue(name, out var times)) decisions.Add(name, times = []);
            times.Add(waited);
        }

        if (count == 0)
            return new("requests", "Requests")
            {
                Sentences = ["The mirror holds no requests of this time: neither in the audit log nor as exports."],
            };
        pending.Sort((a, b) => Nullable.Compare(a.RequestedAt, b.RequestedAt));
        return new("requests", "Requests")
        {
            Numbers = [("requests", Number(count)), ("wait for approval", Number(pending.Count))],
            Charts =
            [
                new("What became of them", "requests", null,
                    [.. byStatus.OrderByDescending(pair => pair.Value).Select(pair => new ReportBar(pair.Key, pair.Value))]),
            ],
            Tables =
            [
                new("pending", "Requests that wait for approval", ["Asked", "Who", "Access package", "Waits for", "Hours"],
                    [.. pending.Take(Most).Select(request => new object?[]
                    {
                        request.RequestedAt, Who(request.User), request.AccessPackage?.DisplayName, request.WaitingFor, Hours(request.Waiting),
                    })])
                {
                    Total = pending.Count > Most ? pending.Count : null,
                    Command = "Get-AccessPackageRequest -Status PendingApproval",
                    Views = [new("longer than a week", "Hours", ">168"), new("nobody known to ask", "Waits for", "=empty")],
                    Empty = "No request waits for approval.",
                },
                new("decisions", "How long a decision took, in hours", ["Access package", "Decided", "Median", "Longest"],
                    [.. decisions.OrderByDescending(pair => pair.Value.Count).Select(pair => new object?[]
                    {
                        pair.Key, (long)pair.Value.Count, Hours(Median(pair.Value)), Hours(pair.Value.Max()),
                    })])
                {
                    Command = "Get-AccessPackageRequest | Select-Object AccessPackage, TimeToDecision",
                    Empty = "No decision of this time is known.",
                },
            ],
        };
    }

    // Requests were gone through already, of the time that the report is of.
    private ReportSection Conflicts(AssignmentTrail? trail)
    {
        var found = AccessPackageConflictQuery.Run(mirror, new() { AsOf = options.AsOf, Tenant = options.Tenants }, trail, null)
            .Concat(selfApprovals).ToList();
        return new("conflicts", "Conflicts and self-approvals")
        {
            Sentences = [.. ConflictKnowledge.Missing(mirror, null)],
            Tables =
            [
                new("conflicts-list", "Who holds what must not be held together, and who approved for themselves in this time",
                    ["Kind", "Who", "Access package", "Conflicts with", "Since", "Why"],
                    [.. found.Take(Most).Select(conflict => new object?[]
                    {
                        conflict.Kind, Who(conflict.User), conflict.AccessPackage?.DisplayName, conflict.ConflictsWith?.DisplayName,
                        conflict.Since, conflict.Reason,
                    })])
                {
                    Total = found.Count > Most ? found.Count : null,
                    Command = "Get-AccessPackageConflict",
                    Views = [new("approved for themselves", "Kind", "=SelfApproval"), new("what must not go together", "Kind", "^Incompatible")],
                    Empty = "No conflict is known from what was imported.",
                },
            ],
        };
    }

    private static string? Who(EntitlementSubject? subject) => subject?.UserPrincipalName ?? subject?.DisplayName ?? subject?.Id;

    private static TimeSpan Median(List<TimeSpan> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }

    private static double? Hours(TimeSpan? time) => time is { } known ? Math.Round(known.TotalHours, 1) : null;

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
