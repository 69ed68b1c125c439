using System.Text;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>What is measured for the whole process runs by itself.</summary>
[CollectionDefinition(nameof(HugeRecordTests), DisableParallelization = true)]
public sealed class HugeRecordCollection;

/// <summary>A record beyond measure is not held in memory.</summary>
[Collection(nameof(HugeRecordTests))]
public sealed class HugeRecordTests
{
    [Fact]
    public void A_huge_record_is_left_out_and_the_next_goes_in()
    {
        using var mirror = new TestMirror();
        var file = mirror.Write("export.json", stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes($"[{Records.Graph("a")},{{\"id\":\"b\",\"activityDisplayName\":\""));
            var filler = new byte[1024 * 1024];
            Array.Fill(filler, (byte)'x');
            for (var i = 0; i < 100; i++) stream.Write(filler);
            stream.Write(Encoding.UTF8.GetBytes($"\"}},{Records.Graph("c")}]"));
        });
        var before = GC.GetTotalAllocatedBytes();
        var result = mirror.Import(file).Single();
        Assert.Equal((2, 1), (result.Added, result.Rejected));
        Assert.Contains("larger than", Assert.Single(mirror.Rejected()).Reason, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 200_000_000, "the record was held in memory");
    }
}
