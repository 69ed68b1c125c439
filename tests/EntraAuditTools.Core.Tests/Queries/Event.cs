using System.Text.Json;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>An audit record to import, as a Graph export writes it.</summary>
internal sealed record Event(string Id, string Time, string Activity)
{
    public string Service { get; init; } = "Core Directory";

    public string Category { get; init; } = "UserManagement";

    public string Result { get; init; } = "success";

    public string Correlation { get; init; } = "36994c2a-0000-4000-8000-000000000001";

    public string? Reason { get; init; }

    public object? User { get; init; }

    public object? App { get; init; }

    public object[] Targets { get; init; } = [];

    public object[] Details { get; init; } = [];

    public static object Person(string id, string? upn = null, string? name = null, string? ip = null) =>
        new { id, userPrincipalName = upn, displayName = name, ipAddress = ip };

    public static object Target(string id, string? name = null, string type = "User", string? upn = null, params object[] modified) =>
        new { id, displayName = name, type, userPrincipalName = upn, modifiedProperties = modified };

    public static object Modified(string displayName, string? oldValue, string? newValue) => new { displayName, oldValue, newValue };

    public override string ToString() => JsonSerializer.Serialize(new
    {
        id = Id,
        category = Category,
        correlationId = Correlation,
        result = Result,
        resultReason = Reason,
        activityDisplayName = Activity,
        activityDateTime = Time,
        loggedByService = Service,
        operationType = "Update",
        initiatedBy = new { user = User, app = App },
        targetResources = Targets,
        additionalDetails = Details,
    });

    public static string All(params Event[] events) => "[" + string.Join(",", events.Select(logged => logged.ToString())) + "]";
}
