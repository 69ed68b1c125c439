using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Formats.Csv;

/// <summary>What this tool wrote as CSV comes back: activities meet themselves; answers are no evidence.</summary>
public sealed class OwnCsvTests
{
    private const string Program =
        "Time,Service,Category,Activity,OperationType,Result,ResultReason,InitiatedByType,InitiatedById,InitiatedByDisplayName,InitiatedByUserPrincipalName,IPAddress,Targets,ModifiedProperties,AdditionalDetails,CorrelationId,TenantId,Id,Origin\r\n";

    [Theory]
    [InlineData("Directory_a_1")]
    [InlineData("")]
    public void An_activity_meets_itself(string id)
    {
        var row = $"2026-10-01T08:00:00.1234567Z,Core Directory,UserManagement,Add "
            + $"user,,success,,User,11111111-0000-4000-8000-000000000001,,ada@contoso.com,,Bo,,,36994c2a-0000-4000-8000-000000000001,,{id},DirectoryAudit\r\n";
        foreach (var isFirst in (bool[])[true, false])
        {
            using var mirror = new TestMirror();
            if (isFirst) mirror.ImportText(Program + row, "own.csv");
            mirror.ImportText(Records.Graph("Directory_a_1"));
            if (!isFirst) Assert.Equal((0L, 0L), (mirror.ImportText(Program + row, "own.csv") is var second ? second.Added : 0, second.Conflicts));
            var activity = Assert.Single(mirror.Activities());
            Assert.Equal(("Directory_a_1", "22222222-0000-4000-8000-000000000001"), (activity.Id, Assert.Single(activity.Targets).Id));
        }
    }

    [Fact]
    public void What_a_row_contains_is_kept()
    {
        using var mirror = new TestMirror();
        var row = "2026-10-01T08:00:00.1234567Z,Core Directory,UserManagement,Update "
            + "user,Update,failure,'=no,Application,aaaaaaaa-0000-4000-8000-000000000001,Sync,,203.0.113.7,Bo; cy@contoso.com,JobTitle: "
            + "(none) → Boss; Phone: 1 → 2,User-Agent = x; Why = "
            + "y,36994c2a-0000-4000-8000-000000000001,99999999-0000-4000-8000-000000000001,Directory_a_1,DirectoryAudit\r\n";
        Assert.Empty(mirror.ImportText(Program + row, "own.csv").Notes);
        var activity = Assert.Single(mirror.Activities());
        Assert.Equal(("Application", "aaaaaaaa-0000-4000-8000-000000000001", "Sync"),
            (activity.InitiatedBy.Type, activity.InitiatedBy.Id, activity.InitiatedBy.DisplayName));
        Assert.Equal(("=no", "99999999-0000-4000-8000-000000000001"), (activity.ResultReason, activity.TenantId));
        Assert.Equal(["Bo", "cy@contoso.com"], activity.Targets.Select(target => target.DisplayName ?? target.UserPrincipalName));
        Assert.Equal(["JobTitle: (none) → Boss", "Phone: 1 → 2"], activity.Targets[0].ModifiedProperties.Select(property => property.ToString()));
        Assert.Equal(["User-Agent = x", "Why = y"], activity.AdditionalDetails.Select(detail => detail.ToString()));
    }

    [Fact]
    public void A_record_of_the_unified_log_stays_one()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Program
            + "2026-10-01T08:00:00.0000000Z,AzureActiveDirectory,,Add "
            + "user,,success,,User,,,ada@contoso.com,,Bo,,,36994c2a-0000-4000-8000-000000000001,,77777777-0000-0000-0000-000000000003,UnifiedAudit\r\n", "own.csv");
        Assert.Equal("UnifiedAudit", Assert.Single(mirror.Activities()).Origin);
    }

    [Theory]
    [InlineData("User,AccessPackage,Policy,State,Start,End,EndKnown,UserId,AssignmentId,ObservedAtAssumed,Evidence",
        "Bo,Pack,All,Delivered,2026-10-01,2026-12-31,True,33333333-0000-4000-8000-000000000001,x,True,y.json")]
    [InlineData("User,AccessPackage,Policy,Type,Status,WaitingFor,UserId,RequestId,Evidence",
        "Bo,Pack,All,UserRequest,Fulfilled,,33333333-0000-4000-8000-000000000001,x,y.json")]
    public void Answers_are_no_evidence(string header, string row)
    {
        using var mirror = new TestMirror();
        Assert.Empty(mirror.Import(mirror.Write("x.csv", Encoding.UTF8.GetBytes($"{header}\r\n{row}\r\n"))));
        var error = Assert.Single(mirror.Errors);
        Assert.Equal("NotAnExport", error.ErrorId);
        Assert.Contains("answers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_read_again_when_its_columns_or_dates_are_explained()
    {
        using var mirror = new TestMirror();
        var file = mirror.Write("x.csv",
            Encoding.UTF8.GetBytes("TimeGenerated,OperationName,who,Result,CorrelationId\r\n2026-10-02T10:00:00Z,Add "
                + "user,ada@contoso.com,success,00000000-0000-0000-0000-000000000002\r\n"));
        mirror.Import(file);
        var explained = new ImportOptions { MirrorPath = mirror.Path, ColumnMap = new Dictionary<string, string> { ["who"] = "ActorUserPrincipalName" } };
        Assert.NotEqual("AlreadyImported", mirror.Import(explained, file).Single().Status);
        Assert.Equal("AlreadyImported", mirror.Import(explained, file).Single().Status);
        Assert.Equal("ada@contoso.com", Assert.Single(mirror.Activities()).InitiatedBy.UserPrincipalName);
    }

    [Fact]
    public void A_date_that_is_left_out_is_said()
    {
        using var mirror = new TestMirror();
        var options = new ImportOptions { MirrorPath = mirror.Path, AccessPackage = "Pack" };
        var result = mirror.Import(options,
            mirror.Write("a.csv", Encoding.UTF8.GetBytes(
                "Name,User principal name,Policy,State,End "
                + "date\r\nBo,bo@contoso.com,All,Delivered,soon\r\nCy,cy@contoso.com,All,Delivered,Never\r\n"))).Single();
        Assert.Equal(2, result.Added);
        Assert.Contains(result.Notes, note => note.Contains("soon", StringComparison.Ordinal) && note.Contains("end", StringComparison.Ordinal));
    }
}
