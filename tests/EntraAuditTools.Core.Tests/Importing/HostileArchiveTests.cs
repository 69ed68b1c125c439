using System.Text;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>Archives that were made to cost more than they hold.</summary>
public sealed class HostileArchiveTests
{
    /// <summary>
    /// 20,000 entries that share two megabytes of empty deflate blocks were read for minutes: they unpack to nothing, which no ratio notices.
    /// </summary>
    [Fact]
    public void Entries_that_share_their_bytes_and_unpack_to_nothing_are_a_bomb()
    {
        using var mirror = new TestMirror();
        var zip = new ZipMaker();
        zip.Add(new("good.json", Encoding.UTF8.GetBytes(Records.Graph("a1"))));
        var blocks = Enumerable.Repeat((byte[])[0, 0, 0, 0xFF, 0xFF], 400_000).SelectMany(block => block).Concat((byte[])[1, 0, 0, 0xFF, 0xFF]);
        var (offset, header) = zip.Add(new("e.json", "x"u8.ToArray()) { Packed = _ => [.. blocks] });
        for (var i = 0; i < 300; i++) zip.AddToDirectory(offset, header, $"e{i}.json");
        var results = mirror.Import(mirror.Write("overlap.zip", zip.ToArray()));
        Assert.Equal(1, results.Sum(result => result.Added));
        // It is said once, and not of each entry that is left.
        Assert.Equal("DecompressionBomb", mirror.Errors[^1].ErrorId);
        Assert.InRange(mirror.Errors.Count, 2, 60);
    }

    [Fact]
    public void A_name_longer_than_any_path_is_cut()
    {
        using var mirror = new TestMirror();
        var zip = ZipMaker.Make(new ZipMaker.Entry(new string('n', 60_000), Encoding.UTF8.GetBytes(Records.Graph("a1"))));
        var result = Assert.Single(mirror.Import(mirror.Write("long.zip", zip)));
        Assert.Equal(1, result.Added);
        Assert.InRange(result.Source.Length, 1_000, 1_100);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(long.MinValue, 0)]
    [InlineData(0, -1)]
    [InlineData(0, long.MinValue)]
    public void A_large_archive_whose_list_has_a_size_or_place_below_zero_is_damaged(long size, long offset)
    {
        using var mirror = new TestMirror();
        var zip = ZipMaker.Make(new ZipMaker.Entry("a.json", Encoding.UTF8.GetBytes(Records.Graph("a1"))));
        var end = zip.AsSpan(^22..);
        var record = new byte[56];
        "PK\u0006\u0006"u8.CopyTo(record);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(40), size);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(48), offset);
        var locator = new byte[20];
        "PK\u0006\u0007"u8.CopyTo(locator);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(locator.AsSpan(8), zip.Length - 22);
        mirror.Import(mirror.Write("large.zip", [.. zip.AsSpan(..^22), .. record, .. locator, .. end]));
        Assert.DoesNotContain(mirror.Errors, error => error.Message.Contains("mistake", StringComparison.Ordinal));
        Assert.NotEmpty(mirror.Errors);
    }
}
