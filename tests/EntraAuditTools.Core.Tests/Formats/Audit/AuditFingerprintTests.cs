using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Formats.Audit;

/// <summary>
/// The danger: an event is taken for another, or comes twice, when it comes from the portal's CSV, which has no ids. Sources: FORMATS §1.1
/// and §2 for what shapes write, docs/decisions for what counts.
/// </summary>
public sealed class AuditFingerprintTests
{
    private const string Event = """
        {"id":"a","category":"GroupManagement","correlationId":"36994c2a-0000-4000-8000-00000000000a","result":"success",
         "activityDisplayName":"Add member to group","activityDateTime":"2026-10-01T08:00:00Z","loggedByService":"Core Directory",
         "targetResources":[{"id":"11111111-0000-4000-8000-000000000001","displayName":"Bo","type":"User"},
                            {"id":"22222222-0000-4000-8000-000000000001","displayName":"Sales","type":"Group"},
                            {"id":"33333333-0000-4000-8000-000000000001","displayName":"Third","type":"Other"},
                            {"id":"44444444-0000-4000-8000-000000000001","displayName":"Fourth","type":"Other"}]}
        """;

    /// <summary>
    /// What another shape does to the record; the path and its value in JSON (nothing: left out); whether it is the event still.
    /// </summary>
    public static TheoryData<string, string, string?, bool> Changes => new()
    {
        { "the portal writes results with a capital letter", "result", "\"Success\"", true },
        { "ids in capitals", "correlationId", "\"36994C2A-0000-4000-8000-00000000000A\"", true },
        { "Entra writes a blank behind some activities", "activityDisplayName", "\"Add member to group \"", true },
        { "the id is not in every shape", "id", null, true },
        { "the category is not compared: shapes name it differently", "category", "\"Other\"", true },
        { "the service is not compared: shapes name it differently", "loggedByService", "\"core directory\"", true },
        { "the time is compared apart", "activityDateTime", "\"2026-10-01T08:00:00.1234567Z\"", true },
        { "a target's name is not compared where it has an id", "targetResources.0.displayName", "null", true },
        { "the fourth target is not in the portal's CSV", "targetResources.3", null, true },
        { "older CSVs have fewer targets", "targetResources",
            "[{\"id\":\"11111111-0000-4000-8000-000000000001\",\"displayName\":\"Bo\"}]", true },
        { "an export that was too shallow has no targets", "targetResources", "[]", true },
        { "another correlation", "correlationId", "\"36994c2a-0000-4000-8000-00000000000b\"", false },
        { "another activity", "activityDisplayName", "\"Remove member from group\"", false },
        { "another result", "result", "\"failure\"", false },
        { "another first target", "targetResources.0.id", "\"55555555-0000-4000-8000-000000000001\"", false },
        { "another second target", "targetResources.1.id", "\"55555555-0000-4000-8000-000000000001\"", false },
        { "another third target", "targetResources.2.id", "\"55555555-0000-4000-8000-000000000001\"", false },
        { "another fourth target", "targetResources.3.id", "\"55555555-0000-4000-8000-000000000001\"", true },
        { "without its id a target is its UPN", "targetResources.0.id", "\"\"", false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_shapes_write_differently_does_not_count_and_the_rest_does(string what, string path, string? value, bool isSame)
    {
        var record = JsonNode.Parse(Event)!;
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(record, (node, step) =>
            node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
        if (parent is JsonArray items)
        {
            if (value == null) items.RemoveAt(int.Parse(steps[^1], CultureInfo.InvariantCulture));
            else items[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = JsonNode.Parse(value);
        }
        else if (value == null)
        {
            parent.AsObject().Remove(steps[^1]);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        Assert.True(isSame == Fingerprint.Agree(Of(Event), Of(record.ToJsonString())), what);
    }

    [Theory]
    [InlineData("{\"id\":\"I\",\"userPrincipalName\":\"u@x\",\"displayName\":\"N\"}", "{\"id\":\"i\"}", true)]
    [InlineData("{\"id\":\"\",\"userPrincipalName\":\"u@x\",\"displayName\":\"N\"}", "{\"userPrincipalName\":\"U@X\"}", true)]
    [InlineData("{\"id\":null,\"userPrincipalName\":\"\",\"displayName\":\"N\"}", "{\"displayName\":\"n\"}", true)]
    // FORMATS: the portal's CSV may leave out a target that has only a type.
    [InlineData("{\"type\":\"Other\"},{\"id\":\"i\"}", "{\"id\":\"i\"}", true)]
    [InlineData("{\"id\":\"i\"},{\"id\":\"j\"}", "{\"id\":\"j\"},{\"id\":\"i\"}", false)]
    public void A_target_is_known_by_id_then_UPN_then_name(string one, string other, bool isSame)
    {
        static string With(string targets) => $"{{\"activityDisplayName\":\"Add user\",\"targetResources\":[{targets}]}}";
        Assert.Equal(isSame, Of(With(one)) == Of(With(other)));
    }

    [Fact]
    public void Events_of_the_two_logs_share_none_and_a_shape_that_names_targets_otherwise_has_none()
    {
        Assert.False(Fingerprint.Agree(Of(Event), Of(Event, origin: 1)));
        Assert.Equal(Of(Event) >> 40 << 40, Of(Event, keepsTargets: false));
    }

    /// <summary>What mirrors hold: another value would make every event of a CSV that comes again a new one.</summary>
    [Fact]
    public void Values_never_change() => Assert.Equal(-2_611_603_065_222_641_666, Of(Event));

    private static long Of(string json, int origin = 0, bool keepsTargets = true)
    {
        var fields = new AuditFields();
        GraphAuditReader.Read(Encoding.UTF8.GetBytes(json), fields);
        return AuditFingerprint.Of(fields, origin, keepsTargets);
    }
}
