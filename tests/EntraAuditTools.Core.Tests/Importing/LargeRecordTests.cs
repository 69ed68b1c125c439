using System.Security.Cryptography;
using System.Text;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>
/// The one exception to "nothing is lost" (README): of a record over 16 MB the first 64 KB are kept, with its place, its length and its digest.
/// </summary>
public sealed class LargeRecordTests
{
    private const int Most = 16 * 1024 * 1024;

    public static TheoryData<string, string> Kinds => new()
    {
        { "one long text", """{"id":"b","category":"GroupManagement","activityDisplayName":"Add","activityDateTime":"2026-10-01T08:00:00Z","x":"FILL"}""" },
        { "parts that begin like it",
            """{"id":"b","category":"GroupManagement","activityDisplayName":"Add","activityDateTime":"2026-10-01T08:00:00Z","targetResources":[PARTS]}""" },
        { "a list within a list", """{"id":"b","displayName":"Sales","policies":[[PARTS]]}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_rejected_with_its_place_length_digest_and_beginning(string what, string template)
    {
        const string Part = """{"id":"t","category":"User","displayName":"Bo","modifiedProperties":[]}""";
        var record = template
            .Replace("FILL", new string('x', Most), StringComparison.Ordinal)
            .Replace("PARTS", string.Join(',', Enumerable.Repeat(Part, (Most / Part.Length) + 1)), StringComparison.Ordinal);
        foreach (var (before, between, after) in new[] { ("[", ",", "]"), (string.Empty, "\n", "\n"), ("{\"value\":[", ",\n", "]}") })
        {
            using var mirror = new TestMirror();
            var first = before + Records.Graph("a") + between;
            var result = mirror.ImportText(first + record + between + Records.Graph("c") + after);
            Assert.True((result.Read, result.Added, result.Rejected) == (3, 2, 1), $"{what}: {result}");
            Assert.Equal(["a", "c"], mirror.Activities().Select(a => a.Id).Order());
            var rejected = Assert.Single(mirror.Rejected());
            Assert.Equal(first.Length, rejected.ByteOffset);
            Assert.Equal(record[..(64 * 1024)], rejected.Text);
            Assert.Contains("larger than 16 MB", rejected.Reason, StringComparison.Ordinal);
            Assert.Contains($"{record.Length:N0} bytes", rejected.Reason, StringComparison.Ordinal);
            Assert.Contains(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(record))).ToLowerInvariant(), rejected.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_record_of_just_16_MB_is_taken_in()
    {
        using var mirror = new TestMirror();
        var record = Records.Graph("b", extra: ",\"x\":\"FILL\"");
        record = record.Replace("FILL", new string('x', Most - record.Length + 4), StringComparison.Ordinal);
        var result = mirror.ImportText($"[{Records.Graph("a")},{record},{Records.Graph("c")}]");
        Assert.Equal((Most, 3, 0), (record.Length, result.Added, result.Rejected));
        Assert.Equal(record, mirror.Activities().Single(a => a.Id == "b").GetOriginal());
    }
}
