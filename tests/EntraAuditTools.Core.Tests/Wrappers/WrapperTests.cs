using System.Text.Encodings.Web;
using System.Text.Json;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Provisioning;

namespace EntraAuditTools.Core.Tests.Wrappers;

/// <summary>
/// What services, shippers and SIEMs wrap around a record, each as that product writes it: OBJECT stands for the record, TEXT for the record as
/// JSON text in a string.
/// </summary>
public sealed class WrapperTests
{
    private const string Envelope = "diagnostic settings";

    /// <summary>Whose it is, and how it looks.</summary>
    public static TheoryData<string, string> Forms => new()
    {
        { "Splunk, search result exported as JSON",
            """{"preview":false,"offset":0,"lastrow":true,"result":{"_raw":TEXT,"_time":"2026-10-02T08:01:05.123+0000","host":"hub","sourcetype":"azure:monitor:aad"}}""" },
        { "Splunk, results of the REST API (output_mode=json)",
            """{"preview":false,"init_offset":0,"messages":[],"fields":[{"name":"_raw"}],"results":[{"_raw":TEXT}],"highlighted":{}}""" },
        { "Splunk, results of the REST API (output_mode=json_rows)",
            """{"preview":false,"init_offset":0,"messages":[],"fields":["_time","_raw"],"rows":[["2026-10-02",TEXT]]}""" },
        { "Splunk, HTTP event collector", """{"time":1790928065.123,"host":"hub","source":"http:aad","sourcetype":"_json","event":OBJECT}""" },
        { "Beats, message", """{"@timestamp":"2026-10-02T08:01:05.123Z","agent":{"type":"filebeat"},"message":TEXT,"input":{"type":"azure-eventhub"}}""" },
        { "Elastic integrations with the original event kept",
            """{"@timestamp":"2026-10-02T08:01:05.123Z","event":{"dataset":"azure.auditlogs","original":TEXT},"azure":{"auditlogs":{"category":"AuditLogs"}}}""" },
        { "Elastic, names with dots", """{"_index":"logs-azure","event.original":TEXT,"event.dataset":"azure.auditlogs"}""" },
        { "Elasticsearch, a hit", """{"_index":"logs-azure.auditlogs-default","_id":"x","_score":1,"_source":{"message":TEXT,"event":{"original":TEXT}}}""" },
        { "Elasticsearch, answer of a search",
            """{"took":2,"timed_out":false,"_shards":{"total":1},"hits":{"total":{"value":1,"relation":"eq"},"max_score":1,"hits":[{"_index":"i","_source":{"event":{"original":TEXT}}}]}}""" },
        { "Wazuh, alert with the record taken apart",
            """{"timestamp":"2026-10-02T08:01:06.000+0000","rule":{"level":3,"id":"91700"},"agent":{"id":"000"},"manager":{"name":"m"},"data":OBJECT,"location":"azure"}""" },
        { "Wazuh, ms-graph module",
            """{"timestamp":"2026-10-02T08:01:06.000+0000","rule":{"id":"99500"},"full_log":"{\"integration\":\"ms-graph\"}","data":{"integration":"ms-graph","ms-graph":OBJECT}}""" },
        { "Defender XDR advanced hunting (CloudAppEvents)",
            """{"Timestamp":"2026-10-02T08:01:05Z","ActionType":"Add member to group.","Application":"Microsoft 365","AccountObjectId":"x","RawEventData":OBJECT,"ReportId":"1"}""" },
        { "Microsoft Sentinel (CloudAppEvents)",
            """{"TimeGenerated":"2026-10-02T08:01:05Z","Type":"CloudAppEvents","ActionType":"Add member to group.","RawEventData":TEXT}""" },
        { "Defender XDR streaming to an event hub",
            """{"time":"2026-10-02T08:01:06Z","tenantId":"t","operationName":"Publish","category":"AdvancedHunting-CloudAppEvents","properties":{"ActionType":"x","RawEventData":OBJECT}}""" },
        { "Logstash and fluentd, log", """{"log":TEXT,"stream":"stdout","time":"2026-10-02T08:01:05Z"}""" },
        { "CloudEvents", """{"specversion":"1.0","type":"aad","source":"/tenants/x","id":"1","time":"2026-10-02T08:01:05Z","datacontenttype":"application/json","data":OBJECT}""" },
        { "Event Grid", """{"topic":"/t","subject":"s","eventType":"aad","eventTime":"2026-10-02T08:01:05Z","id":"1","data":TEXT,"dataVersion":"1"}""" },
        { "Kafka (kcat -J)", """{"topic":"aad","partition":0,"offset":1,"tstype":"create","ts":1790928065123,"key":null,"payload":TEXT}""" },
        { "Kafka Connect, value", """{"topic":"aad","partition":0,"key":null,"value":OBJECT}""" },
        { "Sumo Logic, search job messages", """{"fields":[{"name":"_raw"}],"messages":[{"map":{"_raw":TEXT,"_sourcecategory":"azure"}}]}""" },
        { "Grafana Loki", """{"streams":[{"stream":{"job":"aad"},"values":[["1790928065000000000",TEXT]]}]}""" },
        { "Datadog", """{"id":"x","content":{"timestamp":"2026-10-02T08:01:05Z","attributes":OBJECT}}""" },
        { "OpenTelemetry logs", """{"resourceLogs":[{"resource":{},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1","body":{"stringValue":TEXT}}]}]}]}""" },
        { "Graylog", """{"version":"1.1","host":"h","short_message":"Add member to group","full_message":TEXT}""" },
        { "Cribl in Google SecOps", """{"cribl_data":{"original_message":TEXT,"cribl_pipe":"aad"},"_time":1790928065}""" },
        { "Elastic, Office 365 input", """{"@timestamp":"2026-10-02T08:01:05.123Z","o365audit":TEXT,"event":{"module":"o365"}}""" },
        { "CrowdStrike LogScale", """{"@timestamp":1790928065123,"@rawstring":TEXT,"#type":"entra"}""" },
        { "Google Cloud Logging", """{"insertId":"x","jsonPayload":OBJECT,"resource":{"type":"global"}}""" },
        { "Log Analytics custom table", """{"TimeGenerated":"2026-10-02T08:01:05Z","Type":"Entra_CL","RawData":TEXT}""" },
        { "Logic Apps and Power Automate, a step's output",
            """{"statusCode":200,"headers":{"Content-Type":"application/json"},"body":{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits","value":[OBJECT]}}""" },
        { "Invoke-WebRequest as JSON", """{"StatusCode":200,"StatusDescription":"OK","Content":"PAGE","RawContentLength":1}""" },
        { "Invoke-AzOperationalInsightsQuery as JSON", """{"Results":[OBJECT],"Render":null,"Statistics":null,"Error":null}""" },
        { "Event Hub body in a queue's message", """{"sequenceNumber":1,"enqueuedTimeUtc":"2026-10-02T08:01:05Z","body":{"records":[OBJECT]}}""" },
        { "text in a text", """{"message":TWICE}""" },
        { "behind the head of a syslog line", """{"message":"SYSLOG"}""" },
        { "Base64 (CloudEvents data_base64, Event Hubs capture)", """{"specversion":"1.0","id":"1","data_base64":"BASE64"}""" },
    };

