using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Provisioning;

namespace EntraAuditTools.Core.Tests.Wrappers;

/// <summary>
/// Windows PowerShell's <c>ConvertTo-Json</c> wraps lists (<c>{"value":[…],"Count":n}</c>) and dates at any level: every export of the sample
/// tenant is the same with each of them wrapped.
/// </summary>
public sealed class WindowsPowerShellTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 64 };

    public static TheoryData<string> Exports => [.. Directory.EnumerateFiles(Seeds.Folder, "*.json", SearchOption.AllDirectories)
        .Where(file => !file.Contains("PT1H", StringComparison.Ordinal) && !file.Contains("appended", StringComparison.Ordinal)
            && !file.Contains("arrays", StringComparison.Ordinal) && !file.Contains("depth2", StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Seeds.Folder, file)).Order()];

    [Theory]
    [MemberData(nameof(Exports))]
    public void Wrapped_lists_and_dates_say_the_same(string file)
    {
        var text = File.ReadAllText(Path.Combine(Seeds.Folder, file));
        var root = JsonNode.Parse(text, null, new JsonDocumentOptions { MaxDepth = 64 })!;
        var wrapped = Wrap(root, isRoot: true);
        Assert.Equal(Answer(text), Answer(wrapped.ToJsonString(Relaxed)));
    }

    [Theory]
    [InlineData("""{"Count":1,"value":[RECORD]}""")]
    [InlineData("""{"value":{"value":[RECORD],"Count":1},"@odata.context":"x#auditLogs/directoryAudits"}""")]
    [InlineData("""[{"value":[RECORD],"Count":1},{"value":[],"Count":0}]""")]
    public void The_list_of_records_itself_can_be_wrapped(string text)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(text.Replace("RECORD", Records.Graph("a"), StringComparison.Ordinal));
        Assert.Equal((1, 1, 0), (result.Read, result.Added, result.Rejected));
    }

    [Theory]
    // What stands in a text's place when it came from Get-Content or another machine; a date with its notes in any order.
    [InlineData("\"activityDisplayName\"",
        """{"value":"Add user","PSPath":"C:\\x","PSParentPath":"C:\\","PSChildName":"x","PSDrive":null,"PSProvider":null,"ReadCount":1}""")]
    [InlineData("\"activityDisplayName\"",
        """{"value":"Add user","PSComputerName":"srv1","RunspaceId":"7e0f0f9e-0000-4000-8000-000000000001","PSShowComputerName":true}""")]
    [InlineData("\"activityDateTime\"", """{"value":"\/Date(1790841600123)\/","DisplayHint":2,"DateTime":"Thursday, October 1, 2026 8:00:00 AM"}""")]
    [InlineData("\"activityDateTime\"", """{"DisplayHint":2,"DateTime":"Thursday, October 1, 2026 8:00:00 AM","value":"2026-10-01T08:00:00.1234567Z"}""")]
    public void Values_with_notes_of_PowerShell_are_the_values(string name, string value)
    {
        using var mirror = new TestMirror();
        var record = JsonNode.Parse(Records.Graph("a"))!.AsObject();
        record[name.Trim('"')] = JsonNode.Parse(value);
        Assert.Equal(1, mirror.ImportText(record.ToJsonString()).Added);
        var activity = Assert.Single(mirror.Activities());
        Assert.Equal(("Add user", new DateTime(2026, 10, 1, 8, 0, 0)),
            (activity.Activity, new DateTime(activity.Time.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond)));
    }

    /// <summary>All that was taken in, as text.</summary>
    private static string Answer(string json)
    {
        using var mirror = new TestMirror();
        var results = mirror.Import(
            new ImportOptions { MirrorPath = mirror.Path,
                ObservedAt = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero) }, mirror.Write("export.json", Encoding.UTF8.GetBytes(json)));
        Assert.Empty(mirror.Errors);
        var result = results.Single();
        var all = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture,
                $"{result.Kind} {result.Shape} {result.Status} {result.Read} {result.Added} {result.Rejected} {string.Join('|', result.Notes)}");
        foreach (var activity in mirror.Activities().OrderBy(a => a.Id, StringComparer.Ordinal)) all.AppendLine(Without(activity));
        foreach (var entry in mirror.Entries().OrderBy(e => e.Id, StringComparer.Ordinal)) all.AppendLine(Without(entry));
        using var reader = MirrorReader.Open(mirror.Path);
        foreach (var line in reader.Query(
            "SELECT e.kind || ' ' || hex(e.object_id) || ' ' || s.facts FROM entity e JOIN entity_state s ON s.entity = e.id ORDER BY 1",
            row => row.GetString(0))) all.AppendLine(line);
        foreach (var line in reader.Query("SELECT source || ' ' || role || ' ' || target FROM edge ORDER BY source, role, target",
            row => row.GetString(0))) all.AppendLine(line);
        foreach (var line in reader.Query("SELECT source || ' ' || role || ' ' || complete FROM edge_list ORDER BY source, role",
            row => row.GetString(0))) all.AppendLine(line);
        foreach (var line in reader.Query(
            "SELECT coalesce(hex(request), '') || ' ' || coalesce(justification, '') FROM entitlement_event ORDER BY 1",
            row => row.GetString(0))) all.AppendLine(line);
        return all.ToString();
    }

    /// <summary>An object's properties without where it comes from.</summary>
    private static string Without(object item)
    {
        var node = JsonSerializer.SerializeToNode(item, item.GetType(), Relaxed)!.AsObject();
        node.Remove("Evidence");
        return node.ToJsonString(Relaxed);
    }

    private static JsonNode Wrap(JsonNode node, bool isRoot = false)
    {
        switch (node)
        {
            case JsonArray list:
                var items = new JsonArray([.. list.Select(item => item == null ? null : Wrap(item))]);
                return isRoot ? items : new JsonObject { ["value"] = items, ["Count"] = items.Count };
            case JsonObject record:
                var copy = new JsonObject();
                foreach (var (name, value) in record) copy[name] = value == null ? null : Wrap(value, isRoot && name is "value" or "records");
                return copy;
            default:
                if (node.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is var text && text.Length is > 18 and < 36
                    && text[4] == '-' && text[10] == 'T'
                    && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
                {
                    return new JsonObject { ["value"] = text, ["DateTime"] = "Thursday, October 1, 2026 8:00:00 AM" };
                }

                return node.DeepClone();
        }
    }
}
