using System.Text.Json;
using System.Text.Json.Nodes;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Provisioning;

namespace EntraAuditTools.Core.Tests.Formats.Audit;

/// <summary>What a record lacks is filled from what is around it, in every shape that has something around it.</summary>
public sealed class EnvelopeTests
{
    private const string Tenant = "7e000000-0000-4000-8000-000000000009";
    private const string Correlation = "c0000000-0000-4000-8000-000000000001";
    private const string Azure = "Azure Monitor resource log schema (Microsoft Learn, resource-logs-schema) and FORMATS §3";
    private const string Table = "Azure Monitor reference, tables AuditLogs and AADProvisioningLogs (MicrosoftDocs/azure-reference-other)";
    private const string Later = "DataDog/azure-log-forwarding-orchestration fixtures, 2025: the envelope's names among the properties";

    /// <summary>Source; what the record has; what is around it; the property of the object; its value.</summary>
    public static TheoryData<string, string, string, string, string> Fills => new()
    {
        { Azure, """ "activityDisplayName":null """, """ "operationName":"Add user" """, "Activity", "Add user" },
        { Azure, """ "result":"" """, """ "resultType":"Success" """, "Result", "success" },
        { Azure, """ "result":null """, """ "resultSignature":"Failure" """, "Result", "failure" },
        { Azure, """ "resultReason":"" """, """ "resultDescription":"Because" """, "ResultReason", "Because" },
        { Azure, """ "resultReason":null """, """ "resultDescription":"Because" """, "ResultReason", "Because" },
        { Azure, """ "correlationId":null """, $$""" "correlationId":"{{Correlation}}" """, "CorrelationId", Correlation },
        { Azure, """ "x":1 """, $$""" "tenantId":"{{Tenant}}" """, "TenantId", Tenant },
        { Azure, """ "x":1 """, $$""" "resourceId":"/tenants/{{Tenant}}/providers/Microsoft.aadiam" """, "TenantId", Tenant },
        { Azure, """ "x":1 """, $$""" "resourceId":"/TENANTS/{{Tenant}}/PROVIDERS/MICROSOFT.AADIAM" """, "TenantId", Tenant },
        { Azure, """ "initiatedBy":{"app":{"displayName":"HR Sync"}} """, """ "callerIpAddress":"198.51.100.9:443" """, "IPAddress", "198.51.100.9" },
        { Azure, """ "initiatedBy":{"user":{"id":"1","ipAddress":"<null>"}} """, """ "callerIpAddress":"198.51.100.9" """, "IPAddress", "198.51.100.9" },
        { Azure, """ "initiatedBy":{"user":{"id":"1","ipAddress":"192.0.2.1"}} """, """ "callerIpAddress":"198.51.100.9" """, "IPAddress", "192.0.2.1" },
        { Azure, """ "initiatedBy":null """, """ "identity":"ada@x.example" """, "InitiatedBy", "ada@x.example" },
        { Azure, """ "initiatedBy":{"app":{"servicePrincipalId":"2"}} """, """ "identity":"HR Sync" """, "InitiatedBy", "HR Sync" },
        { Azure, """ "activityDateTime":null """, """ "time":"2026-10-02T08:00:00Z" """, "TimeUtc", "2026-10-02T08:00:00.0000000Z" },
        { Azure, """ "operationType":null """, """ "operationType":"Assign" """, "OperationType", "Assign" },
        { Azure, """ "loggedByService":null """, """ "loggedByService":"Core Directory" """, "Service", "Core Directory" },
        { Azure, """ "userAgent":null """, """ "userAgent":"Mozilla/5.0" """, "UserAgent", "Mozilla/5.0" },
        { Later, """ "activityDisplayName":null,"operationName":"Add user" """, """ "level":4 """, "Activity", "Add user" },
        { Later, """ "result":null,"resultType":"Failure","resultDescription":"Because" """, """ "level":4 """, "Result", "failure" },
        { Later, """ "result":null,"resultType":"Failure","resultDescription":"Because" """, """ "level":4 """, "ResultReason", "Because" },
        { Later, """ "initiatedBy":null,"identity":"Ada Admin" """, """ "level":4 """, "InitiatedBy", "Ada Admin" },
    };

    [Theory]
    [MemberData(nameof(Fills))]
    public void Diagnostic_settings(string source, string record, string around, string property, string value) =>
        AssertFilled(source, Envelope(record, around, asText: false), property, value);

    [Theory]
    [MemberData(nameof(Fills))]
    public void Properties_as_text(string source, string record, string around, string property, string value) =>
        AssertFilled(source, Envelope(record, around, asText: true), property, value);