    public static TheoryData<string, string> Records => new()
    {
        { "Graph", Importing.Records.Graph("Directory_1_A_1") },
        { Envelope, $$$"""{"time":"2026-10-01T08:00:00.1234567Z","resourceId":"/tenants/x","operationName":"Add user","category":"AuditLogs","tenantId":"99999999-0000-4000-8000-000000000001","properties":{{{Importing.Records.Graph("Directory_1_A_1")}}}}""" },
        { "Log Analytics", """{"TimeGenerated":"2026-10-01T08:00:00.1234567Z","Id":"Directory_1_A_1","OperationName":"Add user","ActivityDisplayName":"Add user","Category":"UserManagement","Result":"success","InitiatedBy":"{\"user\":{\"userPrincipalName\":\"ada@contoso.com\"}}","TargetResources":"[{\"id\":\"22222222-0000-4000-8000-000000000001\",\"displayName\":\"Bo\",\"type\":\"User\"}]","Type":"AuditLogs"}""" },
        { "unified audit log", """{"CreationTime":"2026-10-01T08:00:00","Id":"44444444-0000-4000-8000-000000000001","Operation":"Add user.","OrganizationId":"99999999-0000-4000-8000-000000000001","RecordType":8,"ResultStatus":"Success","UserType":0,"Workload":"AzureActiveDirectory","UserId":"ada@contoso.com","ObjectId":"bo@contoso.com","Actor":[{"ID":"ada@contoso.com","Type":5}],"Target":[{"ID":"Bo","Type":1}]}""" },
    };

