using System.IO.Compression;
using System.Text;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Imports;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>
/// A zip that broke off lacks the list of its files, which stands at its end: the files that are whole before the cut are read, of the one
/// that is cut what is there, and it is said.
/// </summary>
public sealed class CutArchiveTests
{
    private const int Many = 300;

    public static TheoryData<string> Writers => [.. Writing.Keys];

    private static string[] Names => ["a", "b", "c"];

    private static Dictionary<string, Func<byte[]>> Writing { get; } = new()
    {
        ["deflated, as most programs do"] = () => ZipMaker.Make([.. Names.Select(name => new ZipMaker.Entry($"{name}.json", Lines(name)))]),
        ["stored"] = () => ZipMaker.Make([.. Names.Select(name => new ZipMaker.Entry($"{name}.json", Lines(name)) { IsStored = true })]),
        ["written as it was sent, with the sizes behind"] = () => Streamed(CompressionLevel.Optimal),
        ["the same, hardly compressed"] = () => Streamed(CompressionLevel.NoCompression),
    };

    [Theory]
    [MemberData(nameof(Writers))]
    public void What_is_whole_before_the_cut_is_read_and_the_rest_is_said(string how)
    {
        var zip = Writing[how]();
        var directory = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        var begins = Begins(zip);
        Assert.Equal(3, begins.Count);
        foreach (var (where, cut) in new[] { ("in the directory", directory + 20), ("before the end record", zip.Length - 22),
            ("before the directory", directory), ("in the last file", (begins[2] + directory) / 2), ("in its header", begins[2] + 10),
            ("before it", begins[2]), ("in the second", (begins[1] + begins[2]) / 2) })
        {
            using var mirror = new TestMirror();
            mirror.Import(mirror.Write("x.zip", zip[..cut]), mirror.Write("good.json", Encoding.UTF8.GetBytes(Records.Graph("good"))));
            var ids = mirror.Activities().ConvertAll(a => a.Id!);
            var whole = where is "in the second" ? 1 : where is "in the last file" or "in its header" or "before it" ? 2 : 3;
            for (var i = 0; i < Names.Length; i++)
            {
                var held = ids.Count(id => id.StartsWith(Names[i], StringComparison.Ordinal));
                if (i < whole) Assert.True(held == Many, $"{how}, cut {where}: {held} of {Names[i]}");
                else if (i == whole && where is "in the second" or "in the last file") Assert.InRange(held, 1, Many - 1);
                else Assert.Equal(0, held);
            }

            Assert.Contains("good", ids);
            Assert.All(mirror.Errors, error => Assert.True(error.ErrorId == "SourceCutOff", $"{how}, cut {where}: {error.ErrorId} {error.Message}"));
            Assert.Contains(mirror.Errors, error => error.Message.Contains("'x.zip' is cut off: the list of its files", StringComparison.Ordinal));
            if (where is "in the second" or "in the last file")
                Assert.Contains(mirror.Errors,
                    error => error.Message.Contains($"'x.zip!{Names[whole]}.json' is cut off: the archive ends within it", StringComparison.Ordinal));
            Assert.Contains(("x.zip", "Failed"), History(mirror));
        }
    }

    [Fact]
    public void The_whole_archive_later_brings_the_rest()
    {
        using var mirror = new TestMirror();
        var zip = Writing["deflated, as most programs do"]();
        mirror.Import(mirror.Write("x.zip", zip[..(Begins(zip)[2] - 50)]));
        var results = mirror.Import(mirror.Write("x.zip", zip));
        Assert.Equal(Many * 3, mirror.Activities().Count);
        Assert.Equal("AlreadyImported", results[0].Status);
    }

    [Fact]
    public void An_archive_whose_list_is_damaged_is_read_by_its_files()
    {
        using var mirror = new TestMirror();
        var zip = Writing["stored"]();
        zip.AsSpan(zip.AsSpan().IndexOf("PK\u0001\u0002"u8), 60).Fill(0xFF);
        mirror.Import(mirror.Write("x.zip", zip));
        Assert.Equal(Many * 3, mirror.Activities().Count);
        Assert.Contains("the list of its files is damaged", Assert.Single(mirror.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_with_nothing_behind_its_mark_is_an_error()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("x.zip", [.. "PK\u0003\u0004"u8, 0, 0]),
            mirror.Write("y.zip", [.. "PK\u0003\u0004"u8, .. Enumerable.Repeat((byte)0xFF, 5_000)]));
        Assert.All(mirror.Errors, error => Assert.Contains(error.ErrorId, (string[])["SourceCutOff", "SourceEncrypted", "ArchiveMethodNotSupported"]));
        Assert.DoesNotContain(History(mirror), row => row.Status != "Failed");
    }

    private static List<int> Begins(byte[] zip)
    {
        var begins = new List<int>();
        for (var at = 0; at < zip.Length; at++)
        {
            var next = zip.AsSpan(at).IndexOf("PK\u0003\u0004"u8);
            if (next < 0) break;
            begins.Add(at += next);
        }

        return begins;
    }

    private static byte[] Streamed(CompressionLevel level)
    {
        using var written = new MemoryStream();
        using (var zip = new ZipArchive(new OneWay(written), ZipArchiveMode.Create))
        {
            foreach (var name in Names)
            {
                using var entry = zip.CreateEntry($"{name}.json", level).Open();
                entry.Write(Lines(name));
            }
        }

        return written.ToArray();
    }

    private static byte[] Lines(string prefix) =>
        Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, Many)
            .Select(i => Records.Graph($"{prefix}{i}-{i * 7919 % 10007}", $"2026-10-0{prefix[0] - 'a' + 1}T08:{i / 60:00}:{i % 60:00}Z"))) + "\n");

    private static IEnumerable<(string Source, string Status)> History(TestMirror mirror)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return [.. ImportHistoryQuery.Imports(reader, null).Select(i => (i.Source, i.Status))];
    }

    /// <summary>Where nothing can be written but behind, as on a network.</summary>
    private sealed class OneWay(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
