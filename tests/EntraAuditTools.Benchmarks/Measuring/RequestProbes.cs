using System.Text.Json;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>What the questions on requests ask for, with what the labels say that is the answer.</summary>
/// <param name="Requests">Requests in the log.</param>
/// <param name="Busiest">Who has the most requests.</param>
/// <param name="Users">Others with any, from many to few.</param>
/// <param name="RequestId">One of the middle of the log.</param>
/// <param name="Package">Named in the most requests.</param>
/// <param name="Application">Whose roles changed most often.</param>
/// <param name="Middle">Beginning of a month in the middle of the log.</param>
/// <param name="Last">Beginning of the last 30 days of the log.</param>
internal sealed record RequestProbes(int Requests, RequestProbes.User Busiest, IReadOnlyList<RequestProbes.User> Users, string RequestId,
    string Package, string Application, DateTimeOffset Middle, DateTimeOffset Last)
{
    private const int SomeUsers = 25;

    /// <param name="Name">The UPN.</param>
    /// <param name="Requests">How many requests are about the user.</param>
    internal sealed record User(string Name, int Requests);

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this));

    public static RequestProbes Load(string path) => JsonSerializer.Deserialize<RequestProbes>(File.ReadAllText(path))!;

    /// <summary>Takes them from a tenant's labels.</summary>
    public static RequestProbes Find(Tenant tenant)
    {
        var labels = RequestLabel.All(tenant);
        var users = labels.GroupBy(label => label.Subject.UserPrincipalName, (name, own) => new User(name, own.Count()))
            .OrderByDescending(user => user.Requests).ThenBy(user => user.Name, StringComparer.Ordinal).ToList();
        var application = AppRoleGrantLabel.All(tenant).GroupBy(label => label.Application).OrderByDescending(group => group.Count()).First().Key;
        var (from, to) = (tenant.Options.From, tenant.Options.To);
        return new(
            labels.Count,
            users[0],
            [.. Enumerable.Range(1, SomeUsers).Select(i => users[i * (users.Count - 1) / SomeUsers]).Distinct()],
            labels[labels.Count / 2].RequestId,
            labels.GroupBy(label => label.Package.Id).OrderByDescending(group => group.Count()).First().Key,
            application.DisplayName,
            from + ((to - from) / 2),
            to.AddDays(-30));
    }
}