    public static TheoryData<string, string, string> All
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var form in Forms)
            {
                foreach (var record in Records) all.Add(form.Data.Item1, record.Data.Item1, Fill(form.Data.Item2, record.Data.Item2));
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_wrapped_record_is_the_record(string form, string record, string text)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Single(r => r.Data.Item1 == record).Data.Item2, "plain.json");
        var before = Assert.Single(mirror.Activities());
        var result = mirror.ImportText(text, "wrapped.json");
        Assert.True((result.Added, result.Updated, result.Rejected, result.NotSupported) == (0, 0, 0, 0),
            $"{form}: {result}; {string.Join(' ', result.Notes)}");
        Assert.Equal(1, result.Read);
        Assert.Equal(before.TargetSummary, Assert.Single(mirror.Activities()).TargetSummary);

        using var alone = new TestMirror();
        alone.ImportText(text + "\n" + text, "wrapped.jsonl");
        var activity = Assert.Single(alone.Activities());
        Assert.Equal(("Add user", "ada@contoso.com", "Bo"), (activity.Activity, activity.InitiatedBy.ToString(), activity.TargetSummary));
    }

    [Fact]
    public void Provisioning_logs_are_unwrapped_too()
    {
        using var mirror = new TestMirror();
        foreach (var form in Forms)
        {
            var result = mirror.ImportText(Fill(form.Data.Item2, Entries.Graph("p1")));
            Assert.True((result.Read, result.Rejected, result.NotSupported) == (1, 0, 0), $"{form.Data.Item1}: {result}; {string.Join(' ', result.Notes)}");
        }

        Assert.Single(mirror.Entries());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"original\":TEXT")]
    public void A_record_that_Elastic_took_apart_is_the_record(string original)
    {
        // Fields of the integration (elastic/integrations, packages/azure, data_stream/auditlogs).
        var parsed = """{"@timestamp":"2026-10-01T08:00:00.123Z","event":{"dataset":"azure.auditlogs"ORIGINAL},"azure":{"tenant_id":"t","auditlogs":{"category":"AuditLogs","operation_name":"Add user","operation_version":"1.0","tenant_id":"99999999-0000-4000-8000-000000000001","properties":{"activity_datetime":"2026-10-01T08:00:00.1234567Z","activity_display_name":"Add user","category":"UserManagement","correlation_id":"36994c2a-0000-4000-8000-000000000001","id":"Directory_1_A_1","initiated_by":{"user":{"id":"11111111-0000-4000-8000-000000000001","userPrincipalName":"ada@contoso.com"}},"logged_by_service":"Core Directory","operation_type":"Add","result":"success","target_resources":{"0":{"display_name":"Bo","id":"22222222-0000-4000-8000-000000000001","type":"User","modified_properties":{"0":{"display_name":"AccountEnabled","new_value":"[true]","old_value":"[]"},"1":{"display_name":"Other","new_value":"x"}}}}}}}}"""
            .Replace("ORIGINAL", original.Replace("TEXT", Quote(Importing.Records.Graph("Directory_1_A_1")), StringComparison.Ordinal),
                StringComparison.Ordinal);
        using var mirror = new TestMirror();
        var result = mirror.ImportText(parsed);
        Assert.Equal((1, 1, 0), (result.Read, result.Added, result.Rejected));
        var activity = Assert.Single(mirror.Activities());
        Assert.Equal(("Add user", "ada@contoso.com", "Bo", "Core Directory"),
            (activity.Activity, activity.InitiatedBy.ToString(), activity.TargetSummary, activity.Service));
        if (original.Length == 0)
            Assert.Equal(["AccountEnabled: (none) → true", "Other: (none) → x"], activity.Targets[0].ModifiedProperties.Select(p => p.ToString()));
        Assert.Equal(0, mirror.ImportText(Importing.Records.Graph("Directory_1_A_1"), "graph.json").Added);
    }

    [Theory]
    [InlineData("""{"_source":{"message":"words"},"_index":"x"}""")]
    [InlineData("""{"message":"{not JSON}"}""")]
    // Base64 of what is no UTF-8.
    [InlineData("""{"data_base64":"eyJhY3Rpdml0eURpc3BsYXlOYW1lIjoi7pYiLCJhY3Rpdml0eURhdGVUaW1lIjoxfQ=="}""")]
    [InlineData("""{"message":"{\"level\":\"info\"}"}""")]
    [InlineData("""{"alert":{"user":{"id":"1","displayName":"Ada","userPrincipalName":"ada@contoso.com"}}}""")]
    public void What_holds_no_record_is_rejected_as_before(string text)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(Importing.Records.Graph("a") + "\n" + text);
        Assert.Equal((2, 1, 1), (result.Read, result.Added, result.Rejected));
        Assert.Equal(text, Assert.Single(mirror.Rejected()).Text);
    }

    [Fact]
    public void Where_an_object_stands_under_no_wrapper_s_name_it_is_said_how_to_pipe_it()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("x.json",
            """{"export":{"users":[{"id":"33333333-0000-4000-8000-000000000001","displayName":"Bob","userPrincipalName":"bob@contoso.com"}]}}"""u8.ToArray()));
        Assert.Contains("under export.users stands a user: pipe what is there", Assert.Single(mirror.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_records_in_one_object_each_is_taken_in_or_rejected_on_its_own()
    {
        using var mirror = new TestMirror();
        var untimed = Importing.Records.Graph("c").Replace("activityDateTime", "activityDate", StringComparison.Ordinal)
            .Replace("\"category\"", "\"activityDateTime\":null,\"category\"", StringComparison.Ordinal);
        var text = """{"source":"x","data":{"audit":[A,B,C,{"other":1}],"provisioning":[P]}}"""
            .Replace("A,B", $"{Importing.Records.Graph("a")},{Importing.Records.Graph("b")}", StringComparison.Ordinal)
            .Replace(",C,", $",{untimed},", StringComparison.Ordinal).Replace("[P]", $"[{Entries.Graph("p1")}]", StringComparison.Ordinal);
        var result = mirror.ImportText(text);
        Assert.Equal((5, 3, 2), (result.Read, result.Added, result.Rejected));
        Assert.Equal(["has no time (activityDateTime)", "not a record of any known kind (its properties: inside of another object)"],
            mirror.Rejected().Select(r => r.Reason));
    }

    private static string Fill(string form, string record)
    {
        var page = $$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits","value":[{{record}}]}""";
        return form.Replace("OBJECT", record, StringComparison.Ordinal)
            .Replace("TEXT", Quote(record), StringComparison.Ordinal)
            .Replace("TWICE", Quote(Quote(record)), StringComparison.Ordinal)
            .Replace("\"SYSLOG\"", Quote($"<134>1 2026-10-02T08:01:05Z hub aad - - - {record}"), StringComparison.Ordinal)
            .Replace("\"PAGE\"", Quote(page), StringComparison.Ordinal)
            .Replace("BASE64", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(record)), StringComparison.Ordinal);
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