    [Theory]
    [MemberData(nameof(Fills))]
    public void Event_Hub_body(string source, string record, string around, string property, string value) =>
        AssertFilled(source, $$"""{"records":[{{Envelope(record, around, asText: false)}}]}""", property, value);

    public static TheoryData<string, string, string, string> Columns => new()
    {
        { Table, """ "OperationName":"Add user","ActivityDisplayName":"" """, "Activity", "Add user" },
        { Table, """ "Result":"","ResultType":"Success" """, "Result", "success" },
        { Table, """ "Result":"","ResultType":"","ResultSignature":"Failure" """, "Result", "failure" },
        { Table, """ "ResultReason":"","ResultDescription":"Because" """, "ResultReason", "Because" },
        { Table, $$""" "AADTenantId":"{{Tenant}}","TenantId":"00000000-0000-4000-8000-00000000000f" """, "TenantId", Tenant },
        { Table, $$""" "ResourceId":"/tenants/{{Tenant}}/providers/Microsoft.aadiam" """, "TenantId", Tenant },
        { Table, """ "InitiatedBy":"{\"app\":{\"displayName\":\"HR Sync\"}}","CallerIpAddress":"198.51.100.9" """, "IPAddress", "198.51.100.9" },
        { Table, """ "InitiatedBy":"","Identity":"HR Sync" """, "InitiatedBy", "HR Sync" },
        { Table, """ "UserAgent":"Mozilla/5.0" """, "UserAgent", "Mozilla/5.0" },
        { Table, """ "AdditionalDetails":"[{\"key\":\"User-Agent\",\"value\":\"Mozilla/5.0\"}]" """, "UserAgent", "Mozilla/5.0" },
        { Table, """ "AADOperationType":"Assign" """, "OperationType", "Assign" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void Log_Analytics_JSON(string source, string cells, string property, string value) =>
        AssertFilled(source, Row(cells).ToJsonString(), property, value);

    [Theory]
    [MemberData(nameof(Columns))]
    public void Log_Analytics_CSV(string source, string cells, string property, string value)
    {
        var row = Row(cells);
        static string Cell(string? text) => $"\"{text?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        AssertFilled(source, string.Join(',', row.Select(p => Cell(p.Key)))
            + "\r\n" + string.Join(',', row.Select(p => Cell(p.Value?.ToString()))) + "\r\n", property, value);
    }

    [Theory]
    [InlineData("GroupManagement")]
    [InlineData("Audit")]
    [InlineData("")]
    [InlineData(null)]
    public void The_record_says_what_it_is_whatever_the_category_says(string? category)
    {
        using var mirror = new TestMirror();
        var envelope = JsonNode.Parse(Envelope(""" "x":1 """, """ "y":1 """, asText: false))!.AsObject();
        if (category == null) envelope.Remove("category");
        else envelope["category"] = category;
        var result = mirror.ImportText(envelope.ToJsonString());
        Assert.Equal((1, 0, 0), (result.Added, result.Rejected, result.NotSupported));
        envelope["properties"]!["category"] = null;
        Assert.Equal(category is null or "" ? null : category, Import(envelope.ToJsonString()).Category);
    }

    [Theory]
    [InlineData("""{"id":"a","activityDisplayName":"Add user","initiatedBy":{"user":{"id":"1"}},"targetResources":[],"loggedByService":"Core Directory","createdDateTime":"2026-10-02T08:00:00Z"}""", "has no time")]
    [InlineData("""{"id":"a","activityDateTime":"2026-10-02T08:00:00Z","initiatedBy":{"user":{"id":"1"}},"targetResources":[]}""", "has no activity")]
    [InlineData("""{"activityDateTime":"soon","activityDisplayName":"Add user","targetResources":[]}""", "in no known spelling")]
    [InlineData("""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits","value":[{"id":"a","category":"UserManagement"}]}""", "has no time")]
    [InlineData("""{"Operation":"Add user.","RecordType":8,"Workload":"AzureActiveDirectory","UserId":"ada@x.example"}""", "has no time")]
    [InlineData("""{"CreationTime":"2026-10-02T08:00:00","RecordType":8,"AzureActiveDirectoryEventType":1}""", "has no activity")]
    [InlineData("""{"category":"AuditLogs","time":"2026-10-02T08:00:00Z","operationName":"Add user","properties":"{\"id\":"}""", "")]
    [InlineData("""{"category":"AuditLogs","time":"2026-10-02T08:00:00Z","operationName":"Add user","properties":null}""", "no properties")]
    public void What_looks_like_an_audit_record_and_cannot_be_read_is_rejected_and_kept(string text, string reason)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(text);
        Assert.Equal((0, 1, 0), (result.Added, result.Rejected, result.NotSupported));
        Assert.Contains(reason, Assert.Single(mirror.Rejected()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "status":null """, """ "resultType":"Failure" """, "Status", "failure")]
    [InlineData(""" "x":1 """, """ "resultDescription":"Because" """, "Reason", "Because")]
    [InlineData(""" "x":1 """, """ "resultSignature":"EntryConflict" """, "ErrorCode", "EntryConflict")]
    [InlineData(""" "changeId":null """, $$""" "correlationId":"{{Correlation}}" """, "ChangeId", Correlation)]
    [InlineData(""" "id":"" """, $$""" "identity":"{{Correlation}}" """, "Id", Correlation)]
    [InlineData(""" "x":1 """, $$""" "resourceId":"/tenants/{{Tenant}}/providers/Microsoft.aadiam" """, "TenantId", Tenant)]
    [InlineData(""" "provisioningAction":"" """, """ "operationName":"Create" """, "Action", "create")]
    public void Provisioning_is_filled_too(string record, string around, string property, string value)
    {
        foreach (var asText in new[] { false, true })
        {
            using var mirror = new TestMirror();
            var properties = Merge("""{"id":"a","changeId":"b","jobId":"c","provisioningAction":"update","activityDateTime":"2026-10-02T08:00:00Z","sourceIdentity":{"id":"1","displayName":"Bo"}}""", record);
            var envelope = Merge("""{"time":"2026-10-02T08:00:00Z","category":"ProvisioningLogs","operationName":"Provisioning activity"}""", around);
            envelope["properties"] = asText ? properties.ToJsonString() : properties;
            Assert.Equal(1, mirror.ImportText(envelope.ToJsonString()).Added);
            var entry = Assert.Single(mirror.Entries());
            Assert.Equal(value, entry.GetType().GetProperty(property)!.GetValue(entry)?.ToString());
        }
    }

    [Fact]
    public void The_application_of_an_envelope_is_found_by_the_address_also_in_a_search()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Envelope(""" "initiatedBy":{"app":{"displayName":"HR Sync"}} """, """ "callerIpAddress":"198.51.100.9" """, asText: false));
        Assert.Single(mirror.Activities(new AuditActivityFilter { Search = "198.51.100.9" }));
        Assert.Single(mirror.Activities(new AuditActivityFilter { IPAddress = ["198.51.100.9"] }));
    }

    private static void AssertFilled(string source, string text, string property, string value)
    {
        // Details are read from the mirror on first use, so it has to be there still.
        using var mirror = new TestMirror();
        mirror.ImportText(text);
        var activity = Assert.Single(mirror.Activities());
        Assert.True(value == activity.GetType().GetProperty(property)!.GetValue(activity)?.ToString(),
            $"{source}: {property} is {activity.GetType().GetProperty(property)!.GetValue(activity)}");
    }

    private static AuditActivity Import(string text)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(text);
        return Assert.Single(mirror.Activities());
    }

    private static string Envelope(string record, string around, bool asText)
    {
        var properties = Merge("""
            {"id":"Directory_1","category":"UserManagement","correlationId":"c0000000-0000-4000-8000-000000000002","result":"success","activityDisplayName":"Update user","activityDateTime":"2026-10-02T08:00:00Z",
             "loggedByService":"Core Directory","operationType":"Update","initiatedBy":{"user":{"id":"1","userPrincipalName":"eve@x.example"}},"targetResources":[],"additionalDetails":[]}
            """, record);
        var envelope = Merge("""{"time":"2026-10-02T08:00:00Z","category":"AuditLogs","operationName":"Update user"}""", around);
        envelope["properties"] = asText ? properties.ToJsonString() : properties;
        return envelope.ToJsonString();
    }

    private static JsonObject Row(string cells) => Merge("""
        {"TimeGenerated":"2026-10-02T08:00:00Z","Id":"Directory_1","Category":"UserManagement","ActivityDisplayName":"Update user","OperationName":"Update user","LoggedByService":"Core Directory","Result":"success",
         "InitiatedBy":"{\"user\":{\"id\":\"1\"}}","TargetResources":"[]","Type":"AuditLogs"}
        """, cells);

    private static JsonObject Merge(string text, string more)
    {
        var merged = JsonNode.Parse(text)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse($$"""{{{more}}}""")!.AsObject()) merged[name] = value?.DeepClone();
        return merged;
    }
}
