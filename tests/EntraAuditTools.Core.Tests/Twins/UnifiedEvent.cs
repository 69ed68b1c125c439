using System.Text.Json;
using EntraAuditTools.Core.Tests.Queries;

namespace EntraAuditTools.Core.Tests.Twins;

/// <summary>The unified audit log's record of an event, as an AuditData object.</summary>
internal sealed record UnifiedEvent(string Id, string Time, string Operation)
{
    public const string Bob = "33333333-3333-3333-3333-333333333333";
    public const string Ada = "11111111-1111-1111-1111-111111111111";
    public const string Correlation = "00000000-0000-0000-0000-000000000002";

    public string CorrelationId { get; init; } = Correlation;

    public string Target { get; init; } = Bob;

    public string? Address { get; init; }

    public string? Word { get; init; }

    /// <summary>The directory log's record of what happens to Bob.</summary>
    public static Event InDirectory(string id, string time, string activity, string correlation = Correlation, string target = Bob) => new(id, time, activity)
    {
        Correlation = correlation,
        User = Event.Person(Ada, "ada@contoso.com", "Ada Admin"),
        Targets = [Event.Target(target, "Bob Brown", upn: "bob@contoso.com")],
    };

    public static string All(params UnifiedEvent[] events) => string.Join('\n', events.Select(logged => logged.ToString()));

    public override string ToString() => JsonSerializer.Serialize(new
    {
        CreationTime = Time,
        Id,
        Operation = Operation + ".",
        OrganizationId = "99999999-9999-9999-9999-999999999999",
        RecordType = 8,
        ResultStatus = "Success",
        UserKey = "100320001@contoso.com",
        UserType = 0,
        Version = 1,
        Workload = "AzureActiveDirectory",
        ClientIP = Address,
        ObjectId = "bob@contoso.com",
        UserId = "ada@contoso.com",
        ExtendedProperties = new[] { new { Name = "extendedAuditEventCategory", Value = Word ?? "User" } },
        ModifiedProperties = Array.Empty<object>(),
        Actor = new[] { new { ID = "ada@contoso.com", Type = 5 }, new { ID = "User_" + Ada, Type = 2 } },
        InterSystemsId = CorrelationId,
        Target = new[] { new { ID = "User_" + Target, Type = 2 }, new { ID = "bob@contoso.com", Type = 5 } },
    });
}
