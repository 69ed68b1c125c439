using System.IO.Compression;
using System.Text;
using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>"Bad input never loses good input": damage of every kind, and what is left.</summary>
public sealed class DamageTests
{
    public static TheoryData<string, string, int, int> Damaged => new()
    {
        { "a bad line among lines", $"{Records.Graph("a")}\n{{\"id\":\"b\",\n{Records.Graph("c")}\n", 2, 1 },
        { "an open brace among lines", $"{Records.Graph("a")}\n{{\"id\":\"b\",\"x\":{{\"y\":1}}\n{Records.Graph("c")}\n{Records.Graph("d")}\n", 3, 1 },
        { "an open quote among lines", $"{Records.Graph("a")}\n{{\"id\":\"b\n{Records.Graph("c")}\n{Records.Graph("d")}\n", 3, 1 },
        { "a comment line", $"# my export\n{Records.Graph("a")}\n", 0, 0 },
        { "garbage between lines", $"{Records.Graph("a")}\nsome text\n{Records.Graph("c")}\n", 2, 1 },
        { "numbers in an array", $"[{Records.Graph("a")},17,{Records.Graph("c")}]", 2, 1 },
        { "a missing brace in an array", $"[{Records.Graph("a")},{Records.Graph("b")[..^1]},{Records.Graph("c")},{Records.Graph("d")}]", 3, 1 },
        { "an open quote in an array", $"[{Records.Graph("a")},{{\"id\":\"b,\"category\":1}},{Records.Graph("c")},{Records.Graph("d")}]", 3, 1 },
        { "a truncated array", $"[{Records.Graph("a")},{Records.Graph("b")},{Records.Graph("c")[..50]}", 2, 1 },
        { "a truncated page", $"{{\"@odata.context\":\"x#auditLogs/directoryAudits\",\"value\":[{Records.Graph("a")},{Records.Graph("b")[..80]}", 1, 1 },
        { "a record without time",
            $"[{Records.Graph("a")},{{\"id\":\"b\",\"activityDisplayName\":\"x\",\"activityDateTime\":null}},{Records.Graph("c")}]", 2, 1 },
        { "a time that is none", $"[{Records.Graph("a")},{Records.Graph("b", time: "yesterday")}]", 1, 1 },
        { "year one", $"[{Records.Graph("a")},{Records.Graph("b", time: "0001-01-01T00:00:00Z")}]", 1, 1 },
        { "something else", $"[{Records.Graph("a")},{{\"colour\":\"blue\"}},{Records.Graph("c")}]", 2, 1 },
        { "too deep", $"[{Records.Graph("a")},{Records.Graph("b", extra: $",\"x\":{new string('[', 10_000)}{new string(']', 10_000)}")},{Records.Graph("c")}]", 2, 1 },
        { "half a surrogate", $"[{Records.Graph("a")},{Records.Graph("b", activity: "\\ud800x")},{Records.Graph("c")}]", 2, 1 },
        { "trailing comma and nulls", $"[{Records.Graph("a")},null,{Records.Graph("c")},]", 2, 1 },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Good_records_go_in_and_bad_ones_are_kept(string what, string text, int good, int bad)
    {
        using var mirror = new TestMirror();
        var file = mirror.Write("export.json", Encoding.UTF8.GetBytes(text));
        var results = mirror.Import(file);
        if (good == 0)
        {
            Assert.Equal("NotAnExport", Assert.Single(mirror.Errors).ErrorId);
            return;
        }

        var result = Assert.Single(results);
        Assert.True(good == result.Added, $"{what}: {result.Added} instead of {good} records went in");
        Assert.Equal(bad, result.Rejected);
        var rejected = mirror.Rejected();
        Assert.Equal(bad, rejected.Count);
        Assert.All(rejected, r => Assert.True(r.Line > 0 && r.ByteOffset >= 0 && r.Reason.Length > 0 && r.Text.Length > 0));
    }

    [Fact]
    public void A_rejected_record_is_kept_with_its_place_and_text()
    {
        using var mirror = new TestMirror();
        mirror.ImportText($"{Records.Graph("a")}\n{{\"id\":\"b\", oops}}\n{Records.Graph("c")}\n");
        var rejected = Assert.Single(mirror.Rejected());
        Assert.Equal(2, rejected.Line);
        Assert.Equal(Records.Graph("a").Length + 1, rejected.ByteOffset);
        Assert.Equal("{\"id\":\"b\", oops}", rejected.Text.TrimEnd());
        Assert.Contains("not valid JSON", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_utf8_costs_only_its_record()
    {
        using var mirror = new TestMirror();
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Records.Graph("a") + "\n" + Records.Graph("b", activity: "X")), (byte)'\n',
            .. Encoding.UTF8.GetBytes(Records.Graph("c"))];
        bytes[Array.IndexOf(bytes, (byte)'X')] = 0xC3;
        var result = mirror.Import(mirror.Write("export.json", bytes)).Single();
        Assert.Equal((2, 1), (result.Added, result.Rejected));
        Assert.Equal("not valid UTF-8", Assert.Single(mirror.Rejected()).Reason);
    }

    [Fact]
    public void A_truncated_gzip_gives_what_is_in_it()
    {
        using var mirror = new TestMirror();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var i = 0; i < 3000; i++)
                gzip.Write(Encoding.UTF8.GetBytes(Records.Graph($"id{i}-{Guid.NewGuid()}", time: $"2026-10-01T08:{i / 60 % 60:00}:{i % 60:00}Z") + "\n"));
        }

        mirror.Import(mirror.Write("export.json.gz", packed.ToArray()[..((int)packed.Length / 2)]));
        Assert.True(mirror.Activities().Count is > 100 and < 3000);
    }

    [Fact]
    public void A_bomb_is_not_unpacked()
    {
        using var mirror = new TestMirror();
        var file = mirror.Write("bomb.zip", stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
            using (var good = zip.CreateEntry("good.json").Open()) good.Write(Encoding.UTF8.GetBytes(Records.Graph("a")));
            using var bad = zip.CreateEntry("bad.json").Open();
            bad.Write("["u8);
            var blanks = new byte[1024 * 1024];
            Array.Fill(blanks, (byte)' ');
            for (var i = 0; i < 300; i++) bad.Write(blanks);
        });
        mirror.Import(file);
        Assert.Equal("DecompressionBomb", Assert.Single(mirror.Errors).ErrorId);
        Assert.Single(mirror.Activities());
    }

    [Theory]
    [InlineData("", "SourceEmpty")]
    [InlineData("   \n ", "SourceEmpty")]
    [InlineData("<!DOCTYPE html><html><head><title>Sign in</title></head></html>", "NotAnExport")]
    [InlineData("Name,Size\nchair,3\n", "NotAnExport")]
    [InlineData("{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"expired\"}}", "GraphErrorSaved")]
    [InlineData("{\"error\":{\"code\":\"\",\"message\":\"Approval with id x not found\"}}", "GraphErrorSaved")]
    [InlineData("[{\"colour\":\"blue\"},{\"colour\":\"red\"}]", "NotAnExport")]
    [InlineData("hello", "NotAnExport")]
    public void What_is_no_export_is_named(string text, string error)
    {
        using var mirror = new TestMirror();
        Assert.Empty(mirror.Import(mirror.Write("export.json", Encoding.UTF8.GetBytes(text))));
        var thrown = Assert.Single(mirror.Errors);
        Assert.Equal(error, thrown.ErrorId);
        Assert.NotNull(thrown.RecommendedAction);
        Assert.Empty(mirror.Activities());
    }

    [Fact]
    public void A_folder_and_a_missing_file_are_errors_and_the_others_are_imported()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Folder, Path.Combine(mirror.Folder, "nothing.json"), mirror.Write("good.json", Encoding.UTF8.GetBytes(Records.Graph("a"))));
        Assert.Equal(["SourceIsFolder", "SourceNotFound"], mirror.Errors.Select(e => e.ErrorId));
        Assert.Single(mirror.Activities());
    }

    [Fact]
    public void A_damaged_mirror_is_an_error_and_left_unchanged()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(string.Join('\n', Enumerable.Range(0, 200).Select(i => Records.Graph($"id{i}", $"2026-10-01T08:00:{i % 60:00}.{i:000}Z"))));
        var bytes = File.ReadAllBytes(mirror.Path);
        Array.Fill(bytes, (byte)'A', 9_000, 60_000);
        File.WriteAllBytes(mirror.Path, bytes);
        var error = Assert.Throws<AuditToolException>(() => mirror.ImportText(Records.Graph("new"), "new.json"));
        Assert.Equal("MirrorDamaged", error.ErrorId);
        Assert.NotNull(error.RecommendedAction);
        Assert.Equal(bytes, File.ReadAllBytes(mirror.Path));
    }

    [Fact]
    public void An_unclosed_quote_in_a_csv_costs_one_row()
    {
        using var mirror = new TestMirror();
        var text = "Date (UTC),CorrelationId,Service,Category,Activity,Result\n"
            + "2026-10-01T08:00:00Z,c1,Core Directory,UserManagement,Add user,success\n"
            + "2026-10-01T08:00:01Z,c2,Core Directory,UserManagement,\"Add user,success\n"
            + "2026-10-01T08:00:02Z,c3,Core Directory,UserManagement,\"Update\nuser\",success\n"
            + "2026-10-01T08:00:03Z,c4,Core Directory\n"
            + "2026-10-01T08:00:04Z,c5,Core Directory,UserManagement,Delete user,success\n";
        var result = mirror.ImportText(text, "export.csv");
        Assert.Equal(2, result.Rejected);
        Assert.Equal(["Delete user", "Update\nuser", "Add user"], mirror.Activities().Select(a => a.Activity));
    }
}
