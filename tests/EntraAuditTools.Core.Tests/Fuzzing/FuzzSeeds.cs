using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Provisioning;
using EntraAuditTools.Core.Tests.Wrappers;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>
/// A few records of every shape that the project reads: of the sample tenant's exports, of every wrapper, of what this tool writes itself, and,
/// where ENTRAAUDIT_SAMPLES names some, of real exports, which are read where they are.
/// </summary>
internal static class FuzzSeeds
{
    private const string Answers = """
        {"responses":[{"id":"1","status":200,"headers":{"Content-Type":"application/json"},"body":{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits","value":[RECORD]}},{"id":"2","status":429,"body":{"error":{"code":"TooManyRequests","message":"m"}}}]}
        {"tables":[{"name":"PrimaryResult","columns":[{"name":"TimeGenerated","type":"datetime"},{"name":"Id","type":"string"},{"name":"OperationName","type":"string"},{"name":"InitiatedBy","type":"dynamic"},{"name":"TargetResources","type":"dynamic"}],"rows":[["2026-10-02T08:01:05.1Z","a","Add user","{\"user\":{\"userPrincipalName\":\"ada@contoso.com\"}}","[{\"displayName\":\"Bo\",\"type\":\"User\"}]"],["2026-10-02T08:02:05.1Z","b","Delete user",{"user":{"userPrincipalName":"ben@contoso.com"}},null]]}]}
        [{"FrameType":"DataSetHeader","Version":"v2.0"},{"FrameType":"DataTable","TableId":1,"TableKind":"PrimaryResult","Columns":[{"ColumnName":"TimeGenerated"},{"ColumnName":"Id"},{"ColumnName":"OperationName"}],"Rows":[["2026-10-02T08:01:05.1Z","a","Add user"]]},{"FrameType":"DataSetCompletion","HasErrors":false}]
        {"key":"{\"result\":\"Failure\",\"details\":{\"errorCode\":\"Timeout\",\"errorMessage\":\"too slow\"}}","value":"[{\"action\":\"Create\",\"startTime\":\"2026-10-02T09:00:00Z\",\"endTime\":\"2026-10-02T09:00:02Z\",\"modifiedProperties\":[{\"displayName\":\"title\",\"oldValue\":\"a\",\"newValue\":\"b\"}],\"provisioningSteps\":[{\"name\":\"EntryExportAdd\",\"type\":\"Export\",\"status\":\"Failure\",\"timestamp\":\"2026-10-02T09:00:00Z\",\"details\":{\"objectId\":\"33333333-0000-4000-8000-000000000001\"}}]}]"}
        {"value":[RECORD,RECORD],"Count":2}
        {"@timestamp":"2026-10-01T08:00:00.123Z","event":{"dataset":"azure.auditlogs"},"azure":{"tenant_id":"t","auditlogs":{"category":"AuditLogs","operation_name":"Add user","properties":{"activity_datetime":"2026-10-01T08:00:00.1234567Z","activity_display_name":"Add user","category":"UserManagement","id":"Directory_1_A_1","initiated_by":{"user":{"id":"11111111-0000-4000-8000-000000000001"}},"result":"success","target_resources":{"0":{"display_name":"Bo","type":"User","modified_properties":{"0":{"display_name":"AccountEnabled","new_value":"[true]","old_value":"[]"},"1":{"display_name":"Other","new_value":"x"}}}}}}}}
        {"time":"2026-10-01T08:00:00.1234567Z","resourceId":"/tenants/x","operationName":"Add user","category":"AuditLogs","tenantId":"99999999-0000-4000-8000-000000000001","properties":"{\"id\":\"x\",\"category\":\"UserManagement\",\"activityDisplayName\":\"Add user\",\"activityDateTime\":\"2026-10-01T08:00:00Z\"}"}
        {"time":"2026-10-01T08:00:00.1234567Z","resourceId":"/tenants/x","operationName":"Provisioning activity","category":"ProvisioningLogs","properties":PROVISIONING}
        {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/catalogs(accessPackages())","value":[{"id":"c1","displayName":"C","accessPackages":[{"id":"p1","displayName":"P"},{"id":"p2","displayName":"Q"}]}]}
        {"id":"p1","displayName":"P","assignmentPolicies":[{"id":"o1","displayName":"O","allowedTargetScope":"allMemberUsers","expiration":{"type":"afterDuration","duration":"P90D","endDateTime":null},"requestApprovalSettings":{"isApprovalRequiredForAdd":true,"stages":[{"durationBeforeAutomaticDenial":"P14D","primaryApprovers":[{"@odata.type":"#microsoft.graph.singleUser","userId":"u1"}]}]},"specificAllowedTargets":[{"@odata.type":"#microsoft.graph.groupMembers","groupId":"g1"}]}],"resourceRoleScopes":[{"id":"r","role":{"id":"x","displayName":"Member","originId":"Member_g1","originSystem":"AadGroup","resource":{"id":"y","originId":"g1","displayName":"G"}},"scope":{"id":"s","originId":"g1"}}]}
        """;

    /// <summary>All of them, in an order that does not change.</summary>
    public static IReadOnlyList<FuzzSeed> All { get; } = [.. SeedFiles.In(Seeds.Folder), .. Samples(), .. Wrapped(), .. Answered(), .. Own()];

    private static IEnumerable<FuzzSeed> Samples() =>
        Environment.GetEnvironmentVariable("ENTRAAUDIT_SAMPLES") is { Length: > 0 } folder && Directory.Exists(folder) ? SeedFiles.In(folder)
        .Where(seed => !seed.Name.EndsWith(".md", StringComparison.Ordinal)) : [];

    private static IEnumerable<FuzzSeed> Wrapped() => WrapperTests.All.Select((row, number) => Json($"wrapped{number}.json", row.Data.Item3));

    private static IEnumerable<FuzzSeed> Answered() => Answers.Split('\n').Where(line => line.Length > 0)
        .Select((line, number) =>
            Json($"answer{number}.json", line.Replace("RECORD", Records.Graph("a1"), StringComparison.Ordinal)
                .Replace("PROVISIONING", Entries.Graph("e1"), StringComparison.Ordinal)));

    /// <summary>What this tool writes itself.</summary>
    private static IEnumerable<FuzzSeed> Own()
    {
        using var mirror = new TestMirror();
        mirror.ImportText($"{Records.Graph("a1")}\n{Records.Graph("a2", activity: "Delete user")}\n{Entries.Graph("e1")}");
        yield return Json("own-activities.json", JsonSerializer.Serialize(mirror.Activities()));
        yield return Json("own-entries.json", JsonSerializer.Serialize(mirror.Entries()));
    }

    private static FuzzSeed Json(string name, string text) => new(name, SeedForm.Json, Encoding.UTF8.GetBytes(text));
}
