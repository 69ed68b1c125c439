namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>Small audit records as text.</summary>
internal static class Records
{
    public static string Graph(string id, string time = "2026-10-01T08:00:00.1234567Z", string activity = "Add user", string? extra = null) =>
        $$"""{"id":"{{id}}","category":"UserManagement","correlationId":"36994c2a-0000-4000-8000-000000000001","result":"success","activityDisplayName":"{{activity}}","activityDateTime":"{{time}}","loggedByService":"Core Directory","initiatedBy":{"user":{"id":"11111111-0000-4000-8000-000000000001","userPrincipalName":"ada@contoso.com"},"app":null},"targetResources":[{"id":"22222222-0000-4000-8000-000000000001","displayName":"Bo","type":"User"}]{{extra}}}""";
}
