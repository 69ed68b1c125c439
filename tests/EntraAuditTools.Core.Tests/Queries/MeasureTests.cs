using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>Groups of Measure-AuditActivity, and the values that completers offer.</summary>
public sealed class MeasureTests : IDisposable
{
    private readonly TestMirror mirror = new();
    private readonly MirrorReader reader;

    public MeasureTests()
    {
        var adele = Event.Person("a", "adele@contoso.com", "Adele");
        var sales = Event.Target("s", "Sales", "Group");
        var bo = Event.Target("b", "Bo", upn: "bo@contoso.com", modified: Event.Modified("AccountEnabled", null, "[true]"));
        mirror.ImportText(Event.All(
            new("1", "2025-12-29T23:30:00Z", "Add user") { User = adele, Targets = [bo] },
            new("2", "2025-12-31T23:59:59.9999999Z", "Add member to group") { User = Event.Person("a", "adele@contoso.com"),
                Targets = [sales, bo], Category = "GroupManagement" },
            new("3", "2026-01-01T00:00:00Z", "Add member to group") { User = Event.Person("c", "carl@contoso.com"), Targets = [sales],
                Result = "failure", Category = "GroupManagement" },
            new("4", "2026-01-05T10:00:00Z", "Consent to application") { App = new { displayName = "Sync", servicePrincipalId = "x" },
                Result = "timeout", Category = "ApplicationManagement" },
            new("5", "1999-12-31T23:00:00Z", "Add user") { User = adele, Result = "success" }));
        reader = MirrorReader.Open(mirror.Path);
    }

    public void Dispose()
    {
        reader.Dispose();
        mirror.Dispose();
    }

    [Theory]
    [InlineData("Activity", "Add member to group 2, Add user 2, Consent to application 1")]
    [InlineData("result", "success 3, failure 1, timeout 1")]
    [InlineData("Actor", "adele@contoso.com 3, carl@contoso.com 1, Sync 1")]
    [InlineData("Target", "bo@contoso.com 2, Sales 2,  2")]
    [InlineData("Year", "1999 1, 2025 2, 2026 2")]
    [InlineData("Month", "1999-12 1, 2025-12 2, 2026-01 2")]
    [InlineData("Week", "1999-W52 1, 2026-W01 3, 2026-W02 1")]
    [InlineData("Day", "1999-12-31 1, 2025-12-29 1, 2025-12-31 1, 2026-01-01 1, 2026-01-05 1")]
    [InlineData("Hour", "1999-12-31 23:00Z 1, 2025-12-29 23:00Z 1, 2025-12-31 23:00Z 1, 2026-01-01 00:00Z 1, 2026-01-05 10:00Z 1")]
    [InlineData("HourOfDay", "0 1, 10 1, 23 3")]
    [InlineData("DayOfWeek", "Monday 2, Wednesday 1, Thursday 1, Friday 1")]
    [InlineData("Origin", "DirectoryAudit 5")]
    [InlineData("Service", "Core Directory 5")]
    [InlineData("Tenant", " 5")]
    [InlineData("Category", "GroupManagement 2, UserManagement 2, ApplicationManagement 1")]
    public void Groups(string by, string expected)
    {
        var groups = AuditActivityMeasureQuery.Run(reader, new(), [by]).ToList();
        var found = groups.Select(group => $"{group.Group.Values.Single()} {group.Count}").ToList();
        if (by is "Year" or "Month" or "Week" or "Day" or "Hour" or "HourOfDay" or "DayOfWeek")
        {
            // A course in time, oldest first; a week begins on Monday.
            Assert.Equal(expected.Split(", "), found);
            return;
        }

        // Empty values sort first among equals; what counts is the order by number.
        Assert.Equal(expected.Split(", ").Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal(groups.Select(group => group.Count).OrderDescending(), groups.Select(group => group.Count));
    }

    [Fact]
    public void Counts_success_failure_and_times_under_a_filter()
    {
        var groups = AuditActivityMeasureQuery.Run(reader, new AuditActivityFilter { Activity = ["Add*"], After = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero) },
            ["category", "Result"]).ToList();
        Assert.Equal("GroupManagement/failure, GroupManagement/success, UserManagement/success",
            string.Join(", ", groups.Select(group => string.Join('/', group.Group.Values))));
        var all = Assert.Single(AuditActivityMeasureQuery.Run(reader, new(), []));
        Assert.Equal((5, 3, 2), (all.Count, all.Success, all.Failure));
        Assert.Equal((new DateTimeOffset(1999, 12, 31, 23, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero)),
            (all.First, all.Last));
        Assert.Empty(AuditActivityMeasureQuery.Run(reader, new AuditActivityFilter { Activity = ["none"] }, []));
        Assert.Empty(AuditActivityMeasureQuery.Run(reader, new AuditActivityFilter { Activity = ["Add user"], Result = ["failure"] }, []));
    }

    [Fact]
    public void A_time_that_comes_first_orders_and_one_behind_it_does_not()
    {
        string Of(params string[] by) =>
            string.Join(", ", AuditActivityMeasureQuery.Run(reader, new(), by).Select(group => $"{string.Join('/', group.Group.Values)} {group.Count}"));
        Assert.Equal("1999/Add user 1, 2025/Add member to group 1, 2025/Add user 1, 2026/Add member to group 1, 2026/Consent to "
            + "application 1", Of("Year", "Activity"));
        Assert.StartsWith("adele@contoso.com/2025 2, ", Of("Actor", "Year"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_dimension_names_the_known() =>
        Assert.Contains("DayOfWeek",
            Assert.Throws<AuditToolException>(() => AuditActivityMeasureQuery.Run(reader, new(), ["Colour"]).ToList()).RecommendedAction,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Activity", "", "Add member to group 2, Add user 2, Consent to application 1")]
    [InlineData("Activity", "add u", "Add user 2")]
    [InlineData("Activity", "*group", "Add member to group 2")]
    [InlineData("Activity", "mem", "Add member to group 2")]
    [InlineData("Activity", "dd u", "Add user 2")]
    [InlineData("Category", "man", "GroupManagement 2, UserManagement 2, ApplicationManagement 1")]
    [InlineData("InitiatedBy", "contoso", "adele@contoso.com 3, carl@contoso.com 1")]
    [InlineData("InitiatedBy", "ad", "adele@contoso.com 3")]
    [InlineData("InitiatedBy", "syn", "Sync 1")]
    [InlineData("Target", "", "bo@contoso.com 2, Sales 2")]
    [InlineData("Target", "s", "Sales 2")]
    [InlineData("Property", "acc", "AccountEnabled 2")]
    [InlineData("Result", "t", "timeout 1")]
    [InlineData("Tenant", "", "")]
    public void Completes(string column, string typed, string expected) =>
        Assert.Equal(expected, string.Join(", ", FilterValueQuery.Run(reader, ActivityLog.Definition.Field(column), typed, 10, null).Select(pair => $"{pair.Key} {pair.Value}")));

    [Fact]
    public void Completes_under_the_other_filters()
    {
        Assert.Equal("carl@contoso.com", Assert.Single(FilterValueQuery.Run(reader, ActivityLog.Definition.Field("InitiatedBy"), "", 10, new AuditActivityFilter { Result = ["failure"] })).Key);
        Assert.Equal("Sales", Assert.Single(FilterValueQuery.Run(reader, ActivityLog.Definition.Field("Target"), "s", 10, new AuditActivityFilter { Result = ["failure"] })).Key);
        Assert.Single(FilterValueQuery.Run(reader, ActivityLog.Definition.Field("Activity"), "", 1, null));
    }
}
