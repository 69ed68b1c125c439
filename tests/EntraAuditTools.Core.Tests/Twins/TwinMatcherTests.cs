using System.Globalization;
using EntraAuditTools.Core.Mirror.Writing.Logs;

namespace EntraAuditTools.Core.Tests.Twins;

/// <summary>Which events of the two logs are one, of those with one correlation id.</summary>
public sealed class TwinMatcherTests
{
    private static readonly TwinTarget Bob = TwinTarget.Of("33333333-3333-3333-3333-333333333333", "bob@contoso.com", "Bob");

    /// <summary>
    /// Events as "d1 5.48 A": the log (d: directory, u: unified), its number, its second, and optionally the properties that it changed.
    /// The unified log cuts times to whole seconds (FORMATS 4).
    /// </summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        { "the unified log's whole second", "d1 5.48 | u1 5", "u1-d1" },
        { "alone in either log", "d1 5.48", "" },
        { "alone in the other", "u1 5", "" },
        { "the log may be some seconds late", "d1 5.48 | u1 9", "u1-d1" },
        { "beyond that it is another event", "d1 5.48 | u1 11", "" },
        { "each its own", "d1 5.1 | d2 8.2 | u1 5 | u2 8", "u1-d1 u2-d2" },
        { "nearest first: the later one's", "d1 5.1 | d2 8.2 | u1 8", "u1-d2" },
        { "a leftover of the unified log counts", "d1 5.1 | u1 5 | u2 8", "u1-d1" },
        { "quick steps: the second that each was cut to, not the nearest instant", "d1 4.95 | d2 5.9 | u1 4 | u2 5", "u1-d1 u2-d2" },
        { "two within a second, both in both logs", "d1 5.1 | d2 5.6 | u1 5 | u2 5", "u1-d1 u2-d2" },
        { "two within a second, one in both logs: the nearest", "d1 5.1 | d2 5.6 | u1 5", "u1-d1" },
        { "two of the same instant, one in both logs: nobody can say which", "d1 5 | d2 5 | u1 5", "" },
        { "the same the other way round", "d1 5.4 | u1 5 | u2 5", "" },
        { "two of the same instant, both in both logs: it does not matter which", "d1 5 | d2 5 | u1 5 | u2 5", "u1-d1 u2-d2" },
        { "three against two", "d1 5 | d2 5 | d3 5 | u1 5 | u2 5", "" },
        { "what each changed tells them apart", "d1 5 A | d2 5 B | u1 5 B", "u1-d2" },
        { "and goes before the nearest instant of a second", "d1 5.1 A | d2 5.9 B | u1 5 B", "u1-d2" },
        { "but not before another second", "d1 5.1 A | d2 8.9 B | u1 5 B", "u1-d1" },
        { "between two, equally far", "d1 5 | u1 4 | u2 6", "" },
        { "two of the same instant, both in both logs, one late", "d1 5 | d2 5 | u1 5 | u2 7", "u1-d1 u2-d2" },
        { "what may be one's or the other's is nobody's later", "d1 5 | u1 4 | u2 6 | u3 9", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pairs_are_one_to_one_and_nearest_first(string why, string events, string expected)
    {
        var parsed = events.Split('|').Select(Parse).ToList();
        Assert.True(expected == Show(TwinMatcher.Match(parsed)), $"{why}: {Show(TwinMatcher.Match(parsed))}");
        Assert.Equal(expected, Show(TwinMatcher.Match([.. Enumerable.Reverse(parsed)])));
    }

    [Theory]
    [InlineData("another activity", "Add member to group", "Remove member from group", 0, 0, 0L, 0L, false)]
    [InlineData("a dot and a blank", "Update application – Certificates and secrets management ",
        "update application – Certificates and secrets management.", 0, 0, 0L, 0L, true)]
    [InlineData("one failed", "Add user", "Add user", 1, 2, 0L, 0L, false)]
    [InlineData("one is missing", "Add user", "Add user", 0, 2, 0L, 0L, true)]
    [InlineData("another tenant", "Add user", "Add user", 1, 1, 1L, 2L, false)]
    [InlineData("a tenant that no export names", "Add user", "Add user", 1, 1, 0L, 2L, true)]
    public void What_both_contain_must_agree(string why, string directory, string unified, int directoryResult, int unifiedResult,
        long directoryTenant, long unifiedTenant, bool isPair)
    {
        var pairs = TwinMatcher.Match(
        [
            new(1, 100, 1, false, TwinEvent.ActivityKey(directory), Bob) { Result = (TwinResult)directoryResult, Tenant = directoryTenant },
            new(2, 100, 2, true, TwinEvent.ActivityKey(unified), Bob) { Result = (TwinResult)unifiedResult, Tenant = unifiedTenant },
        ]);
        Assert.True(isPair == (pairs.Count == 1), why);
    }

    [Theory]
    [InlineData("33333333-3333-3333-3333-333333333333", null, null, "33333333-3333-3333-3333-333333333333", "bob@contoso.com", null, true)]
    [InlineData("33333333-3333-3333-3333-333333333333", "bob@contoso.com", null, "44444444-4444-4444-4444-444444444444", "bob@contoso.com", null, false)]
    [InlineData("33333333-3333-3333-3333-333333333333", "bob@contoso.com", null, null, "BOB@contoso.com", null, true)]
    [InlineData("33333333-3333-3333-3333-333333333333", "bob@contoso.com", null, null, null, "bob@contoso.com", true)]
    [InlineData(null, null, "Engineering", "44444444-4444-4444-4444-444444444444", null, "Engineering", true)]
    [InlineData("00000000-0000-0000-0000-000000000000", null, "Engineering", "44444444-4444-4444-4444-444444444444", null, "Engineering", true)]
    [InlineData("33333333-3333-3333-3333-333333333333", null, null, null, null, "Engineering", false)]
    [InlineData(null, null, null, null, null, null, true)]
    [InlineData("33333333-3333-3333-3333-333333333333", null, null, null, null, null, false)]
    public void The_first_target_is_the_same_by_id_else_UPN_else_name(string? id, string? upn, string? name, string? otherId,
        string? otherUpn, string? otherName, bool isPair)
    {
        var pairs = TwinMatcher.Match(
            [new(1, 100, 1, false, "A", TwinTarget.Of(id, upn, name)), new(2, 100, 2, true, "A", TwinTarget.Of(otherId, otherUpn, otherName))]);
        Assert.Equal(isPair, pairs.Count == 1);
    }

    [Fact]
    public void Whatever_the_order_the_pairs_are_the_same_and_one_to_one()
    {
        var random = new Random(20261129);
        for (var round = 0; round < 2_000; round++)
        {
            // Few instants, targets and properties, so that everything meets everything.
            var events = Enumerable.Range(1, random.Next(1, 12)).Select(number => new TwinEvent(
                number, random.Next(0, 12) * TimeSpan.TicksPerSecond / 2, number * 7919 % 101, random.Next(2) == 0, random.Next(5) == 0
                ? "B" : "A", random.Next(4) == 0 ? TwinTarget.Of(null, null, "Bob") : Bob)
            {
                PropertySet = random.Next(2),
                Result = (TwinResult)random.Next(2),
                Tenant = random.Next(2),
            }).ToList();
            var pairs = TwinMatcher.Match(events);
            Assert.Equal(pairs.Count, pairs.Select(pair => pair.Unified).Distinct().Count());
            Assert.Equal(pairs.Count, pairs.Select(pair => pair.Directory).Distinct().Count());
            Assert.All(pairs, pair =>
                Assert.True(events[(int)pair.Unified - 1].Fits(events[(int)pair.Directory - 1]) && events[(int)pair.Unified - 1].IsUnified));
            var shuffled = events.ToArray();
            random.Shuffle(shuffled);
            Assert.Equal(pairs.OrderBy(pair => pair.Unified), TwinMatcher.Match(shuffled).OrderBy(pair => pair.Unified));
        }
    }

    private static TwinEvent Parse(string text)
    {
        var parts = text.Trim().Split(' ');
        var number = int.Parse(parts[0][1..], CultureInfo.InvariantCulture);
        var isUnified = parts[0][0] == 'u';
        return new(isUnified ? 100 + number : number,
            (long)(decimal.Parse(parts[1], CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond), number, isUnified, "A", Bob)
        {
            PropertySet = parts.Length > 2 ? parts[2][0] : 0,
        };
    }

    private static string Show(IEnumerable<TwinPair> pairs) =>
        string.Join(' ', pairs.OrderBy(pair => pair.Unified)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"u{pair.Unified - 100}-d{pair.Directory}")));
}
