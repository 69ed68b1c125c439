using System.Text.Json;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Activities.FirstSeen;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Entitlement.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Conflicts;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Organizations;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Queries.Entitlement.Resources;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>
/// Every question that Core answers. A record that was taken in although a question about it aborts is worse than one that was rejected: it
/// costs the answers about all the others.
/// </summary>
internal static class Questions
{
    private static readonly DateTimeOffset Now = new(2026, 11, 15, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Func<MirrorReader, IReadOnlyList<EntitlementSelector>?, IEnumerable<object>>> All = new()
    {
        ["activity"] = (mirror, _) => AuditActivityQuery.Run(mirror, new()),
        ["activity with secrets"] = (mirror, _) => AuditActivityQuery.Run(mirror, new() { ShowSecret = true }),
        ["activity by actor and target"] = (mirror, who) =>
            AuditActivityQuery.Run(mirror, new() { InitiatedBy = [who?[0].User?[0] ?? "*a*"], Target = ["*a*"], Before = Now }),
        ["activity by property"] = (mirror, _) => AuditActivityQuery.Run(mirror, new() { Property = ["*a*"], IPAddress = ["*1*"] }),
        ["activity by text"] = (mirror, _) => AuditActivityQuery.Run(mirror, new() { Search = "add user" }),
        ["measure"] = (mirror, _) => AuditActivityMeasureQuery.Dimensions.SelectMany(by => AuditActivityMeasureQuery.Run(mirror, new(), [by])),
        ["measure by all"] = (mirror, _) => AuditActivityMeasureQuery.Run(mirror, new(), AuditActivityMeasureQuery.Dimensions),
        ["first seen"] = (mirror, _) => AuditActivityMeasureQuery.Dimensions.SelectMany(by => FirstSeenQuery.Run(mirror, new(), [by])),
        ["activity types"] = (mirror, _) => AuditActivityTypeQuery.Run(mirror, null, null, null, seen: true, unlisted: false),
        ["provisioning"] = (mirror, _) => ProvisioningLogQuery.Run(mirror, new()),
        ["provisioning by identity"] = (mirror, _) => ProvisioningLogQuery.Run(mirror, new() { Identity = ["*a*"], ErrorCode = ["*"], ShowSecret = true }),
        ["trail"] = (mirror, _) => ProvisioningEventQuery.Run(mirror, new()),
        ["trail of an identity"] = (mirror, _) => ProvisioningEventQuery.Run(mirror, new() { Identity = ["*a*"], After = Now.AddYears(-1) }),
        ["summary"] = (mirror, _) => ProvisioningSummaryQuery.Run(mirror, new()),
        ["packages"] = (mirror, _) => AccessPackageQuery.Run(mirror, new()),
        ["packages then"] = (mirror, _) => AccessPackageQuery.Run(mirror, new() { AsOf = Now.AddMonths(-2) }),
        ["packages of a user"] = (mirror, who) => AccessPackageQuery.Run(mirror, new() { Selectors = who, Assigned = true }),
        ["can request"] = (mirror, who) => AccessPackageQuery.Run(mirror, new() { Selectors = who, CanRequest = true }),
        ["assignments"] = (mirror, _) => AccessPackageAssignmentQuery.Run(mirror, new() { State = ["*"] }),
        ["assignments then"] = (mirror, _) => AccessPackageAssignmentQuery.Run(mirror, new() { State = ["*"], AsOf = Now.AddMonths(-2) }),
        ["assignments in a span"] = (mirror, _) =>
            AccessPackageAssignmentQuery.Run(mirror, new() { After = Now.AddYears(-1), Before = Now, ExpiringWithin = null }),
        ["assignments that expire"] = (mirror, _) => AccessPackageAssignmentQuery.Run(mirror, new() { ExpiringWithin = TimeSpan.FromDays(3_000) }),
        ["assignments compared"] = (mirror, _) => AssignmentComparison.Run(mirror, new() { State = ["*"] }, Now.AddYears(-1), Now),
        ["resources"] = (mirror, _) => ResourceAssignmentQuery.Run(mirror, new()),
        ["resources then"] = (mirror, _) => ResourceAssignmentQuery.Run(mirror, new() { AsOf = Now.AddMonths(-2) }),
        ["requests"] = (mirror, _) => AccessPackageRequestQuery.Run(mirror, new()),
        ["requests of a user"] = (mirror, who) => AccessPackageRequestQuery.Run(mirror, new() { Selectors = who, After = Now.AddYears(-1), Before = Now }),
        ["requests then"] = (mirror, _) => AccessPackageRequestQuery.Run(mirror, new() { AsOf = Now.AddMonths(-2) }),
        ["conflicts"] = (mirror, _) => AccessPackageConflictQuery.Run(mirror, new()),
        ["package activity"] = (mirror, _) => AccessPackageActivityQuery.Run(mirror, new()),
        ["packages with activity"] = (mirror, _) => AccessPackageActivityQuery.Packages(mirror, null, null),
        ["app roles"] = (mirror, _) => AppRoleAssignmentActivityQuery.Run(mirror, new() { IncludeEntitlement = true }),
        ["organizations"] = (mirror, _) => ConnectedOrganizationQuery.Run(mirror, new()),
        ["coverage"] = (mirror, _) => CoverageQuery.Run(mirror, null, null, Now.AddDays(-60), Now, Now),
        ["coverage of all"] = (mirror, _) => CoverageQuery.Run(mirror, null, null, null, null, Now).Take(2_000),
        ["gaps"] = (mirror, _) =>
            [CoverageQuery.Warning(mirror, Now.AddDays(-60), Now, Now) ?? string.Empty,
                CoverageQuery.Warning(mirror, Now.AddDays(-60), null, Now, KindNames.ProvisioningLog) ?? string.Empty],
        ["imports"] = (mirror, _) => ImportHistoryQuery.Imports(mirror, null),
        ["rejected"] = (mirror, _) => ImportHistoryQuery.Rejected(mirror, null),
        ["mirror"] = (mirror, _) => [MirrorInfoQuery.Run(new(mirror.Path, "test"))],
        ["old readings"] = (mirror, _) => [OldReading.Warning(mirror) ?? string.Empty],
        ["names"] = (mirror, _) =>
            new[] { "AccessPackage", "Catalog", "Policy", "Resource", "ConnectedOrganization", "Group",
                "User" }.SelectMany(kind => EntitlementNameQuery.Run(mirror, kind, string.Empty, 50)),
    };

    /// <summary>Asks them all; gives each that could not be answered, and why.</summary>
    public static IEnumerable<(string Question, Exception Failure)> Ask(string path)
    {
        using var mirror = MirrorReader.Open(path);
        var (who, failure) = Try("users", () => Who(mirror));
        if (failure != null) yield return ("users", failure);
        foreach (var (name, ask) in All)
        {
            if (Try(name, () => Look(ask(mirror, who))).Failure is { } failed) yield return (name, failed);
        }

        if (Try("search index", () => ActivitySearchIndex.Ensure(path, null, CancellationToken.None)).Failure is { } unsearched)
            yield return ("search index", unsearched);
        using var again = MirrorReader.Open(path);
        if (Try("search", () => Look(AuditActivityQuery.Run(again, new() { Search = "add user" }))).Failure is { } lost) yield return ("search", lost);
    }

    /// <summary>What each question answers, or why it does not.</summary>
    public static IEnumerable<(string Question, string? Answer, Exception? Failure)> Answers(string path)
    {
        using var mirror = MirrorReader.Open(path);
        var (who, failure) = Try("users", () => Who(mirror));
        if (failure != null) yield return ("users", null, failure);
        foreach (var (name, ask) in All)
        {
            var (answer, failed) = Try(name, () => string.Join('\n', ask(mirror, who).Select(JsonOf)));
            yield return (name, answer, failed);
        }
    }

    private static string JsonOf(object answer)
    {
        Shown.LookAt(answer);
        return JsonSerializer.Serialize(answer, answer.GetType());
    }

    private static int Look(IEnumerable<object> answers)
    {
        var count = 0;
        foreach (var answer in answers)
        {
            Shown.LookAt(answer);
            count++;
        }

        return count;
    }

    /// <summary>Somebody to ask for.</summary>
    private static IReadOnlyList<EntitlementSelector>? Who(MirrorReader mirror)
    {
        var names = EntitlementNameQuery.Run(mirror, "User", string.Empty, 3);
        return names.Count == 0 ? null : [.. names.Select(name => new EntitlementSelector { User = [WildcardText.Escape(name)] })];
    }

    private static (T? Value, Exception? Failure) Try<T>(string question, Func<T> ask)
    {
        try
        {
            return (ask(), null);
        }
        catch (Exception e)
        {
            e.Data["question"] = question;
            return (default, e);
        }
    }
}
