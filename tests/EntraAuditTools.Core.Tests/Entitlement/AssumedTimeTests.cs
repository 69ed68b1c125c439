using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>When an export was taken whose import does not say so: its file's time is assumed, and makes no change by itself.</summary>
public sealed class AssumedTimeTests
{
    private const string Package = "00000000-0000-4000-8000-000000000010";

    /// <summary>
    /// Exports ("what at when": at a file's time, or "given" when the import names it), and what changed from 10 to 20 November. "held" is an
    /// assignment without dates, "policy" the same by another policy, "since" with a start, "ended" with an end date that passes, "none" a
    /// complete export without it.
    /// </summary>
    public static TheoryData<string, string, string, int> Cases => new()
    {
        { "one export, of the time of its file: nothing was known before", "held file 2026-11-15", "", 0 },
        { "and when it was given: nothing was known before either", "held given 2026-11-15", "", 0 },
        { "two that differ, copied at one time", "held file 2026-11-15 | policy file 2026-11-15T00:00:01", "", 1 },
        { "two that differ, both of a file within the time", "held file 2026-11-12 | policy file 2026-11-15", "", 1 },
        { "one of a file of before, and one of within: two exports say so, their times are assumed",
            "held file 2026-11-05 | policy file 2026-11-15", "Changed assumed", 0 },
        { "the later one's time was given", "held file 2026-11-12 | policy given 2026-11-15", "Changed", 0 },
        { "both were given", "held given 2026-11-05 | policy given 2026-11-15", "Changed", 0 },
        { "the later one's file is of afterwards", "held file 2026-11-05 | policy file 2026-11-25", "", 0 },
        { "a start has its own date", "since file 2026-11-25", "Added 2026-11-14", 0 },
        { "an end has its own date", "ended file 2026-11-25", "Removed 2026-11-16", 0 },
        { "gone by two complete exports, copied at one time", "held file 2026-11-15 | none file 2026-11-15T00:00:01", "", 1 },
        { "gone, from one of before to one of within", "held file 2026-11-05 | none file 2026-11-15", "Removed assumed", 0 },
        { "gone, when it was given", "held given 2026-11-05 | none given 2026-11-15", "Removed", 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_assumed_time_makes_no_change_by_itself(string why, string exports, string expected, int warnings)
    {
        using var mirror = Filled(exports);
        using var reader = MirrorReader.Open(mirror.Path);
        var notes = new List<string>();
        var changes = AssignmentComparison.Run(reader, new(), Day("2026-11-10"), Day("2026-11-20"), notes.Add).ToList();
        var text = string.Join(", ",
            changes.Select(change => change.Change + (change.TimeAssumed ? " assumed" : change.Time is { } time ? $" {time:yyyy-MM-dd}" : string.Empty)));
        Assert.True(expected == text, $"{why}: {text}");
        Assert.Equal(warnings, notes.Count);
        Assert.All(notes, value => Assert.Contains("-ObservedAt", value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("held file 2026-11-05 | policy file 2026-11-15", "2026-11-17", true)]
    [InlineData("held given 2026-11-05 | policy given 2026-11-15", "2026-11-17", false)]
    [InlineData("since file 2026-11-25", "2026-11-17", false)]
    [InlineData("held file 2026-11-05", "2026-11-17", true)]
    [InlineData("held file 2026-11-05", "", false)]
    public void A_state_that_only_a_files_time_dates_is_marked(string exports, string asOf, bool isAssumed)
    {
        using var mirror = Filled(exports);
        using var reader = MirrorReader.Open(mirror.Path);
        var held = AccessPackageAssignmentQuery.Run(reader, new() { AsOf = asOf.Length > 0 ? Day(asOf) : null }).Single();
        Assert.Equal((isAssumed, "Delivered"), (held.StateAssumed, held.State));
    }

    [Theory]
    [InlineData("held given 2026-11-15", "2026-11-14", "begins on 2026-11-15 00:00Z")]
    [InlineData("held given 2026-11-15", "2026-11-15", null)]
    [InlineData("held file 2026-11-15", "2026-01-01", "begins on 2026-11-15 00:00Z")]
    [InlineData("since file 2026-11-25", "2026-11-14", null)]
    [InlineData("since file 2026-11-25", "2026-11-13", "begins on 2026-11-14 00:00Z (its first export is of 2026-11-25 00:00Z)")]
    [InlineData("held given 2026-11-15", "", null)]
    public void A_date_before_anything_is_known_is_said(string exports, string asOf, string? expected)
    {
        using var mirror = Filled(exports);
        using var reader = MirrorReader.Open(mirror.Path);
        var warning = KnownSince.Warning(reader, asOf.Length > 0 ? Day(asOf) : null);
        if (expected == null) Assert.Null(warning);
        else Assert.Contains(expected, warning, StringComparison.Ordinal);
    }

    private static TestMirror Filled(string exports)
    {
        var mirror = new TestMirror();
        foreach (var (export, i) in exports.Split(" | ").Select((text, i) => (text.Split(' '), i)))
        {
            var file = mirror.Write($"{i}.json", Encoding.UTF8.GetBytes(Assignments(export[0])));
            File.SetLastWriteTimeUtc(file, Day(export[1] == "file" ? export[2] : "2026-11-28").UtcDateTime);
            mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Complete = export[0] == "none", ObservedAt = export[1] == "given"
                ? Day(export[2]) : null }, file);
        }

        Assert.Empty(mirror.Errors);
        return mirror;
    }

    private static string Assignments(string what)
    {
        const string Context = "https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignments(accessPackage(),target(),assignmentPolicy())";
        if (what == "none") return $$"""{"@odata.context":"{{Context}}","value":[]}""";
        var schedule = what switch
        {
            "since" => """{"startDateTime":"2026-11-14T00:00:00Z","expiration":{"type":"noExpiration"}}""",
            "ended" => """{"startDateTime":"2026-10-01T00:00:00Z","expiration":{"type":"afterDateTime","endDateTime":"2026-11-16T00:00:00Z"}}""",
            _ => "null",
        };
        var (state, policy) = (what == "ended" ? "expired" : "delivered", what == "policy" ? "22" : "21");
        return $$"""
            {"@odata.context":"{{Context}}","value":[
             {"id":"00000000-0000-4000-8000-000000000030","state":"{{state}}","status":"Delivered","expiredDateTime":{{(what == "ended" ? "\"2026-11-16T00:00:00Z\"" : "null")}},"schedule":{{schedule}},
              "accessPackage":{"id":"{{Package}}","displayName":"Pack"},"assignmentPolicy":{"id":"00000000-0000-4000-8000-0000000000{{policy}}","displayName":"Policy {{policy}}"},
              "target":{"id":"00000000-0000-4000-8000-000000000003","objectId":"00000000-0000-4000-8000-000000000001","displayName":"Ada","subjectType":"user"} } ]}
            """;
    }

    private static DateTimeOffset Day(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
