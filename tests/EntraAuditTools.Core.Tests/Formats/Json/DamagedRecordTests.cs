using System.Text;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>
/// A record that is whole stays whole between damaged ones, and nothing within it becomes a record of its own: a successful parse is never
/// overridden by what looks for damage, which begins at 16 KB and at 64 KB.
/// </summary>
public sealed class DamagedRecordTests
{
    private static readonly int[] Sizes = [(16 * 1024) - 1, 16 * 1024, (16 * 1024) + 1, (64 * 1024) - 1, 64 * 1024, (64 * 1024) + 1, 200_000];

    /// <summary>Records with parts that begin like themselves, as Graph writes them with <c>$expand</c>; PART is repeated.</summary>
    private static readonly (string What, string Record, string Part)[] Kinds =
    [
        ("a package with its policies",
            """{"id":"p","displayName":"Sales","description":"x","isHidden":false,"assignmentPolicies":[PART]}""",
            """{"id":"o","displayName":"All members","description":"y","allowedTargetScope":"allMemberUsers"}"""),
        ("a catalog with its packages",
            """{"id":"c","displayName":"General","description":"x","state":"published","accessPackages":[PART]}""",
            """{"id":"p","displayName":"Sales","description":"y","isHidden":false}"""),
        ("a catalog whose packages have catalogs", """{"id":"c","displayName":"General","accessPackages":[PART],"state":"published"}""",
            """{"id":"p","displayName":"Sales","catalog":{"id":"c","displayName":"General","state":"published"},"accessPackages":[]}"""),
        ("a group with its members", """{"id":"g","displayName":"Sales","description":null,"members":[PART]}""",
            """{"id":"u","displayName":"Ada","userPrincipalName":"ada@contoso.com"}"""),
        ("an audit record with many targets",
            """{"id":"a","category":"GroupManagement","activityDisplayName":"Add member","activityDateTime":"2026-10-01T08:00:00Z","targetResources":[PART]}""", """{"id":"t","category":null,"displayName":"Bo","type":"User","modifiedProperties":[]}"""),
        ("an assignment with its requests",
            """{"id":"s","state":"delivered","target":{"id":"u","state":"x"},"assignmentRequests":[PART]}""",
            """{"id":"r","state":"delivered","requestType":"userAdd","target":{"id":"u","state":"x"}}"""),
        ("its parts come first", """{"id":[PART],"displayName":"Sales","description":"x"}""", """{"id":"o","displayName":"All","description":"y"}"""),
        ("records as text within", """{"id":"p","displayName":"Sales","text":["TEXTS"],"policies":[PART]}""",
            """{"id":"o","displayName":"\"},{\"id\":\"n\",\"displayName\":\"m\"","description":"[{"}"""),
    ];

    /// <summary>What a neighbour is made of: a record, damaged.</summary>
    private static readonly (string How, Func<string, string> Damage)[] Damages =
    [
        ("nothing", record => record),
        ("its end is missing", record => record[..(record.Length / 2)]),
        ("a brace is missing at its end", record => record[..^1]),
        ("a list in it is not closed", record => record.Replace("]", string.Empty, StringComparison.Ordinal)),
        ("a quote is missing", record => record.Replace("\"note\":\"", "\"note\":", StringComparison.Ordinal)),
        ("a quote is not closed", record => record.Replace("Note\"", "Note", StringComparison.Ordinal)),
        ("a backslash in a string", record => record.Replace("Note", "No\\te\\x", StringComparison.Ordinal)),
        ("a comma too many", record => record.Replace("}", ",}", StringComparison.Ordinal)),
        ("a comma is missing", record => record.Replace("\",\"", "\"\"", StringComparison.Ordinal)),
        ("a word that is none", record => record.Replace("true", "treu", StringComparison.Ordinal)),
        ("too deep", record => record.Replace("true", new string('[', 80) + new string(']', 80), StringComparison.Ordinal)),
        ("a control character", record => record.Replace("Note", "No\u0001te", StringComparison.Ordinal)),
        ("words in its place", _ => "ERROR: throttled"),
    ];

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (what, _, _) in Kinds)
            {
                foreach (var (how, _) in Damages) all.Add(what, how);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_whole_record_between_damaged_ones_is_whole(string what, string how)
    {
        var (_, template, part) = Kinds.Single(kind => kind.What == what);
        var damage = Damages.Single(row => row.How == how).Damage;
        foreach (var size in Sizes)
        {
            var record = OfSize(template, part, size);
            var (first, last, neighbour) = (OfSize(template, part, 600), OfSize(template, part, 400), damage(OfSize(template, part, 500)));
            foreach (var wrapper in (string[])["lines", "array", "array of lines", "page"])
            {
                string[] records = [first, neighbour, record, neighbour, last, neighbour, record, last];
                var pieces = Pieces.Of(Wrappers.All[wrapper](records));
                var odd = pieces.Whole.FirstOrDefault(piece => !records.Contains(piece));
                Assert.True(odd == null, $"{what}, {how}, {size} bytes, {wrapper}: a record that is none: {odd?[..Math.Min(200, odd.Length)]}");
                var found = pieces.Whole.Count(piece => piece == record);
                Assert.True(found == 2, $"{what}, {how}, {size} bytes, {wrapper}: {found} of 2");
            }
        }
    }

    /// <summary>As many parts as go in, and blanks in the last gap.</summary>
    private static string OfSize(string template, string part, int size)
    {
        template = $"{template[..^1]},\"note\":\"Note\",\"flag\":true}}";
        var texts = part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var bare = template.Replace("PART", string.Empty, StringComparison.Ordinal).Replace("TEXTS", texts, StringComparison.Ordinal);
        var count = (size - bare.Length) / (part.Length + 1);
        var parts = new StringBuilder().AppendJoin(',', Enumerable.Repeat(part, count));
        parts.Append(' ', Math.Max(size - bare.Length - parts.Length, 0));
        return template.Replace("TEXTS", texts, StringComparison.Ordinal).Replace("PART", parts.ToString(), StringComparison.Ordinal);
    }
}
