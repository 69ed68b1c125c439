namespace EntraAuditTools.Core.Tests.Provisioning;

/// <summary>Small entries of the provisioning log as text.</summary>
internal static class Entries
{
    public const string Change = "7c3a0f0c-6a02-4c1f-bd7d-2f6a5f4f3d11";

    public static string Graph(string id, string time = "2026-10-01T08:00:00.1234567Z", string action = "create", string status = "success",
        string? extra = null) =>
        $$"""{"id":"{{id}}","activityDateTime":"{{time}}","changeId":"{{Change}}","provisioningAction":"{{action}}","servicePrincipal":{"id":"11111111-0000-4000-8000-000000000009","displayName":"ServiceNow"},"sourceIdentity":{"id":"22222222-0000-4000-8000-000000000001","displayName":"Ada","identityType":"User"},"targetIdentity":{"id":"t-1","displayName":"","identityType":"User"},"provisioningStatusInfo":{"status":"{{status}}","errorInformation":null}{{extra}}}""";
}
