using System.Globalization;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Reporting.Content;

/// <summary>What the audit log says: how much, by whom, what is new, what failed, and the changes that matter most.</summary>
internal sealed class ActivitySections(MirrorReader mirror, ReportOptions options, CountedActivities counted)
{
    private const int Most = 50, MostChanges = 250, MostBars = 120;

    private static readonly ReportView Failed = new("failed", "Result", "=failure");

    private static readonly ChangeKind[] Changes =
    [
        new("roles", "Roles: who was given or lost one", "Get-AuditActivity -Category RoleManagement")
        {
            Category = "RoleManagement",
            Views = [new("given", "Activity", "^Add"), new("taken", "Activity", "^Remove"), Failed],
        },
        new("groups", "Groups and their members", "Get-AuditActivity -Category GroupManagement")
        {
            Category = "GroupManagement",
            Views = [new("members added", "Activity", "^Add member"), new("owners", "Activity", "owner"), Failed],
        },
        new("applications", "Applications and service principals", "Get-AuditActivity -Category ApplicationManagement")
        {
            Category = "ApplicationManagement",
            Views =
            [
                new("secrets and certificates", "Activity", "credentials || certificates"), new("owners", "Activity", "owner"),
                new("new ones", "Activity", "=Add application || =Add service principal"), Failed,
            ],
        },
        new("consent", "Consent and permissions",
            "Get-AuditActivity '*consent*', '*OAuth2PermissionGrant*', '*delegated permission grant*', '*app role assignment*'")
        {
            Activities = ["*consent*", "*OAuth2PermissionGrant*", "*delegated permission grant*", "*app role assignment*"],
            Views = [new("consent", "Activity", "consent"), new("taken", "Activity", "^Remove"), Failed],
        },
        new("policies", "Policies: conditional access, authorization and others", "Get-AuditActivity -Category Policy")
        {
            Category = "Policy",
            Views = [new("conditional access", "Activity", "conditional access"), new("deleted", "Activity", "^Delete"), Failed],
        },
    ];

    private AuditActivityFilter Filter => new() { After = options.After, Before = options.Before, Tenant = options.Tenants };

    /// <summary>The sections.</summary>
    public IEnumerable<ReportSection> Read()
    {
        var days = counted.Measure(["Day"]);
        if (days.Count == 0)
        {
            yield return new("activity", "Activity") { Sentences = [Nothing] };
            yield break;
        }

        yield return Activity(days);
        yield return New();
        yield return Failures();
        yield return ChangesOf(Filter, "changes", "Changes that matter most");
    }

    /// <summary>What is new since a time.</summary>
    public ReportSection Since(DateTimeOffset since)
    {
        var filter = new AuditActivityFilter { After = since, Before = options.Before, Tenant = options.Tenants };
        var section = ChangesOf(filter, "since", $"Since {ReportBuilder.Text(since)}");
        var tables = section.Tables.Select(table => table with { Id = "since-" + table.Id });
        return section with { Tables = [.. FirstSeen(since, "since-"), .. tables] };
    }

    private string Nothing => CoverageQuery.Warning(mirror, options.After, options.Before, options.Now)
        ?? $"The mirror holds no activities of this time. {Caller.Command("Import-AuditExport")} takes exports of the audit log in.";

    private ReportSection Activity(List<AuditActivityMeasure> days)
    {
        var actors = counted.Measure(["Actor"]);
        var kinds = counted.Measure(["Activity"]);
        var count = days.Sum(day => day.Count);
        return new("activity", "Activity")
        {
            Numbers =
            [
                ("activities", Number(count)), ("failed", Number(days.Sum(day => day.Failure))),
                ("people and applications", Number(actors.Count)),
                ("kinds of activity", Number(kinds.Count)), ("days with any", Number(days.Count)),
            ],
            Charts = [new("Activities over time", "succeeded or unknown", "failed", Bars(days))],
            Tables =
            [
                Top("actors", "Who did most", "Actor", actors, "Measure-AuditActivity -By Actor"),
                Top("kinds", "What was done most", "Activity", kinds, "Measure-AuditActivity -By Activity"),
            ],
        };
    }

    private ReportSection New() => new("new", "Seen for the first time")
    {
        Sentences =
        [
            "New is what was not seen on any earlier day that the mirror holds. Where no earlier day is covered, that says little: the last column "
                + "says what it rests on.",
        ],
        Tables = FirstSeen(options.After, string.Empty),
    };

