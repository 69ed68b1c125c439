using System.IO.Compression;
using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Imports;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>Archives that are odd, damaged or lie: what can be read is read, the rest is named, and nothing is said to be whole that is not.</summary>
public sealed class ArchiveDamageTests
{
    private const int Many = 400;

    /// <summary>An entry between two good ones, the error it gives, and how many of its records go in.</summary>
    public static TheoryData<string, string?, int> Entries => new()
    {
        { "bzip2", "ArchiveMethodNotSupported bzip2", 0 },
        { "LZMA", "ArchiveMethodNotSupported LZMA", 0 },
        { "zstd", "ArchiveMethodNotSupported Zstandard", 0 },
        { "method 42", "ArchiveMethodNotSupported method 42", 0 },
        { "AES", "SourceEncrypted", 0 },
        { "encrypted", "SourceEncrypted", 0 },
        { "bad header", "SourceUnreadable header", 0 },
        { "wrong checksum", "SourceUnreadable checksum", Many },
        { "wrong checksum, stored", "SourceUnreadable checksum", Many },
        { "longer than said", "SourceUnreadable longer", Many },
        { "shorter than said", "SourceUnreadable ends before", Many },
        { "deflate broken off", "SourceUnreadable ends before", -1 },
        { "deflate damaged", "SourceUnreadable", -1 },
        { "stored", null, Many },
    };

    private static byte[] Good { get; } = Lines("n", Many);

    [Theory]
    [MemberData(nameof(Entries))]
    public void An_entry_is_named_and_its_neighbours_are_imported(string what, string? error, int taken)
    {
        using var mirror = new TestMirror();
        var results = mirror.Import(mirror.Write("x.zip", ZipMaker.Make(new("a.json", Lines("a", 1)), Odd(what), new("z.json", Lines("z", 1)))));
        var ids = mirror.Activities().ConvertAll(a => a.Id);
        Assert.Contains("a0", ids);
        Assert.Contains("z0", ids);
        var odd = ids.Count(id => id?.StartsWith('n') == true);
        if (taken >= 0) Assert.Equal(taken, odd);
        else Assert.InRange(odd, Many / 4, Many - 1);
        if (error == null)
        {
            Assert.Empty(mirror.Errors);
            return;
        }

        var reported = Assert.Single(mirror.Errors);
        Assert.Equal(error.Split(' ')[0], reported.ErrorId);
        Assert.Contains(error[reported.ErrorId.Length..].Trim(), reported.Message, StringComparison.Ordinal);
        Assert.Contains("x.zip!odd.json", reported.Message, StringComparison.Ordinal);
        if (odd > 0) Assert.Equal("Partial", Assert.Single(results, r => r.Source == "x.zip!odd.json").Status);
        Assert.Contains(("x.zip!odd.json", odd > 0 ? "Partial" : "Failed"), History(mirror));

        // What was not whole is read again, and reported again.
        mirror.Errors.Clear();
        mirror.Import(Path.Combine(mirror.Folder, "x.zip"));
        Assert.Equal(reported.ErrorId, Assert.Single(mirror.Errors).ErrorId);
    }

    [Fact]
    public void Two_entries_of_one_name_are_both_read()
    {
        using var mirror = new TestMirror();
        var results = mirror.Import(mirror.Write("x.zip", ZipMaker.Make(new("a.json", Lines("a", 3)), new("a.json", Lines("b", 4)))));
        Assert.Equal([3L, 4L], results.Select(r => r.Added));
        Assert.Equal(7, mirror.Activities().Count);
    }

