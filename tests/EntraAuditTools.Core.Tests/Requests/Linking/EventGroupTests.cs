using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;
using static EntraAuditTools.Core.Tests.Requests.RequestSources;

namespace EntraAuditTools.Core.Tests.Requests.Linking;

/// <summary>
/// What the events of a request say of it while others are linked: its kind, the event that closed it, whether it gave access.
/// </summary>
/// <param name="people">Knows the persons.</param>
public sealed class EventGroupTests(RequestPeople people) : IClassFixture<RequestPeople>
{
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "its beginning says the kind", Reference, "request", "UserRequest" },
        { "whatever else is linked to it", Reference, "request | extended", "UserRequest closed:2 delivered" },
        { "of two beginnings the first", Reference, "remove +1h | request +2h", "Removal" },
        { "without its beginning what is only of one kind says it", Reference, "extended", "Extension closed:1 delivered" },
        { "a delivery can be of any kind", Reference, "fulfill", " closed:1 delivered" },
        { "what only takes is a removal", Reference, "take", "Removal" },
        { "and what only ends", Reports, "gone", "Removal closed:1" },
        { "but taking that failed shows nothing", Reference, "take!", "" },
        { "the end of a deleted user's assignment can be logged to the request that gave it", Tenants, "userdeleted", " closed:1" },
        { "what gives is no removal, whatever ends", Reports, "give | gone", " closed:2 delivered" },
        { "nor what was approved", Reports, "approve | gone", " closed:2" },
        { "nor what was ready", Reports, "ready | gone", " closed:2" },
        { "a removal is fulfilled by the end", Reports, "return | gone", "Removal closed:2" },
        { "a removal gives nothing", Reference, "remove | fulfill", "Removal closed:2" },
        { "a delivery in part gives access", GraphStates, "request | partly", "UserRequest closed:2 delivered" },
        { "so does one resource", Reference, "request | give", "UserRequest delivered" },
        { "a delivery that failed gives none, and is tried again", Reprocess, "request | fulfill!", "UserRequest" },
        { "a failure does not close it: it is tried again", Reprocess, "request | fail", "UserRequest" },
        { "a request that failed at once is over", Reference, "request!", "UserRequest closed:1" },
        { "denied", Process, "request | deny", "UserRequest closed:2" },
        { "expired", Process, "request | timeout", "UserRequest closed:2" },
        { "cancelled", CancelPending, "request | cancel", "UserRequest closed:2" },
        { "the last of several closes it", Reports, "request | fulfill | gone", "UserRequest closed:3 delivered" },
        { "what is not decided is open", Process, "request | ask | approve | schedule | ready", "UserRequest" },
        { "a denial that failed closes nothing", Reference, "request | deny!", "UserRequest" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_table(string danger, string source, string events, string expected)
    {
        var log = RequestLog.Read(events);
        foreach (var order in new[] { log, Enumerable.Reverse(log) })
        {
            var group = new EventGroup(people.People);
            foreach (var logged in order) group.Add(logged, LinkKind.RequestId);
            var closed = group.ClosedAt is { } ticks ? $" closed:{log.Single(logged => logged.Ticks == ticks).Row}" : string.Empty;
            var found = $"{group.Type}{closed}{(group.WasDelivered ? " delivered" : string.Empty)}";
            Assert.True(expected == found, $"{danger} [{source}]: {found}");
        }
    }
}
