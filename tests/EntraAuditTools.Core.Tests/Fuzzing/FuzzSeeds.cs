using System.IO.Compression;
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
    private const int MaxItems = 3;
    private const int MaxBytes = 48 * 1024;

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
    public static IReadOnlyList<FuzzSeed> All { get; } = [.. Exports(Seeds.Folder), .. Samples(), .. Wrapped(), .. Answered(), .. Own()];

    private static IEnumerable<FuzzSeed> Exports(string folder)
    {
        var isHourSeen = new HashSet<string>();
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            // Of the hour folders one of each log will do.
            if (Path.GetFileName(path) == "PT1H.json" && !isHourSeen.Add(Path.GetRelativePath(folder, path).Split('/', '\\')[1])) continue;
            if (Cut(Path.GetFileName(path), File.ReadAllBytes(path)) is { } seed) yield return seed;
        }
    }

    private static IEnumerable<FuzzSeed> Samples() =>
        Environment.GetEnvironmentVariable("ENTRAAUDIT_SAMPLES") is { Length: > 0 } folder && Directory.Exists(folder) ? Exports(folder)
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

    /// <summary>The first records of a file, in the shape of the whole; null for what is too large and cannot be cut.</summary>
    private static FuzzSeed? Cut(string name, byte[] bytes)
    {
        if (bytes is [0x50, 0x4B, ..] or [0x1F, 0x8B, ..])
            return bytes.Length <= MaxBytes ? new(name, SeedForm.Packed, bytes) : new(name, SeedForm.Packed, Smaller(name, bytes));
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = reader.ReadToEnd();
        if (text.TrimStart() is not ['{' or '[', ..]) return new(name, SeedForm.Csv, Encoding.UTF8.GetBytes(CutRows(text)));
        var cut = CutDocuments(Encoding.UTF8.GetBytes(text));
        return cut.Length > MaxBytes ? null : new(name, SeedForm.Json, cut);
    }

    private static byte[] Smaller(string name, byte[] packed)
    {
        using var from = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(from);
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes($"{reader.ReadLine()}\n{reader.ReadLine()}\n"));
        return to.ToArray();
    }

    private static string CutRows(string csv)
    {
        var isQuoted = false;
        var rows = 0;
        for (var at = 0; at < csv.Length; at++)
        {
            if (csv[at] == '"') isQuoted = !isQuoted;
            if (csv[at] == '\n' && !isQuoted && ++rows > MaxItems + 1) return csv[..(at + 1)];
        }

        return csv;
    }

    private static byte[] CutDocuments(byte[] json)
    {
        var output = new MemoryStream();
        var rest = json.AsSpan();
        for (var i = 0; i < MaxItems && rest.IndexOfAnyExcept(" \r\n\t"u8) >= 0; i++)
        {
            // A reader for each: several documents in a row are none to it.
            var reader = new Utf8JsonReader(rest);
            using var document = JsonDocument.ParseValue(ref reader);
            rest = rest[(int)reader.BytesConsumed..];
            using (var writer = new Utf8JsonWriter(output)) Write(document.RootElement, writer, 0);
            output.WriteByte((byte)'\n');
        }

        return output.ToArray();
    }

    /// <summary>Lists of records are cut; those within a record are not.</summary>
    private static void Write(JsonElement value, Utf8JsonWriter writer, int depth)
    {
        if (value.ValueKind == JsonValueKind.Array && depth < 2)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray().Take(MaxItems)) Write(item, writer, depth + 1);
            writer.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.Object && depth == 0)
        {
            writer.WriteStartObject();
            foreach (var property in value.EnumerateObject())
            {
                writer.WritePropertyName(property.Name);
                Write(property.Value, writer, depth + 1);
            }

            writer.WriteEndObject();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
