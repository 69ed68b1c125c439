using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Wrappers;

/// <summary>Answers of Graph's <c>$batch</c> and of query APIs, also when they are not all there is.</summary>
public sealed class AnswerTests
{
    private const string Context = "https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits";

    // Parts in every order of their properties, of pages and of single objects.
    [Theory]
    [InlineData("""{"responses":[{"id":"1","status":200,"headers":{"Content-Type":"application/json"},"body":{"@odata.context":"CTX","value":[A,B]}},{"id":"2","status":429,"headers":{"Retry-After":"10"},"body":{"error":{"code":"TooManyRequests","message":"Too many requests"}}}]}""")]
    [InlineData("""{"responses":[{"body":{"value":[A,B],"@odata.context":"CTX"},"headers":{},"id":"1","status":200},{"body":{"error":{"code":"TooManyRequests","message":"Too many requests"}},"id":"2","status":429,"headers":null}]}""")]
    [InlineData("""{"@odata.context":"x","responses":[{"id":"2","status":429},{"id":"1","status":200,"body":A},{"status":"200","id":"3","body":B},{"id":"2","status":429,"headers":{},"body":null}]}""")]
    [InlineData("""[{"responses":[{"id":"1","status":200,"body":{"value":[A],"@odata.context":"CTX"}}]},{"responses":[{"id":"1","status":200,"body":{"@odata.context":"CTX","value":[B]}},{"id":"2","status":429,"body":{"error":{"code":"TooManyRequests","message":"m"}}}]}]""")]
    [InlineData("""{"responses":{"value":[{"id":"1","status":200,"body":{"@odata.context":"CTX","value":{"value":[A,B],"Count":2}}},{"id":"2","status":429,"body":{"error":{"code":"TooManyRequests","message":"m"}}}],"Count":2}}""")]
    public void What_parts_of_a_batch_hold_is_taken_in_and_the_failed_ones_are_noted(string text)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(Fill(text));
        Assert.Equal(2, result.Added);
        Assert.Equal(2, mirror.Activities().Count);
        Assert.Equal("Partial", result.Status);
        if (text.Contains("TooMany", StringComparison.Ordinal))
            Assert.Contains("TooManyRequests", Assert.Single(result.Notes, note => note.Contains("429", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_is_left_in_a_part_counts_as_a_page_left()
    {
        using var mirror = new TestMirror();
        var text = Fill("""{"responses":[{"id":"1","status":200,"body":{"@odata.context":"CTX","@odata.nextLink":"https://x","value":[A]}},{"id":"2","status":200,"body":{"@odata.context":"CTX","value":[B]}}]}""");
        var options = new ImportOptions { MirrorPath = mirror.Path, Complete = true };
        using var session = ImportSession.Open(options, CancellationToken.None);
        var results = new List<ImportResult>();
        session.ImportFile(mirror.Write("batch.json", System.Text.Encoding.UTF8.GetBytes(text)), "batch.json", results.Add,
            mirror.Errors.Add, _ => { }, CancellationToken.None);
        session.Complete();
        Assert.Contains("1 page in it ends with an @odata.nextLink", Assert.Single(results.Single().Notes), StringComparison.Ordinal);
        Assert.NotNull(session.Refusal);
    }

    [Fact]
    public void A_batch_of_which_every_part_failed_is_an_error()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("batch.json",
            System.Text.Encoding.UTF8.GetBytes(
                """{"responses":[{"id":"1","status":403,"body":{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges"}}}]}""")));
        Assert.Equal("GraphErrorSaved", Assert.Single(mirror.Errors).ErrorId);
    }

    [Theory]
    // Log Analytics and Application Insights; Kusto v1; Kusto v2; rows before columns, as a hashtable has them.
    [InlineData("""{"tables":[{"name":"PrimaryResult","columns":COLUMNS,"rows":[ROW1,ROW2]}]}""")]
    [InlineData("""{"tables":[{"name":"PrimaryResult","columns":COLUMNS,"rows":[ROW1]},{"name":"Table1","columns":COLUMNS,"rows":[ROW2]}]}""")]
    [InlineData("""{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"TimeGenerated","DataType":"DateTime","ColumnType":"datetime"},{"ColumnName":"Id","ColumnType":"string"},{"ColumnName":"OperationName","ColumnType":"string"},{"ColumnName":"InitiatedBy","ColumnType":"dynamic"},{"ColumnName":"TargetResources","ColumnType":"dynamic"}],"Rows":[ROW1,ROW2]},{"TableName":"Table_1","Columns":[{"ColumnName":"Timestamp"},{"ColumnName":"Severity"},{"ColumnName":"SeverityName"},{"ColumnName":"StatusCode"},{"ColumnName":"StatusDescription"}],"Rows":[["2026-10-02T08:00:00Z",4,"Info",0,"Query completed successfully"]]},{"TableName":"Table_2","Columns":[{"ColumnName":"Ordinal"},{"ColumnName":"Kind"},{"ColumnName":"Name"},{"ColumnName":"Id"},{"ColumnName":"PrettyName"}],"Rows":[[0,"QueryResult","PrimaryResult","x",""]]}]}""")]
    [InlineData("""[{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0"},{"FrameType":"DataTable","TableId":0,"TableKind":"QueryProperties","TableName":"@ExtendedProperties","Columns":[{"ColumnName":"Key","ColumnType":"string"}],"Rows":[["Visualization"]]},{"FrameType":"DataTable","TableId":1,"TableKind":"PrimaryResult","TableName":"PrimaryResult","Columns":COLUMNS,"Rows":[ROW1,ROW2]},{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":false}]""")]
    [InlineData("""{"tables":[{"rows":[ROW1,ROW2],"columns":COLUMNS,"name":"PrimaryResult"}]}""")]
    public void Tables_of_query_answers_are_read_row_by_row(string text)
    {
        using var mirror = new TestMirror();
        var filled = text
            .Replace("COLUMNS", """[{"name":"TimeGenerated","type":"datetime"},{"name":"Id","type":"string"},{"name":"OperationName","type":"string"},{"name":"InitiatedBy","type":"dynamic"},{"name":"TargetResources","type":"dynamic"}]""", StringComparison.Ordinal)
            .Replace("ROW1", """["2026-10-02T08:01:05.1Z","a","Add user","{\"user\":{\"userPrincipalName\":\"ada@contoso.com\"}}","[{\"displayName\":\"Bo\",\"type\":\"User\"}]"]""", StringComparison.Ordinal)
            .Replace("ROW2", """["2026-10-02T08:02:05.1Z","b","Delete user",{"user":{"userPrincipalName":"ben@contoso.com"}},null]""",
                StringComparison.Ordinal);
        var result = mirror.ImportText(filled);
        Assert.Equal((2, 2, 0, "Log Analytics"), (result.Read, result.Added, result.Rejected, result.Shape));
        Assert.Empty(result.Notes);
        Assert.Equal([("Add user", "ada@contoso.com", "Bo"), ("Delete user", "ben@contoso.com", null)], mirror.Activities()
            .OrderBy(a => a.Time).Select(a => (a.Activity, a.InitiatedBy.ToString(), a.TargetSummary)));
    }

    [Fact]
    public void A_row_of_other_length_is_rejected_and_a_partial_answer_is_noted()
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(
            """{"tables":[{"name":"PrimaryResult","columns":[{"name":"TimeGenerated"},{"name":"OperationName"},{"name":"LoggedByService"}],"rows":[["2026-10-02T08:01:05Z","Add user","Core Directory"],["2026-10-02T08:01:05Z"]]}],"error":{"code":"PartialError","message":"There were some errors when processing your query."}}""");
        Assert.Equal((2, 1, 1, "Partial"), (result.Read, result.Added, result.Rejected, result.Status));
        Assert.Equal("has 1 cell where its table has 3 columns", Assert.Single(mirror.Rejected()).Reason);
        Assert.Contains(result.Notes, note => note.Contains("PartialError", StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_of_many_rows_is_not_held_in_memory_as_one_record()
    {
        using var mirror = new TestMirror();
        var row = $"[\"2026-10-02T08:01:05Z\",\"Add user\",\"{new string('x', 20_000)}\"]";
        var path = mirror.Write("big.json", stream =>
        {
            using var writer = new StreamWriter(stream);
            writer.Write("""{"tables":[{"name":"PrimaryResult","columns":[{"name":"TimeGenerated"},{"name":"OperationName"},{"name":"LoggedByService"}],"rows":[""");
            for (var i = 0; i < 1000; i++) writer.Write((i == 0 ? string.Empty : ",") + row);
            writer.Write("]}]}");
        });
        var result = mirror.Import(path).Single();
        Assert.Equal((1000, 0), (result.Read, result.Rejected));
    }

    private static string Fill(string text) => text
        .Replace("CTX", Context, StringComparison.Ordinal)
        .Replace(":A", ":" + Records.Graph("a"), StringComparison.Ordinal).Replace("[A", "[" + Records.Graph("a"), StringComparison.Ordinal)
        .Replace(",B]", "," + Records.Graph("b") + "]", StringComparison.Ordinal)
        .Replace(":B", ":" + Records.Graph("b"), StringComparison.Ordinal)
        .Replace("[B]", "[" + Records.Graph("b") + "]", StringComparison.Ordinal);
}
