using System.Diagnostics;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Queries.Entitlement.Resources;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>Questions that one process asked.</summary>
/// <param name="Questions">The questions with their times.</param>
/// <param name="PeakBytes">Peak working set of the process.</param>
internal sealed record MeasuredRequests(List<MeasuredQuestion> Questions, long PeakBytes);

/// <summary>Questions on requests for access packages. Each opens the mirror anew, as a cmdlet does; opening counts.</summary>
internal static class RequestQueries
{
    public const string FirstOfProcess = "requests of a user, first question of a process",
        EachOnce = "requests of a user, each user asked once", Slowest = "… the slowest of them",
        Repeated = "requests of the user with the most", Middle = "requests of a month in the middle", Last = "requests of the last 30 days";

    /// <summary>What is asked in a process of its own, so that its memory is its own.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["users", "middle", "last", "pending", "activity", "roles"];

    public static MeasuredRequests Measure(string mirror, RequestProbes probes, string part)
    {
        List<MeasuredQuestion> questions = part switch
        {
            "users" => Users(mirror, probes),
            "middle" => [Month(mirror, Middle, probes.Middle)],
            "last" => [Month(mirror, Last, probes.Last)],
            "pending" => [Ask(mirror, "requests that wait for approval", reader => Requests(reader, new() { Status = ["PendingApproval"] }))],
            "activity" =>
            [
                Ask(mirror, "activity of one package, newest 100",
                    reader => AccessPackageActivityQuery.Run(reader,
                        new() { Selectors = [new() { AccessPackage = [probes.Package] }], First = 100 }).LongCount()),
                Ask(mirror, "activity of one package within 30 days",
                    reader => AccessPackageActivityQuery.Run(reader,
                        new() { Selectors = [new() { AccessPackage = [probes.Package] }], After = probes.Middle,
                            Before = probes.Middle.AddDays(30) }).LongCount()),
            ],
            "roles" =>
            [
                Ask(mirror, "role changes of one application, not by packages",
                    reader => AppRoleAssignmentActivityQuery.Run(reader, new() { Application = [probes.Application] }).LongCount()),
                Ask(mirror, "role changes of one application, all",
                    reader => AppRoleAssignmentActivityQuery.Run(reader, new() { Application = [probes.Application], IncludeEntitlement = true }).LongCount()),
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(part)),
        };
        using var process = Process.GetCurrentProcess();
        return new(questions, process.PeakWorkingSet64);
    }

    private static List<MeasuredQuestion> Users(string mirror, RequestProbes probes)
    {
        var first = Once(mirror, FirstOfProcess, probes.Users[0]);
        var each = probes.Users.Skip(1).Select(user => Once(mirror, EachOnce, user)).OrderBy(question => question.Milliseconds).ToList();
        return
        [
            first,
            each[each.Count / 2],
            each[^1] with { Name = Slowest },
            Ask(mirror, Repeated, reader => Requests(reader, Of(probes.Busiest))),
            Ask(mirror, "one request by its id", reader => Requests(reader, new() { Selectors = [new() { RequestId = [probes.RequestId] }] })),
        ];
    }

    private static MeasuredQuestion Once(string mirror, string name, RequestProbes.User user)
    {
        var run = TimedRun.Of(() =>
        {
            using var reader = MirrorReader.Open(mirror);
            return Requests(reader, Of(user));
        });
        // A fast answer that is wrong is worth nothing.
        return run.Rows == user.Requests ? new(name, run.Milliseconds, run.Rows)
            : throw new InvalidOperationException($"{user.Name} has {user.Requests} requests, {run.Rows} were found.");
    }

    private static MeasuredQuestion Month(string mirror, string name, DateTimeOffset from) =>
        Ask(mirror, name, reader => Requests(reader, new() { After = from, Before = from.AddDays(30) }));

    private static AccessPackageRequestFilter Of(RequestProbes.User user) => new() { Selectors = [new() { User = [user.Name] }] };

    private static long Requests(MirrorReader reader, AccessPackageRequestFilter filter) => AccessPackageRequestQuery.Run(reader, filter).LongCount();

    private static MeasuredQuestion Ask(string mirror, string name, Func<MirrorReader, long> question) => MeasuredQuestion.Ask(name, () =>
    {
        using var reader = MirrorReader.Open(mirror);
        return question(reader);
    });
}
