using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;

namespace EntraAuditTools.Core.Tests.Requests.Linking;

/// <summary>
/// Which events are of one request: "1R 2C | 3P" are two requests, the first of the first event by its request id and the second by its
/// correlation id, the other of the third by person, package and time; A is by assignment. What stands in none is of no request.
/// </summary>
/// <param name="people">Knows the persons.</param>
public sealed class EventLinkerTests(RequestPeople people) : IClassFixture<RequestPeople>
{
    [Theory]
    [MemberData(nameof(LinkCases.Beginnings), MemberType = typeof(LinkCases))]
    [MemberData(nameof(LinkCases.ByIds), MemberType = typeof(LinkCases))]
    [MemberData(nameof(LinkCases.OfSeveral), MemberType = typeof(LinkCases))]
    [MemberData(nameof(LinkCases.Contradictions), MemberType = typeof(LinkCases))]
    [MemberData(nameof(LinkCases.ByPerson), MemberType = typeof(LinkCases))]
    [MemberData(nameof(LinkCases.Ends), MemberType = typeof(LinkCases))]
    [MemberData(nameof(LinkCases.Left), MemberType = typeof(LinkCases))]
    public void The_table(string danger, string source, string events, string expected)
    {
        var log = RequestLog.Read(events);
        Assert.True(expected == Link(log), $"{danger} [{source}]: {Link(log)}");
        // The order in which events come does not matter.
        log.Reverse();
        Assert.True(expected == Link(log), $"{danger} [{source}], reversed: {Link(log)}");
    }

    /// <summary>request-matching, How 3: persons decide where thousands of assignments are made at once under one correlation id.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(40)]
    public void One_correlation_id_of_many_requests_is_decided_by_the_person(int count)
    {
        var requests = string.Join(" | ", Enumerable.Range(1, count).Select(i => $"assign U{i} P1 R{i} C1"));
        var found = Link(RequestLog.Read($"{requests} | fulfill U7 P1 C1 +2h")).Split(" | ");
        Assert.Equal(count, found.Length);
        Assert.Equal($"7R {count + 1}C", found[6]);
    }

    private string Link(IEnumerable<EntitlementEvent> events) => string.Join(" | ", EventLinker.Link(events, people.People)
        .Select(group => group.Events.OrderBy(linked => linked.Event.Row).ToList()).OrderBy(linked => linked[0].Event.Row)
        .Select(group => string.Join(' ', group.Select(linked => $"{linked.Event.Row}{linked.By.ToString()[0]}"))));
}
