using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Formats.Dates;

/// <summary>In which order a file writes day and month: decided by what it gives away, refused when it gives nothing away.</summary>
public sealed class DateOrderTests
{
    [Theory]
    [MemberData(nameof(DateOrderCases.Decided), MemberType = typeof(DateOrderCases))]
    public void What_a_file_gives_away_decides(string why, string header, string dates, string expected)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(PortalRows.Csv(dates.Split('|'), header), "AuditLogs.csv");
        Assert.True(mirror.Errors.Count == 0, why);
        Assert.Equal(Times(expected), mirror.Activities().OrderBy(a => a.CorrelationId).Select(a => a.Time));
    }

    [Theory]
    [MemberData(nameof(DateOrderCases.Open), MemberType = typeof(DateOrderCases))]
    public void A_file_that_gives_nothing_away_is_refused_alone(string why, string header, string dates)
    {
        using var mirror = new TestMirror();
        var doubtful = mirror.Write("doubtful.csv", Encoding.UTF8.GetBytes(PortalRows.Csv(dates.Split('|'), header)));
        var json = mirror.Write("doubtful.jsonl", Encoding.UTF8.GetBytes(PortalRows.Json(dates.Split('|'))));
        var good = mirror.Write("good.json", Encoding.UTF8.GetBytes(Records.Graph("Directory_a_1")));
        var results = header == PortalRows.English ? mirror.Import(doubtful, json, good) : mirror.Import(doubtful, good);
        Assert.True(results.Count == 1, why);
        Assert.All(mirror.Errors, error => Assert.Equal("DateOrderUnknown", error.ErrorId));
        Assert.Equal(header == PortalRows.English ? 2 : 1, mirror.Errors.Count);
        Assert.Contains("-DateFormat", mirror.Errors[0].RecommendedAction, StringComparison.Ordinal);
        Assert.Single(mirror.Activities());
        Assert.Empty(mirror.Rejected());
    }

    [Fact]
    public void A_column_of_dates_that_are_not_read_is_evidence_too()
    {
        using var mirror = new TestMirror();
        const string Row = "02/10/2026 08:01,0,Core Directory,GroupManagement,Add group,success,31/10/2026";
        mirror.ImportText($"{PortalRows.English},Exported date\r\n{Row}\r\n", "AuditLogs.csv");
        Assert.Equal(Times("2026-10-02T08:01"), mirror.Activities().Select(activity => activity.Time));
    }

    [Theory]
    [InlineData("dd/MM/yyyy", "02/10/2026 08:01", "2026-10-02T08:01")]
    [InlineData("DD/MM/YYYY", "02/10/2026 08:01", "2026-10-02T08:01")]
    [InlineData("dd/mm/yyyy", "02-10-2026 08:01", "2026-10-02T08:01")]
    [InlineData("DayFirst", "02/10/2026 08:01", "2026-10-02T08:01")]
    [InlineData("dayfirst", "2/10/26 8:01 am", "2026-10-02T08:01")]
    [InlineData("MM/dd/yyyy", "02/10/2026 08:01", "2026-02-10T08:01")]
    [InlineData("MonthFirst", "02.10.2026 08:01", "2026-02-10T08:01")]
    [InlineData("M/d/yy h:mm tt", "2/10/26 8:01 PM", "2026-02-10T20:01")]
    [InlineData("YearFirst", "26-10-16 08:01", "2026-10-16T08:01")]
    [InlineData("yyyy-dd-MM HH:mm", "2026-02-10 08:01", "2026-10-02T08:01")]
    [InlineData("dd.MM.yyyy 'um' HH:mm", "02.10.2026 um 08:01", "2026-10-02T08:01")]
    [InlineData("DayFirst", "2026-02-10T08:01:00Z", "2026-02-10T08:01")]
    public void What_the_admin_says_decides_and_is_kept(string format, string date, string expected)
    {
        using var mirror = new TestMirror();
        var options = new ImportOptions { MirrorPath = mirror.Path, DateFormat = format };
        mirror.Import(options, mirror.Write("a.csv", Encoding.UTF8.GetBytes(PortalRows.Csv([date]))),
            mirror.Write("b.jsonl", Encoding.UTF8.GetBytes(PortalRows.Json([date]))));
        Assert.Empty(mirror.Errors);
        Assert.Equal(Times(expected).Single(), Assert.Single(mirror.Activities()).Time);
        Assert.Contains($"\"DateFormat\":{System.Text.Json.JsonSerializer.Serialize(options.DateFormat)}", KeptOptions(mirror), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HH:mm")]
    [InlineData("english")]
    [InlineData("g")]
    [InlineData("MM/yyyy")]
    public void What_is_no_format_is_refused(string format) =>
        Assert.Equal("DateFormatInvalid", Assert.Throws<AuditToolException>(() => new ImportOptions { MirrorPath = "x", DateFormat = format }).ErrorId);

    [Fact]
    public void What_was_found_is_kept_with_the_import()
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(PortalRows.Csv(["02/10/2026 08:01", "13/10/2026 08:02"]), "AuditLogs.csv");
        Assert.Contains("\"DateFormat\":\"DayFirst\"", KeptOptions(mirror), StringComparison.Ordinal);
        Assert.Contains(result.Notes, note => note.Contains("13/10/2026 08:02", StringComparison.Ordinal)
            && note.Contains("day first", StringComparison.Ordinal));
    }

    [Fact]
    public void Dates_of_both_orders_are_refused_and_then_rejected_as_the_admin_says()
    {
        using var mirror = new TestMirror();
        var file = mirror.Write("mixed.csv", Encoding.UTF8.GetBytes(PortalRows.Csv(["13/10/2026 08:01", "10/14/2026 08:02", "02/10/2026 08:03"])));
        Assert.Empty(mirror.Import(file));
        var error = Assert.Single(mirror.Errors);
        Assert.Equal("DateOrderConflict", error.ErrorId);
        Assert.Contains("13/10/2026", error.Message, StringComparison.Ordinal);
        Assert.Contains("10/14/2026", error.Message, StringComparison.Ordinal);
        var result = mirror.Import(new ImportOptions { MirrorPath = mirror.Path, DateFormat = "DayFirst" }, file).Single();
        Assert.Equal((2L, 1L), (result.Added, result.Rejected));
        Assert.Contains("DayFirst", Assert.Single(mirror.Rejected()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_the_unified_log_has_its_time_inside()
    {
        using var mirror = new TestMirror();
        const string Data = "{\"CreationTime\":\"2021-05-08T21:13:33\",\"Id\":\"77777777-0000-0000-0000-000000000003\",\"Operation\":\"Add user.\",\"RecordType\":8,\"Workload\":\"AzureActiveDirectory\"}";
        var row = new { CreationDate = "08/05/2021 21:13:33", UserIds = "ada@contoso.com", Operations = "Add user.", AuditData = Data };
        mirror.ImportText(System.Text.Json.JsonSerializer.Serialize(row));
        mirror.ImportText($"CreationDate,UserIds,Operations,AuditData\r\n08/05/2021 21:13:33,ada@contoso.com,Add "
            + $"user.,\"{Data.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n", "log.csv");
        Assert.Empty(mirror.Errors);
        Assert.Equal(new DateTimeOffset(2021, 5, 8, 21, 13, 33, TimeSpan.Zero), Assert.Single(mirror.Activities()).Time);
    }

    [Fact]
    public void What_comes_from_a_pipeline_is_read_ahead_until_it_is_decided()
    {
        using var mirror = new TestMirror();
        using var session = ImportSession.Open(new ImportOptions { MirrorPath = mirror.Path }, CancellationToken.None);
        using var pipe = session.OpenPipe("pipeline", _ => { }, CancellationToken.None);
        // The date that decides comes after the first 64 KB.
        pipe.Write(Encoding.UTF8.GetBytes(PortalRows.Json(Enumerable.Range(0, 1000).Select(i => $"02/10/2026 08:{i % 60:00}").Append("13/10/2026 09:00"))));
        Assert.Equal(1001, pipe.Complete().Added);
        session.Complete();
        Assert.Equal(new DateTimeOffset(2026, 10, 13, 9, 0, 0, TimeSpan.Zero), mirror.Activities()[0].Time);
        Assert.All(mirror.Activities(), activity => Assert.Equal(10, activity.Time.Month));
    }

    [Fact]
    public void A_doubtful_record_behind_others_is_rejected_with_the_question()
    {
        using var mirror = new TestMirror();
        var text = PortalRows.Json(Enumerable.Range(0, 1000).Select(i => $"2026-10-02T08:{i % 60:00}:00Z").Append("02/10/2026 09:00"));
        var result = mirror.ImportText(text, "log.jsonl");
        Assert.Equal((1000L, 1L), (result.Added, result.Rejected));
        Assert.Contains("-DateFormat", Assert.Single(mirror.Rejected()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_of_entitlement_management_keep_their_days()
    {
        using var mirror = new TestMirror();
        const string Csv = "Name,User principal name,Policy,State,Start date,End date\r\nBo,bo@contoso.com,All,Delivered,02/10/2026,31/12/2026\r\n";
        var result = mirror.Import(new ImportOptions { MirrorPath = mirror.Path, AccessPackage = "Pack" },
            mirror.Write("assignments.csv", Encoding.UTF8.GetBytes(Csv))).Single();
        Assert.Empty(mirror.Errors);
        Assert.Equal(1, result.Added);
        using var reader = MirrorReader.Open(mirror.Path);
        var filter = new AccessPackageAssignmentFilter { AsOf = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero) };
        var assignment = Assert.Single(AccessPackageAssignmentQuery.Run(reader, filter));
        Assert.Equal(new DateTimeOffset(2026, 10, 2, 0, 0, 0, TimeSpan.Zero), assignment.Start);
        Assert.Equal(new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero), assignment.End);
    }

    /// <summary>Ways in which programs and countries write a time (.NET's cultures and custom formats).</summary>
    private static readonly string[] Spellings =
    [
        "dd/MM/yyyy HH:mm:ss", "d/M/yyyy H:mm:ss", "MM/dd/yyyy HH:mm:ss", "M/d/yyyy h:mm:ss tt", "M/d/yyyy H:mm:ss", "dd.MM.yyyy HH:mm:ss",
        "d.M.yyyy H.mm.ss", "dd-MM-yyyy HH:mm:ss",
        "dd/MM/yyyy, HH:mm:ss", "M/d/yyyy, h:mm:ss tt", "d/M/yy H:mm:ss", "M/d/yy H:mm:ss", "yyyy/MM/dd HH:mm:ss", "yyyy-MM-dd H:mm:ss",
        "yyyy. M. d. H:mm:ss", "d MMM yyyy HH:mm:ss", "MMMM d, yyyy h:mm:ss tt", "R", "s", "u", "o", "yyyyMMddHHmmss", "yy-MM-dd HH:mm:ss",
    ];

    [Fact]
    public void A_time_is_the_same_instant_in_every_spelling_or_refused()
    {
        var random = new Random(11);
        var read = 0;
        foreach (var spelling in Spellings)
        {
            for (var round = 0; round < 7; round++)
            {
                // Some of a span, in order as exports are; some of a few hours.
                var begin = new DateTime(2026, 1 + random.Next(10), 1 + random.Next(28), 0, 0, 0, DateTimeKind.Utc);
                var hours = round % 3 == 0 ? 5 : 24 * (1 + random.Next(60));
                var times = Enumerable.Range(0, 1 + random.Next(12)).Select(_ => begin.AddSeconds(random.Next(hours * 3600))).Order().ToArray();
                using var mirror = new TestMirror();
                mirror.Import(mirror.Write("x.csv",
                    Encoding.UTF8.GetBytes(PortalRows.Csv(times.Select(t => t.ToString(spelling, CultureInfo.InvariantCulture))))));
                if (mirror.Errors.Count > 0)
                {
                    Assert.Equal("DateOrderUnknown", mirror.Errors.Single().ErrorId);
                    continue;
                }

                read++;
                Assert.Equal(times, mirror.Activities().OrderBy(a => a.CorrelationId).Select(a => a.Time.UtcDateTime));
            }
        }

        Assert.True(read > Spellings.Length * 5, $"{read} were read");
    }

    private static IEnumerable<DateTimeOffset> Times(string expected) =>
        expected.Split('|').Select(t => DateTimeOffset.Parse(t, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private static string KeptOptions(TestMirror mirror)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        var sql = new SqlText();
        sql.Add("SELECT options FROM import");
        return string.Join('\n', reader.Query(sql, row => row.GetString(0)).ToList());
    }
}
