using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>Requests known only from exported objects say how their assignments ended.</summary>
public sealed class ExportedEndTests : IDisposable
{
    private const string Assignment = "a6bb6942-0000-4000-8000-000000000002";
    private const string Context = "https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/";

    private readonly TestMirror mirror = new();

    public void Dispose() => mirror.Dispose();

    [Theory]
    [InlineData("adminRemove", "2026-08-20T10:00:00Z", "RemovedByAdministrator")]
    [InlineData("userRemove", "2026-08-20T10:00:00Z", "CanceledByUser")]
    [InlineData("systemRemove", "2026-08-20T10:00:00Z", "Unknown")]
    [InlineData("systemRemove", "2026-09-01T00:05:00Z", "Expired")]
    public void By_the_request_that_removed_it(string type, string completed, string reason)
    {
        Import(Request("efee524f-0000-4000-8000-000000000001", "userAdd", "2026-08-01T00:00:00Z", "2026-08-01T00:10:00Z"),
            Request("efee524f-0000-4000-8000-000000000002", type, completed, completed));
        ImportAssignment(null);
        var request = Giver();
        Assert.Equal(("Fulfilled", reason, DateTimeOffset.Parse(completed, null)), (request.Status, request.EndReason, request.AssignmentEndedAt));
        Assert.Equal("c8c2c3d3-0000-4000-8000-000000000003", request.Policy?.Id);
    }

    [Theory]
    [InlineData("2026-09-01T00:07:00Z", "Expired")]
    [InlineData("2026-08-11T12:00:00Z", "Unknown")]
    public void By_the_assignments_own_date(string expired, string reason)
    {
        Import(Request("efee524f-0000-4000-8000-000000000001", "userAdd", "2026-08-01T00:00:00Z", "2026-08-01T00:10:00Z"));
        ImportAssignment(expired);
        Assert.Equal((reason, DateTimeOffset.Parse(expired, null)), (Giver().EndReason, Giver().AssignmentEndedAt));
        Assert.Null(Giver(DateTimeOffset.Parse(expired, null).AddMinutes(-1)).EndReason);
    }

    [Fact]
    public void What_became_of_a_request_later_was_not_known_before()
    {
        Import(Request("efee524f-0000-4000-8000-000000000001", "userAdd", "2026-08-01T00:00:00Z", "2026-08-01T00:10:00Z"));
        var (before, after) = (Giver(DateTimeOffset.Parse("2026-08-01T00:05:00Z", null)), Giver(DateTimeOffset.Parse("2026-08-01T00:15:00Z", null)));
        Assert.Equal(("Submitted", (DateTimeOffset?)null), (before.Status, before.DeliveredAt));
        Assert.Equal(("Fulfilled", DateTimeOffset.Parse("2026-08-01T00:10:00Z", null)), (after.Status, after.DeliveredAt));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Empty(AccessPackageRequestQuery.Run(reader, new() { AsOf = DateTimeOffset.Parse("2026-07-31T00:00:00Z", null) }));
    }

    [Fact]
    public void A_removal_that_failed_ends_nothing()
    {
        Import(
            Request("efee524f-0000-4000-8000-000000000001", "userAdd", "2026-08-01T00:00:00Z", "2026-08-01T00:10:00Z"),
            Request("efee524f-0000-4000-8000-000000000002", "adminRemove", "2026-08-20T10:00:00Z", "2026-08-20T10:00:00Z")
            .Replace("\"delivered\"", "\"deliveryFailed\"", StringComparison.Ordinal));
        ImportAssignment(null);
        Assert.Equal((null, (DateTimeOffset?)null), (Giver().EndReason, Giver().AssignmentEndedAt));
    }

    private static string Request(string id, string type, string created, string completed) => $$"""
        {"id":"{{id}}","requestType":"{{type}}","state":"delivered","status":"Delivered","createdDateTime":"{{created}}","completedDateTime":"{{completed}}",
         "requestor":{"id":"4711","objectId":"2bc42425-0000-4000-8000-000000000004","displayName":"Ana Hansen"},
         "accessPackage":{"id":"9f573551-0000-4000-8000-000000000001","displayName":"Sales"},"assignment":{"id":"{{Assignment}}"} }
        """;

    private void Import(params string[] requests) =>
        mirror.ImportText($$"""{"@odata.context":"{{Context}}assignmentRequests(requestor(),accessPackage(),assignment())","value":[{{string.Join(",\n", requests)}}]}""", "requests.json");

    private void ImportAssignment(string? expired) => mirror.ImportText($$"""
        {"@odata.context":"{{Context}}assignments(accessPackage(),assignmentPolicy())","value":[{"id":"{{Assignment}}","state":"{{(expired == null ? "delivered" : "expired")}}","status":"Delivered",
         "expiredDateTime":{{(expired == null ? "null" : $"\"{expired}\"")}},"schedule":{"startDateTime":"2026-08-01T00:10:00Z","expiration":{"type":"afterDateTime","endDateTime":"2026-09-01T00:00:00Z"} },
         "accessPackage":{"id":"9f573551-0000-4000-8000-000000000001"},"assignmentPolicy":{"id":"c8c2c3d3-0000-4000-8000-000000000003","displayName":"Everybody"} }]}
        """, "assignments.json");

    private AccessPackageRequest Giver(DateTimeOffset? asOf = null)
    {
        Assert.Empty(mirror.Errors);
        using var reader = MirrorReader.Open(mirror.Path);
        return Assert.Single(AccessPackageRequestQuery.Run(reader, new() { Selectors = [new() { User = ["Ana Hansen"] }], AsOf = asOf }),
            one => one.Type == "UserRequest");
    }
}
