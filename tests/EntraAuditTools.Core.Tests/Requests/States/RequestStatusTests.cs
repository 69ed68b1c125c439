using EntraAuditTools.Core.Queries.Entitlement.Requests.States;

namespace EntraAuditTools.Core.Tests.Requests.States;

/// <summary>What follows from a status, by the documented states (process, "Request process"; Graph's accessPackageRequestState).</summary>
public sealed class RequestStatusTests
{
    [Theory]
    [InlineData("Unknown", "")]
    [InlineData("Submitted", "open")]
    [InlineData("PendingApproval", "open")]
    [InlineData("Approved", "open")]
    [InlineData("Scheduled", "open")]
    [InlineData("ReadyToFulfill", "open")]
    [InlineData("Failed", "end")]
    [InlineData("PartiallyFulfilled", "end delivered")]
    [InlineData("Fulfilled", "end delivered")]
    [InlineData("Denied", "end refused")]
    [InlineData("TimedOut", "end refused")]
    [InlineData("Canceled", "end refused")]
    public void A_status_is_open_or_an_end_and_an_end_a_delivery_or_a_refusal(string name, string expected)
    {
        var status = Enum.Parse<RequestStatus>(name);
        var found = new (string Word, bool Is)[]
        {
            ("open", status.IsOpen()), ("end", status.IsEnd()), ("delivered", status.IsDelivered()), ("refused", status.IsRefused()),
        };
        Assert.Equal(expected, string.Join(' ', found.Where(flag => flag.Is).Select(flag => flag.Word)));
    }

    [Fact]
    public void Every_status_has_a_row() => Assert.Equal(12, Enum.GetValues<RequestStatus>().Length);
}
