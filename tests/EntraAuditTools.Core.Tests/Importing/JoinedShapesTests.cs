using System.Text;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Upkeep.Checking;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>
/// The danger: a file whose records change their shape in the middle (exports that were joined, a pipeline of several) is read in the shape
/// of the record before. Graph's reader took diagnostic records for its own, and found neither id nor target nor actor.
/// </summary>
public sealed class JoinedShapesTests
{
    private static readonly Lazy<Dictionary<RecordShape, List<byte[]>>> Originals = new(Collect);

    public static TheoryData<string> Shapes => [.. Originals.Value.Keys.Select(shape => shape.ToString())];

    [Fact]
    public void There_are_shapes_of_both_logs() => Assert.True(Originals.Value.Count >= 8, string.Join(", ", Originals.Value.Keys));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Behind_a_record_of_one_shape_any_other_is_read_as_by_itself(string before)
    {
        var first = Originals.Value[Enum.Parse<RecordShape>(before)];
        foreach (var (shape, records) in Originals.Value)
        {
            using var joined = new TestMirror();
            joined.ImportText(string.Join('\n', first.Take(2).Concat(records).Select(Encoding.UTF8.GetString)), "joined.json");
            using var apart = new TestMirror();
            apart.ImportText(string.Join('\n', first.Take(2).Select(Encoding.UTF8.GetString)), "one.json");
            apart.ImportText(string.Join('\n', records.Select(Encoding.UTF8.GetString)), "two.json");

            Assert.Equal(Content(apart.Path), Content(joined.Path));
            Assert.True(Content(joined.Path).Count > 0, shape.ToString());
        }
    }

    /// <summary>So may an original be derived anew behind another's: a mirror would fail its own check.</summary>
    [Fact]
    public void A_mirror_of_files_in_any_order_is_what_its_originals_give()
    {
        using var mirror = new TestMirror();
        mirror.Import(Path.Combine(Seeds.Folder, "powershell/Get-MgAuditLogDirectoryAudit.json"));
        mirror.Import(Directory.GetFiles(Path.Combine(Seeds.Folder, "azure-monitor"), "PT1H.json", SearchOption.AllDirectories)
            .Single(path => path.Contains("auditlogs", StringComparison.Ordinal) && path.Contains("d=26/h=11", StringComparison.Ordinal)));
        mirror.Import(Path.Combine(Seeds.Folder, "azure-monitor/eventhub-message.json"));

        Assert.Empty(MirrorCheck.Run(mirror.Path, new(null, false), _ => { }, CancellationToken.None).Problems);
    }

    private static List<string> Content(string path)
    {
        using var mirror = MirrorReader.Open(path);
        return [
            .. AuditActivityQuery.Run(mirror, new()).Select(found => string.Join(" | ", found.Time, found.Activity, found.Id, found.TargetSummary,
                found.TargetCount, found.InitiatedBy, found.TenantId, found.Result, found.CorrelationId)).Order(StringComparer.Ordinal),
            .. ProvisioningLogQuery.Run(mirror, new()).Select(found => string.Join(" | ", found.Time, found.Action, found.Id, found.Identity,
                found.TenantId, found.Status, found.ChangeId)).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Some originals of each shape of a log that the sample tenant was exported in.</summary>
    private static Dictionary<RecordShape, List<byte[]>> Collect()
    {
        using var sample = new TestMirror();
        sample.Import(Directory.GetFiles(Seeds.Folder, "*", SearchOption.AllDirectories));
        using var mirror = MirrorReader.Open(sample.Path);
        return mirror.Query("SELECT data, raw_length FROM block", row => OriginalBlock.Of(row, 0)).SelectMany(block => block.ReadAll())
            .Where(record => ShapeInfo.Of(record.Shape) is { IsRow: false, IsPart: false, Kind: KindNames.AuditActivity or KindNames.ProvisioningLog })
            .GroupBy(record => record.Shape).ToDictionary(group => group.Key, group => group.Take(3).Select(record => record.Json.ToArray()).ToList());
    }
}