    private List<ReportTable> FirstSeen(DateTimeOffset? since, string prefix)
    {
        var tables = new List<ReportTable>();
        foreach (var (dimension, id, caption) in new[]
        {
            ("Activity", "new-kinds", "New kinds of activity"), ("Actor", "new-actors", "New people and applications"),
            ("IPAddress", "new-addresses", "New addresses"),
        })
        {
            var (count, newest) = counted.FirstSeen(dimension, since);
            tables.Add(new(prefix + id, caption, [dimension == "IPAddress" ? "Address" : dimension, "First", "Activities", "Import", "Rests on"],
                [.. newest.Take(Most).Select(item => new object?[]
                {
                    $"{item.Group.Values.First()}", item.First, item.Count, item.FirstImportId, item.RestsOn,
                })])
            {
                Total = count > Most ? count : null,
                Command = $"Measure-AuditActivity -By {dimension} -FirstSeen",
                Empty = "Nothing was seen for the first time.",
            });
        }

        return tables;
    }

    private ReportSection Failures()
    {
        var failed = counted.Measure(["Activity", "Actor"], group => group.Failure > 0).OrderByDescending(group => group.Failure).ToList();
        return new("failures", "Failures")
        {
            Tables =
            [
                new("failures-by", "What failed, and of whom", ["Activity", "Actor", "Failed", "Of", "Last"],
                    [.. failed.Take(Most).Select(group => new object?[]
                    {
                        group.Group["Activity"], group.Group["Actor"], group.Failure, group.Count, group.Last,
                    })])
                {
                    Total = failed.Count > Most ? failed.Count : null,
                    Command = "Get-AuditActivity -Result failure",
                    Views = [new("more than ten times", "Failed", ">10")],
                    Empty = "Nothing failed.",
                },
            ],
        };
    }

    private ReportSection ChangesOf(AuditActivityFilter filter, string id, string title) => new(id, title)
    {
        Tables = [.. Changes.Select(kind =>
        {
            var only = new AuditActivityFilter
            {
                After = filter.After,
                Before = filter.Before,
                Tenant = filter.Tenant,
                Category = kind.Category is { } category ? [category] : null,
                Activity = kind.Activities,
            };
            var rows = AuditActivityQuery.Run(mirror, only).Take(MostChanges + 1).ToList();
            return new ReportTable(kind.Id, kind.Title, ["Time", "Activity", "By", "Target", "Result", "What changed"],
                [.. rows.Take(MostChanges).Select(activity => new object?[]
                {
                    activity.Time, activity.Activity, By(activity), activity.TargetSummary, activity.Result, Short(activity.Changes),
                })])
            {
                Total = rows.Count > MostChanges ? AuditActivityQuery.Count(mirror, only) : null,
                Command = kind.Command,
                Views = kind.Views,
                Empty = "No such activity in this time.",
            };
        })],
    };

    private static ReportTable Top(string id, string caption, string column, List<AuditActivityMeasure> groups, string command) =>
        new(id, caption, [column, "Activities", "Failed", "First", "Last"], [.. groups.Take(Most).Select(group => new object?[]
        {
            group.Group[column] ?? "(unknown)", group.Count, group.Failure, group.First, group.Last,
        })])
        {
            Total = groups.Count > Most ? groups.Count : null,
            Command = command,
            Views = [new("with failures", "Failed", ">0")],
        };

    // Days; weeks or months where those would be too many.
    private static List<ReportBar> Bars(List<AuditActivityMeasure> days)
    {
        var parsed = days.ConvertAll(
            day => (Day: DateOnly.ParseExact((string)day.Group["Day"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture), day));
        var span = parsed[^1].Day.DayNumber - parsed[0].Day.DayNumber + 1;
        DateOnly Begin(DateOnly day) => span <= MostBars ? day
            : span <= MostBars * 7 ? day.AddDays(-(((int)day.DayOfWeek + 6) % 7)) : new(day.Year, day.Month, 1);
        DateOnly Next(DateOnly begin) => span <= MostBars ? begin.AddDays(1) : span <= MostBars * 7 ? begin.AddDays(7) : begin.AddMonths(1);
        var sums = parsed.GroupBy(item => Begin(item.Day)).ToDictionary(group => group.Key,
            group => (group.Sum(item => item.day.Count - item.day.Failure), group.Sum(item => item.day.Failure)));
        var bars = new List<ReportBar>();
        for (var day = Begin(parsed[0].Day); day <= parsed[^1].Day; day = Next(day))
        {
            var (fine, failed) = sums.GetValueOrDefault(day);
            bars.Add(new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), fine, failed));
        }

        return bars;
    }

    private static string? By(AuditActivity activity) =>
        activity.InitiatedBy.UserPrincipalName ?? activity.InitiatedBy.DisplayName ?? activity.InitiatedBy.AppId ?? activity.InitiatedBy.Id;

    private static string? Short(string? text) => text is { Length: > 300 } ? text[..300] + "…" : text;

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A kind of change that a report shows.</summary>
    private sealed record ChangeKind(string Id, string Title, string Command)
    {
        public string? Category { get; init; }

        public string[]? Activities { get; init; }

        public IReadOnlyList<ReportView> Views { get; init; } = [];
    }
}
