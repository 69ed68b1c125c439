using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Formats.Csv;

/// <summary>Which columns are understood, which are named, and what -ColumnMap says of them.</summary>
public sealed class CsvColumnsTests
{
    private const string Projected =
        "TimeGenerated,OperationName,InitiatingUserOrApp,InitiatingIpAddress,targetDisplayName,Result,CorrelationId\r\n2026-10-02T10:00:00Z,Add member to group,ada@contoso.com,203.0.113.7,Sales,success,00000000-0000-0000-0000-000000000002\r\n";
    private const string UnifiedData =
        "\"{\"\"CreationTime\"\":\"\"2026-10-02T08:00:05\"\",\"\"Id\"\":\"\"77777777-0000-0000-0000-000000000003\"\",\"\"Operation\"\":\"\"Add user.\"\",\"\"RecordType\"\":8,\"\"Workload\"\":\"\"AzureActiveDirectory\"\",\"\"UserId\"\":\"\"ada@contoso.com\"\"}\"";

    /// <summary>Shape and source; header; row; the columns that are to be named.</summary>
    public static TheoryData<string, string, string, string> Shapes => new()
    {
        { "Log Analytics, a query's columns (case 22)", Projected.Split("\r\n")[0], Projected.Split("\r\n")[1],
            "InitiatingUserOrApp, InitiatingIpAddress, targetDisplayName" },
        { "Log Analytics, standard columns (the tables' reference)",
            "TenantId,SourceSystem,TimeGenerated [UTC],Level,Location,OperationName,Result,CorrelationId,Type,_ResourceId,_ItemId,Ours",
            "a,Azure AD,\"10/2/2026, 8:01:05.123 AM\",4,,Add user,success,00000000-0000-0000-0000-000000000002,AuditLogs,x,y,z", "Ours" },
        { "Log Analytics, provisioning",
            "TimeGenerated,Id,ChangeId,JobId,ProvisioningAction,ProvisioningStatusInfo,SourceSystem,SourceIdentity,TenantId,Type,Ours",
            "2026-10-02T08:00:00Z,1,2,3,create,\"{\"\"status\"\":\"\"success\"\"}\",Azure AD,\"{\"\"id\"\":\"\"x\"\"}\",w,AADProvisioningLogs,z", "Ours" },
        { "unified log (Search-UnifiedAuditLog)",
            "PSComputerName,RunspaceId,PSShowComputerName,RecordType,CreationDate,UserIds,Operations,AuditData,ResultIndex,ResultCount,Identity,IsValid,ObjectState,Ours", "x,y,False,AzureActiveDirectory,10/2/2026 8:00:05 AM,ada@contoso.com,Add user.," + UnifiedData + ",1,1,z,True,Unchanged,o", "Ours" },
        { "portal audit log", "Date (UTC),CorrelationId,Service,Category,Activity,Result,Ours",
            "2026-10-02T10:00:00Z,00000000-0000-0000-0000-000000000002,Core Directory,UserManagement,Add user,success,o", "Ours" },
        { "portal provisioning log", "Date,Change ID,Job ID,Action,Status,Source system,Ours", "2026-10-02T10:00:00Z,c,j,create,success,Workday,o", "Ours" },
        { "Graph users through Export-Csv",
            "Id,DisplayName,UserPrincipalName,Mail,JobTitle,AboutMe,BusinessPhones,AdditionalProperties,Ours",
            "33333333-0000-4000-8000-000000000001,Bo,bo@contoso.com,bo@contoso.com,,,,,o", "Ours" },
        { "portal users", "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,usageLocation,directorySynced,invitationState,identityIssuer,createdDateTime", "bo@contoso.com,Bo,B,bo@contoso.com,Bo,33333333-0000-4000-8000-000000000001,Member,,,TRUE,ES,FALSE,,contoso.com,2026-10-02T10:00:00Z", "" },
        { "portal assignments", "Name,User principal name,Policy,State,End date,Ours", "Bo,bo@contoso.com,All,Delivered,2026-12-31,o", "Ours" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_is_not_understood_is_named_in_every_shape(string shape, string header, string row, string named)
    {
        using var mirror = new TestMirror();
        var result = mirror.Import(new ImportOptions { MirrorPath = mirror.Path, AccessPackage = "Pack" },
            mirror.Write("x.csv", Encoding.UTF8.GetBytes($"{header}\r\n{row}\r\n"))).Single();
        Assert.True(result is { Added: 1, Rejected: 0 }, shape);
        Assert.DoesNotContain(result.Notes, note => note.Contains("nested values", StringComparison.Ordinal));
        var notes = result.Notes.Where(note => note.StartsWith("Columns", StringComparison.Ordinal)).ToList();
        if (named.Length == 0) Assert.Empty(notes);
        else Assert.StartsWith($"Columns that were not understood: {named}.", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void The_map_holds_for_a_querys_columns_too()
    {
        using var mirror = new TestMirror();
        var map = new Dictionary<string, string> { ["InitiatingUserOrApp"] = "ActorUserPrincipalName",
            ["InitiatingIpAddress"] = "IPAddress", ["targetDisplayName"] = "Target1DisplayName" };
        var result = mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ColumnMap = map },
            mirror.Write("x.csv", Encoding.UTF8.GetBytes(Projected))).Single();
        Assert.Empty(result.Notes);
        var activity = Assert.Single(mirror.Activities());
        Assert.Equal(("ada@contoso.com", "203.0.113.7", "Sales"),
            (activity.InitiatedBy.UserPrincipalName, activity.InitiatedBy.IPAddress, activity.TargetSummary));
        Assert.Equal("Sales", Assert.Single(activity.Targets).DisplayName);
    }

    private static string Local(string header) =>
        $"TenantId,SourceSystem,{header},OperationName,Category,CorrelationId,Id,LoggedByService,Result,AADTenantId,ActivityDisplayName,AADOperationType,Type\r\nw,Azure AD,\"10/2/2026, 8:01:05.123 AM\",Add user,UserManagement,00000000-0000-0000-0000-000000000002,Directory_a_1,Core Directory,success,99999999-0000-4000-8000-000000000001,Add user,Add,AuditLogs\r\n";

    [Theory]
    [InlineData("TimeGenerated [Local Time]")]
    [InlineData("TimeGenerated [Eastern Standard Time]")]
    [InlineData("TimeGenerated [UTC+02:00]")]
    public void Local_time_is_refused_by_its_column(string header)
    {
        using var mirror = new TestMirror();
        Assert.Empty(mirror.Import(mirror.Write("x.csv", Encoding.UTF8.GetBytes(Local(header)))));
        var error = Assert.Single(mirror.Errors);
        Assert.Equal("LocalTimeColumn", error.ErrorId);
        Assert.Contains(header, error.Message, StringComparison.Ordinal);
        Assert.Contains("-ColumnMap", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TimeGenerated [Local Time]", "activityDateTime", "2026-10-02T08:01:05.123")]
    [InlineData("TimeGenerated [Local Time]", "Date (UTC)", "2026-10-02T08:01:05.123")]
    [InlineData("TimeGenerated [Local Time]", "TimeGenerated", "2026-10-02T08:01:05.123")]
    [InlineData("TimeGenerated [Local Time]", "activityDateTime [+02:00]", "2026-10-02T06:01:05.123")]
    [InlineData("TimeGenerated [Local Time]", "activityDateTime [-0430]", "2026-10-02T12:31:05.123")]
    [InlineData("TimeGenerated [UTC-04:00]", "activityDateTime", "2026-10-02T12:01:05.123")]
    [InlineData("Zeit", "activityDateTime", "2026-10-02T08:01:05.123")]
    public void The_map_says_what_local_time_is(string header, string meaning, string expected)
    {
        using var mirror = new TestMirror();
        var text = Local(header);
        if (header == "Zeit") text = text.Replace("AuditLogs", string.Empty, StringComparison.Ordinal);
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ColumnMap = new Dictionary<string, string> { [header] = meaning } },
            mirror.Write("x.csv", Encoding.UTF8.GetBytes(text)));
        Assert.Empty(mirror.Errors);
        Assert.Equal(DateTimeOffset.Parse(expected + "Z", System.Globalization.CultureInfo.InvariantCulture), Assert.Single(mirror.Activities()).Time);
    }

    [Fact]
    public void Local_time_beside_UTC_is_of_no_use_and_no_harm()
    {
        using var mirror = new TestMirror();
        var text = Local("TimeGenerated [Local Time],ActivityDateTime [UTC]")
            .Replace("AM\",Add user", "AM\",\"10/2/2026, 6:01:05.123 AM\",Add user", StringComparison.Ordinal);
        Assert.Equal(1, mirror.Import(mirror.Write("x.csv", Encoding.UTF8.GetBytes(text))).Single().Added);
        Assert.Equal(6, Assert.Single(mirror.Activities()).Time.Hour);
    }

    [Fact]
    public void Rows_that_come_as_objects_are_read_like_their_file()
    {
        using var mirror = new TestMirror();
        const string Row = """{"TimeGenerated [Local Time]":"10/2/2026, 8:01:05.123 AM","OperationName":"Add user","who":"ada@contoso.com","Result":"success","CorrelationId":"00000000-0000-0000-0000-000000000002"}""";
        mirror.Import(mirror.Write("rows.json", Encoding.UTF8.GetBytes(Row)));
        Assert.Contains("TimeGenerated [Local Time]", Assert.Single(mirror.Errors).Message, StringComparison.Ordinal);
        var map = new Dictionary<string, string> { ["TimeGenerated [Local Time]"] = "activityDateTime [+02:00]" };
        var result = mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ColumnMap = map },
            mirror.Write("rows2.json", Encoding.UTF8.GetBytes(Row))).Single();
        Assert.StartsWith("Columns that were not understood: who.",
            Assert.Single(result.Notes, note => note.StartsWith("Columns", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(6, Assert.Single(mirror.Activities()).Time.Hour);
    }

    [Fact]
    public void A_zone_that_is_none_is_refused()
    {
        using var mirror = new TestMirror();
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path,
            ColumnMap = new Dictionary<string, string> { ["TimeGenerated [Local Time]"] = "activityDateTime [Nowhere]" } },
            mirror.Write("x.csv", Encoding.UTF8.GetBytes(Local("TimeGenerated [Local Time]"))));
        Assert.Equal("ColumnMapInvalid", Assert.Single(mirror.Errors).ErrorId);
    }

    /// <summary>Whose column; its name; the other columns.</summary>
    public static TheoryData<string, string> Wrappers => new()
    {
        { "_raw", "_time,host,source" }, // Splunk
        { "message", "@timestamp,agent.name" }, // Beats
        { "event.original", "@timestamp,event.action,data_stream.dataset" }, // Elastic
        { "RawEventData", "Timestamp,ActionType,Application,AccountObjectId" }, // Defender, Sentinel's CloudAppEvents
        { "data", "timestamp,agent.name,rule.id" }, // Wazuh
        { "full_log", "timestamp,location" },
        { "Record", "Nr" },
    };

    [Theory]
    [MemberData(nameof(Wrappers))]
    public void A_cell_that_holds_the_record_is_read(string column, string others)
    {
        foreach (var record in (string[])[Records.Graph("Directory_a_1"),
            $$"""{"time":"2026-10-01T08:00:00Z","category":"AuditLogs","tenantId":"t","properties":{{Records.Graph("Directory_a_1")}}}"""])
        {
            using var mirror = new TestMirror();
            var rest = string.Join(',', others.Split(',').Select(_ => "x"));
            var result = mirror.ImportText($"{others},{column}\r\n{rest},\"{record.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n", "x.csv");
            Assert.Equal((1L, 0L), (result.Added, result.Rejected));
            Assert.Equal("Directory_a_1", Assert.Single(mirror.Activities()).Id);
        }
    }

    [Fact]
    public void Other_JSON_in_a_column_says_how_to_pipe_it()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("x.csv", Encoding.UTF8.GetBytes("when,what\r\n1,\"{\"\"a\"\":1}\"\r\n")));
        Assert.Contains("ForEach-Object 'what'", Assert.Single(mirror.Errors).RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CreationDate,UserIds,Operations,AuditData.Id,AuditData.Workload,AuditData.RecordType,AuditData.CreationTime,AuditData.Actor[0].ID,AuditData.Actor[0].Type,AuditData.Target", "10/2/2026 8:00:00 AM,x,x,77777777-0000-0000-0000-000000000003,AzureActiveDirectory,8,2026-10-02T08:00:00,ada@contoso.com,5,\"[{\"\"ID\"\":\"\"bo@contoso.com\"\",\"\"Type\"\":5}]\"", true)]
    [InlineData("CreationTime,Id,Operation,Workload,UserId,Target.0.ID,Target.0.Type",
        "2026-10-02T08:00:00,77777777-0000-0000-0000-000000000003,Add user.,AzureActiveDirectory,ada@contoso.com,bo@contoso.com,5", true)]
    [InlineData("RunspaceId,RecordType,CreationDate,UserIds,Operations,ResultIndex,Identity",
        "r,AzureActiveDirectory,10/2/2026 8:00:00 AM,ada@contoso.com,Add user.,1,77777777-0000-0000-0000-000000000003", false)]
    public void A_flattened_unified_log_is_read(string header, string row, bool hasTarget)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText($"{header}\r\n{row.Replace(",x,x,", ",ada@contoso.com,Add user.,", StringComparison.Ordinal)}\r\n", "x.csv");
        Assert.Equal((1L, 0L), (result.Added, result.Rejected));
        var activity = Assert.Single(mirror.Activities());
        Assert.Equal(("UnifiedAudit", "77777777-0000-0000-0000-000000000003", "ada@contoso.com"),
            (activity.Origin, activity.Id, activity.InitiatedBy.UserPrincipalName));
        Assert.Equal(new DateTimeOffset(2026, 10, 2, 8, 0, 0, TimeSpan.Zero), activity.Time);
        if (hasTarget) Assert.Equal("bo@contoso.com", Assert.Single(activity.Targets).UserPrincipalName);
    }

    [Fact]
    public void Source_system_of_Log_Analytics_is_no_cut_object()
    {
        using var mirror = new TestMirror();
        var row = new { TimeGenerated = "2026-10-02T08:00:00Z", Id = "1", ChangeId = "2", JobId = "3", ProvisioningAction = "create",
            SourceSystem = "Azure AD", TargetSystem = "Dropbox", ProvisioningStatusInfo = "{\"status\":\"success\"}", Type = "AADProvisioningLogs" };
        var result = mirror.ImportText(JsonSerializer.Serialize(row), "x.json");
        Assert.Equal(1, result.Added);
        Assert.Empty(result.Notes);
    }
}