    [Fact]
    public void Entries_that_share_their_bytes_are_stopped_together()
    {
        var zip = new ZipMaker();
        var (offset, header) = zip.Add(new("0.json", [.. Lines("a", 1), .. new byte[50 * 1024 * 1024].Select(_ => (byte)' ')]));
        for (var i = 1; i < 1000; i++) zip.AddToDirectory(offset, header, $"{i}.json");
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("x.zip", zip.ToArray()), mirror.Write("good.json", Lines("b", 1)));
        Assert.Equal("DecompressionBomb", Assert.Single(mirror.Errors).ErrorId);
        Assert.Equal(["a0", "b0"], mirror.Activities().Select(a => a.Id).Order());
    }

    [Fact]
    public void A_damaged_entry_as_long_as_one_that_was_imported_is_reported()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("x.zip", ZipMaker.Make(new("a.json", Good), new("b.json", Good) { Packed = Damage }, new("c.json", Lines("c", 1)))));
        Assert.Contains("b.json", Assert.Single(mirror.Errors).Message, StringComparison.Ordinal);
        Assert.Contains("c0", mirror.Activities().Select(a => a.Id));
    }

    [Fact]
    public void A_zip_with_nothing_in_it_is_named()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("x.zip", ZipMaker.Make()), mirror.Write("good.json", Lines("g", 1)));
        Assert.Equal("SourceEmpty", Assert.Single(mirror.Errors).ErrorId);
        Assert.Equal("g0", Assert.Single(mirror.Activities()).Id);
    }

    [Fact]
    public void What_a_damaged_directory_still_lists_is_read_and_the_damage_reported()
    {
        using var mirror = new TestMirror();
        var zip = ZipMaker.Make(new ZipMaker.Entry("a.json", Lines("a", 2)), new("b.json", Lines("b", 2)));
        mirror.Import(mirror.Write("x.zip", [.. zip[..^74], .. new byte[52], .. zip[^22..]]));
        Assert.Contains("list of its files", Assert.Single(mirror.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(["a0", "a1"], mirror.Activities().Select(a => a.Id).Order());
    }

    [Fact]
    public void Bytes_too_many_in_one_entry_cost_that_one()
    {
        using var mirror = new TestMirror();
        var zip = ZipMaker.Make(new ZipMaker.Entry("a.json", Lines("a", 1)), new("b.json", Good), new("c.json", Lines("c", 1)));
        var middle = zip.Length / 2;
        mirror.Import(mirror.Write("x.zip", [.. zip[..middle], 1, 2, 3, .. zip[middle..]]));
        Assert.Contains("b.json", Assert.Single(mirror.Errors).Message, StringComparison.Ordinal);
        Assert.Superset(new HashSet<string?> { "a0", "c0" }, mirror.Activities().Select(a => a.Id).ToHashSet());
    }

    [Fact]
    public void Thousands_of_entries_are_read_of_one_open_file()
    {
        using var mirror = new TestMirror();
        var results = mirror.Import(
            mirror.Write("x.zip", ZipMaker.Make([.. Enumerable.Range(0, 1500).Select(i => new ZipMaker.Entry($"{i}.json", Lines($"e{i}-", 1)))])));
        Assert.Equal(1500, results.Sum(r => r.Added));
        Assert.Empty(mirror.Errors);
    }

    public static TheoryData<string, string?, bool> Gzips => new()
    {
        { "whole", null, true },
        { "two members", null, true },
        { "zeros behind", null, true },
        { "without its trailer", "SourceCutOff", true },
        { "without half its trailer", "SourceCutOff", true },
        { "without the second's trailer", "SourceCutOff", true },
        { "wrong checksum", "SourceUnreadable", true },
        { "wrong length", "SourceUnreadable", true },
        { "first of two with a wrong checksum", "SourceUnreadable", true },
        { "cut in the middle", "SourceCutOff", false },
        { "damaged in the middle", "SourceUnreadable", false },
    };

    [Theory]
    [MemberData(nameof(Gzips))]
    public void A_gzip_gives_what_decodes_and_says_whether_that_is_all(string what, string? error, bool isAll)
    {
        using var mirror = new TestMirror();
        var half = Good.AsSpan().Slice(0, Good.AsSpan().LastIndexOf("\n"u8[0]) + 1).ToArray();
        var (one, two) = (Gzip(Lines("n", Many / 2)), Gzip(Lines("m", Many / 2)));
        byte[] gzip = what switch
        {
            "two members" => [.. one, .. two],
            "zeros behind" => [.. Gzip(half), .. new byte[512]],
            "without its trailer" => Gzip(half)[..^8],
            "without half its trailer" => Gzip(half)[..^3],
            "without the second's trailer" => [.. one, .. two[..^8]],
            "wrong checksum" => Flip(Gzip(half), ^8),
            "wrong length" => Flip(Gzip(half), ^2),
            "first of two with a wrong checksum" => [.. Flip(one, ^8), .. two],
            "cut in the middle" => Gzip(half)[..(Gzip(half).Length / 2)],
            "damaged in the middle" => Damage(Gzip(half)),
            _ => Gzip(half),
        };
        mirror.Import(mirror.Write("x.json.gz", gzip));
        var count = mirror.Activities().Count;
        if (isAll) Assert.Equal(Many, count);
        else Assert.InRange(count, Many / 4, Many - 1);
        Assert.Equal(error, mirror.Errors.SingleOrDefault()?.ErrorId);
        Assert.Equal(error == null ? "Imported" : "Partial", Assert.Single(History(mirror)).Status);
    }

    [Fact]
    public void A_gzip_that_is_damaged_in_a_header_row_is_reported()
    {
        using var mirror = new TestMirror();
        var header = string.Join(',', Enumerable.Range(0, 4000).Select(i => $"column {i * 7919 % 4001}"));
        var packed = Gzip(Encoding.UTF8.GetBytes($"{header}\n1,2,3\n"));
        mirror.Import(mirror.Write("x.csv.gz", Damage(packed)), mirror.Write("good.json", Lines("g", 1)));
        Assert.Equal("SourceUnreadable", Assert.Single(mirror.Errors).ErrorId);
        Assert.Single(mirror.Activities());
    }

    [Theory]
    [InlineData("cut gzip")]
    [InlineData("cut record")]
    [InlineData("cut list")]
    public void An_hour_whose_file_is_cut_off_is_not_covered(string what)
    {
        using var mirror = new TestMirror();
        var folder = Directory.CreateDirectory(Path.Combine(mirror.Folder, "y=2026/m=10/d=01/h=08/m=00")).FullName;
        var lines = string.Join('\n', Enumerable.Range(0, 9)
            .Select(i => $$"""{"time":"2026-10-01T08:10:00Z","category":"AuditLogs","tenantId":"t1","properties":{{Records.Graph($"h{i}")}}}"""));
        var bytes = Encoding.UTF8.GetBytes(lines);
        File.WriteAllBytes(Path.Combine(folder, "PT1H.json"), what switch
        {
            "cut gzip" => Gzip([.. bytes, (byte)'\n'])[..^8],
            "cut record" => bytes[..^20],
            _ => [(byte)'[', .. Encoding.UTF8.GetBytes(lines.Replace('\n', ','))],
        });
        mirror.Import(Path.Combine(folder, "PT1H.json"));
        Assert.Equal("SourceCutOff", Assert.Single(mirror.Errors).ErrorId);
        Assert.InRange(mirror.Activities().Count, 8, 9);
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.DoesNotContain("Covered", CoverageQuery.Run(reader, null, null, null, null, DateTimeOffset.UtcNow).Select(c => c.State));
        Assert.NotNull(CoverageQuery.Warning(reader, new(2026, 10, 1, 8, 0, 0, TimeSpan.Zero), new(2026, 10, 1, 9, 0, 0, TimeSpan.Zero),
            new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    private static ZipMaker.Entry Odd(string what)
    {
        var entry = new ZipMaker.Entry("odd.json", Good);
        return what switch
        {
            "bzip2" => entry with { Method = 12 },
            "LZMA" => entry with { Method = 14 },
            "zstd" => entry with { Method = 93 },
            "AES" => entry with { Method = 99 },
            "method 42" => entry with { Method = 42 },
            "encrypted" => entry with { IsEncrypted = true },
            "bad header" => entry with { HasBadHeader = true },
            "wrong checksum" => entry with { Checksum = right => right ^ 1 },
            "wrong checksum, stored" => entry with { IsStored = true, Checksum = right => right ^ 1 },
            "longer than said" => entry with { Length = _ => 10 },
            "shorter than said" => entry with { Length = right => right + 1000 },
            "deflate broken off" => entry with { Packed = bytes => bytes[..(bytes.Length * 2 / 3)] },
            "deflate damaged" => entry with { Packed = Damage },
            _ => entry with { IsStored = true },
        };
    }

    /// <summary>Bytes in the middle that no decompressor takes.</summary>
    private static byte[] Damage(byte[] bytes)
    {
        var damaged = bytes.ToArray();
        Array.Fill(damaged, (byte)0xFF, bytes.Length * 2 / 3, 64);
        return damaged;
    }

    private static byte[] Flip(byte[] bytes, Index at)
    {
        bytes[at] ^= 1;
        return bytes;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>Records that differ enough not to compress to nothing.</summary>
    private static byte[] Lines(string prefix, int count)
    {
        var random = new Random(7);
        return Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(0, count)
                .Select(i => Records.Graph($"{prefix}{i}", $"2026-10-01T08:{i / 60 % 60:00}:{i % 60:00}Z", extra: $",\"x\":\"{random.NextInt64()}\"") + "\n")));
    }

    private static List<(string Source, string Status)> History(TestMirror mirror)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return [.. ImportHistoryQuery.Imports(reader, null).Select(i => (i.Source, i.Status))];
    }
}
