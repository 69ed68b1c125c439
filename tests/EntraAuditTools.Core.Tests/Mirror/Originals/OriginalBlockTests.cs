using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Mirror.Originals;

/// <summary>
/// The danger: an original comes back as other bytes than came in, or a damaged block shows another record's. The layout is
/// <see cref="OriginalBlock"/>'s comment, by which mirrors that exist are read.
/// </summary>
public sealed class OriginalBlockTests
{
    [Fact]
    public void Every_original_comes_back_byte_for_byte_and_in_its_slot()
    {
        var random = new Random(256);
        var writer = new OriginalBlockWriter();
        for (var round = 0; round < 3; round++)
        {
            // Also nothing at all, and bytes that are no text: what was kept is not ours to judge.
            List<(RecordShape Shape, byte[] Json)> originals =
            [
                .. Enumerable.Range(0, 500).Select(i => ((RecordShape)(i % 24), Bytes(random, i % 50 == 0 ? 0 : random.Next(1, 2_000)))),
                (RecordShape.GraphAudit, new byte[3 * 1024 * 1024]),
            ];
            foreach (var (shape, json) in originals) writer.Add(shape, json);
            Assert.Equal(originals.Count, writer.Count);
            var block = Read(writer, out var count);
            Assert.Equal(originals.Count, count);
            Assert.Equal(originals.Select(Show), block.ReadAll().Select(Show));
            foreach (var slot in (ReadOnlySpan<int>)[0, 1, 49, 50, 250, 499, 500])
                Assert.Equal(Show(originals[slot]), Show(block.Read(slot)));
            Assert.Equal(0, writer.Count);
        }
    }

    [Fact]
    public void The_layout_is_the_one_of_mirrors_that_exist()
    {
        var writer = new OriginalBlockWriter();
        writer.Add(RecordShape.GraphAudit, "{\"a\":1}"u8);
        writer.Add(RecordShape.PortalAuditRow, "{}"u8);
        using var compressed = writer.Compress();
        var raw = new byte[compressed.RawLength];
        Assert.True(BrotliDecoder.TryDecompress(compressed.Data, raw, out var length));
        Assert.Equal(raw.Length, length);
        Assert.Equal("02000000" + "0700000001" + "0200000004" + Convert.ToHexString("{\"a\":1}{}"u8), Convert.ToHexString(raw));
    }

    [Fact]
    public void A_block_is_full_at_256_KB()
    {
        var writer = new OriginalBlockWriter();
        writer.Add(RecordShape.GraphAudit, new byte[(256 * 1024) - 1]);
        Assert.False(writer.IsFull);
        writer.Add(RecordShape.GraphAudit, new byte[1]);
        Assert.True(writer.IsFull);
        writer.Compress().Dispose();
        Assert.False(writer.IsFull);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void A_slot_that_is_not_there_is_an_error(int slot)
    {
        var writer = new OriginalBlockWriter();
        writer.Add(RecordShape.GraphAudit, "{}"u8);
        writer.Add(RecordShape.GraphAudit, "{}"u8);
        Assert.Throws<InvalidDataException>(() => Read(writer, out _).Read(slot));
    }

    [Fact]
    public void A_block_that_is_cut_or_of_another_length_is_an_error()
    {
        var writer = new OriginalBlockWriter();
        writer.Add(RecordShape.GraphAudit, Encoding.ASCII.GetBytes(new string('x', 1_000)));
        using var compressed = writer.Compress();
        var data = compressed.Data.ToArray();
        for (var length = 0; length < data.Length; length++)
            Assert.Throws<InvalidDataException>(() => new OriginalBlock(data[..length], compressed.RawLength).Read(0));
        Assert.Throws<InvalidDataException>(() => new OriginalBlock(data, compressed.RawLength - 1).Read(0));
        Assert.Throws<InvalidDataException>(() => new OriginalBlock(data, compressed.RawLength + 1).Read(0));
        Assert.Equal(1_000, new OriginalBlock(data, compressed.RawLength).Read(0).Json.Length);
    }

    /// <summary>The danger; the header's count and lengths, where two records of two bytes follow. A file from elsewhere may say anything.</summary>
    [Theory]
    [InlineData("no records, and yet there are some", 0)]
    [InlineData("fewer than none", -1, 2, 2)]
    [InlineData("more than there is room for", int.MaxValue, 2, 2)]
    [InlineData("one that begins before the other ends", 2, 2, 1)]
    [InlineData("one that ends behind the block", 2, 2, 3)]
    [InlineData("one of less than nothing", 2, -2, 6)]
    [InlineData("lengths that add up only when they overflow", 2, int.MaxValue, int.MinValue)]
    public void A_header_that_lies_is_an_error(string danger, int count, params int[] lengths)
    {
        var raw = new MemoryStream();
        raw.Write(BitConverter.GetBytes(count));
        foreach (var length in lengths) raw.Write([.. BitConverter.GetBytes(length), 1]);
        raw.Write("{}{}"u8);
        var compressed = new byte[1_000];
        Assert.True(BrotliEncoder.TryCompress(raw.ToArray(), compressed, out var written));

        var block = new OriginalBlock(compressed[..written], raw.Length);

        Assert.Throws<InvalidDataException>(() => block.Read(0));
        Assert.Throws<InvalidDataException>(() => block.ReadAll().Count());
        Assert.NotNull(danger);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    public void Nothing_is_allocated_for_a_length_that_no_block_has(long length) =>
        Assert.Throws<InvalidDataException>(() => new OriginalBlock([1, 2, 3], length));

    [Fact]
    public void Blocks_read_by_turns_and_by_threads_are_not_mixed_up()
    {
        var blocks = Enumerable.Range(0, 8).Select(i =>
        {
            var writer = new OriginalBlockWriter();
            writer.Add(RecordShape.GraphAudit, BitConverter.GetBytes(i));
            return Read(writer, out _);
        }).ToList();
        Parallel.For(0, 2_000, i => Assert.Equal(i % 8, BinaryPrimitives.ReadInt32LittleEndian(blocks[i % 8].Read(0).Json.Span)));
    }

    private static OriginalBlock Read(OriginalBlockWriter writer, out int count)
    {
        using var compressed = writer.Compress();
        count = compressed.Count;
        return new(compressed.Data.ToArray(), compressed.RawLength);
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Show((RecordShape Shape, byte[] Json) original) =>
        $"{original.Shape} {Convert.ToHexString(SHA256.HashData(original.Json))}";

    private static string Show(OriginalRecord original) => Show((original.Shape, original.Json.ToArray()));
}
