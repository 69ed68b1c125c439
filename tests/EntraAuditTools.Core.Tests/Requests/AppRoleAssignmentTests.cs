using EntraAuditTools.Core.Queries.Entitlement.Resources;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>Changes of application roles against their labels.</summary>
public sealed class AppRoleAssignmentTests
{
    [Theory]
    [InlineData(3000, 5)]
    [InlineData(5000, 21)]
    public void Every_change_is_what_its_label_says(int records, int seed)
    {
        using var sample = new SampleRequests(records, seed, order: seed);
        var labels = AppRoleGrantLabel.All(sample.Tenant).ToDictionary(l => l.EventId);
        var found = AppRoleAssignmentActivityQuery.Run(sample.Reader, new() { IncludeEntitlement = true }).ToList();
        Assert.Equal(labels.Keys.Order(), found.Select(f => f.GetActivity().Id!).Order());
        Assert.Equal(found.OrderByDescending(f => f.Time).Select(f => f.Time), found.Select(f => f.Time));
        foreach (var one in found)
        {
            var label = labels[one.GetActivity().Id!];
            Assert.Equal(
                (label.Activity, label.Granted ? "Add" : "Remove", label.Success ? "success" : "failure", label.Application.DisplayName,
                    label.Application.ServicePrincipalId, label.Role.DisplayName, label.PrincipalType, label.PrincipalId,
                    label.PrincipalName, label.ViaEntitlement),
                (one.Activity, one.Operation, one.Result!, one.Application!, one.ApplicationId!, one.Role!, one.PrincipalType!,
                    one.PrincipalId!, one.Principal!, one.ViaEntitlement!.Value));
            // Not every write shares an id with its request; but none is given another's.
            Assert.True(one.RequestId == null || one.RequestId == label.RequestId, $"{label.EventId}: {one.RequestId}, not {label.RequestId}");
        }

        var direct = AppRoleAssignmentActivityQuery.Run(sample.Reader, new()).Select(f => f.GetActivity().Id!);
        Assert.Equal(labels.Values.Where(l => !l.ViaEntitlement).Select(l => l.EventId).Order(), direct.Order());
        var caused = labels.Values.Where(l => l.RequestId != null).ToList();
        Assert.True(found.Count(f => f.RequestId != null) > caused.Count * 0.8, "most requests are found");
    }

    [Fact]
    public void Filters_are_by_application_and_by_who_has_the_role()
    {
        using var sample = new SampleRequests(3000, 5, order: 1);
        var labels = AppRoleGrantLabel.All(sample.Tenant);
        string[] Ids(AppRoleAssignmentActivityFilter filter) =>
            [.. AppRoleAssignmentActivityQuery.Run(sample.Reader, filter).Select(f => f.GetActivity().Id!).Order()];
        string[] Wanted(Func<AppRoleGrantLabel, bool> where) => [.. labels.Where(where).Select(l => l.EventId).Order()];
        var some = labels.First(l => l.PrincipalType == "User");
        Assert.Equal(Wanted(l => l.Application == some.Application), Ids(new() { Application = [some.Application.DisplayName], IncludeEntitlement = true }));
        Assert.Equal(Wanted(l => l.Application == some.Application),
            Ids(new() { Application = [some.Application.ServicePrincipalId], IncludeEntitlement = true }));
        Assert.Equal(Wanted(l => l.PrincipalId == some.PrincipalId),
            Ids(new() { Selectors = [new() { User = [some.PrincipalName] }], IncludeEntitlement = true }));
        Assert.Equal(Wanted(l => l.PrincipalId == some.PrincipalId && l.Application == some.Application),
            Ids(new() { Selectors = [new() { User = [some.PrincipalId] }], Application = [some.Application.DisplayName], IncludeEntitlement = true }));
        var group = labels.First(l => l.PrincipalType == "Group");
        Assert.Equal(Wanted(l => l.PrincipalId == group.PrincipalId),
            Ids(new() { Selectors = [new() { User = [group.PrincipalName] }], IncludeEntitlement = true }));
        Assert.Equal(3, AppRoleAssignmentActivityQuery.Run(sample.Reader, new() { First = 3 }).Count());
    }
}
