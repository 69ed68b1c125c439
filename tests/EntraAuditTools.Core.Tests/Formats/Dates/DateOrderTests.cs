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
    private const string Spanish = "Fecha (UTC),CorrelationId,Servicio,Categoría,Actividad,Resultado";
    private const string German = "Datum (UTC),CorrelationId,Dienst,Kategorie,Aktivität,Ergebnis";

    /// <summary>Why it is decided; the header; the dates, between bars; the times meant.</summary>
    public static TheoryData<string, string, string, string> Decided => new()
    {
        { "a part above 12 (issue 11, case 04)", PortalRows.English, "02/10/2026 08:01|13/10/2026 08:02|05/11/2026 09:03|30/09/2026 10:00",
            "2026-10-02T08:01|2026-10-13T08:02|2026-11-05T09:03|2026-09-30T10:00" },
        { "a part above 12, month first", PortalRows.English, "10/02/2026 08:01|10/13/2026 08:02", "2026-10-02T08:01|2026-10-13T08:02" },
        { "a part above 12 against AM and PM: en-AU", PortalRows.English, "2/10/2026 8:01:05 AM|13/10/2026 8:02:06 PM",
            "2026-10-02T08:01:05|2026-10-13T20:02:06" },
        { "AM and PM (FORMATS §0.4, unified log)", PortalRows.English, "5/8/2021 9:13:33 PM|5/9/2021 12:00:01 AM", "2021-05-08T21:13:33|2021-05-09T00:00:01" },
        { "AM and PM with a comma (Log Analytics portal)", PortalRows.English, "10/2/2026, 8:01:05.123 AM", "2026-10-02T08:01:05.123" },
        { "a zero before the second number alone: en-AU, en-NZ (CLDR)", PortalRows.English, "2/05/2026 20:01", "2026-05-02T20:01" },
        { "Spanish headers", Spanish, "02/10/2026 08:01", "2026-10-02T08:01" },
        { "Spanish headers, one-digit parts", Spanish, "2/10/2026 8:01:05", "2026-10-02T08:01:05" },
        { "Spanish a. m.", PortalRows.English, "2/10/2026 8:01:05 a. m.|2/10/2026 8:01:06 p. m.", "2026-10-02T08:01:05|2026-10-02T20:01:06" },
        { "German headers, dots", German, "02.10.2026 08:01:05", "2026-10-02T08:01:05" },
        { "dots: no country writes the month first with them (CLDR)", PortalRows.English, "05.11.2026 08:01:05", "2026-11-05T08:01:05" },
        { "dots and a part above 12", PortalRows.English, "13.10.2026 08:01:05|05.11.2026 08:01", "2026-10-13T08:01:05|2026-11-05T08:01" },
        { "dots in the time too: da, fi", German, "2.10.2026 8.01.05", "2026-10-02T08:01:05" },
        { "dashes and a part above 12: nl, en-IN", PortalRows.English, "02-10-2026 08:01|13-10-2026 08:02", "2026-10-02T08:01|2026-10-13T08:02" },
        { "an offset is taken off", PortalRows.English, "13/10/2026 08:01:05 +02:00|02/10/2026 00:30:00 +02:00", "2026-10-13T06:01:05|2026-10-01T22:30:00" },
        { "ISO rows among others", PortalRows.English, "2026-10-01T07:00:00Z|02/10/2026 08:01|13/10/2026 08:02",
            "2026-10-01T07:00|2026-10-02T08:01|2026-10-13T08:02" },
        { "in order under one reading only, ascending", PortalRows.English,
            "11/09/2026 08:00|12/09/2026 08:00|12/09/2026 09:00|01/10/2026 08:00|02/10/2026 08:00",
            "2026-09-11T08:00|2026-09-12T08:00|2026-09-12T09:00|2026-10-01T08:00|2026-10-02T08:00" },
        { "in order under one reading only, descending", PortalRows.English,
            "10/02/2026 08:00|10/01/2026 08:00|09/12/2026 09:00|09/12/2026 08:00|09/11/2026 08:00",
            "2026-10-02T08:00|2026-10-01T08:00|2026-09-12T09:00|2026-09-12T08:00|2026-09-11T08:00" },
        { "three rows in order that lie close together", PortalRows.English, "12/09/2026 08:00|01/10/2026 08:00|02/10/2026 08:00",
            "2026-09-12T08:00|2026-10-01T08:00|2026-10-02T08:00" },
        { "two digits of a year", PortalRows.English, "13/10/26 08:01|02/10/26 08:02", "2026-10-13T08:01|2026-10-02T08:02" },
        { "two digits of a year, month first", PortalRows.English, "10/13/26 8:01|10/2/26 8:02", "2026-10-13T08:01|2026-10-02T08:02" },
        { "two digits of a year in front", PortalRows.English, "26-10-02 08:01|26-10-13 08:02", "2026-10-02T08:01|2026-10-13T08:02" },
        { "the year in front is no question: ja, zh, hu, ko", PortalRows.English, "2026/10/2 8:01:05|2026. 10. 03. 8:01|2026/11/04",
            "2026-10-02T08:01:05|2026-10-03T08:01|2026-11-04T00:00" },
        { "day and month alike", PortalRows.English, "10/10/2026 08:01", "2026-10-10T08:01" },
        { "months in words: RFC 1123, en-GB, en-US", PortalRows.English,
            "Fri, 02 Oct 2026 08:01:05 GMT|2 October 2026 08:01|Oct 3, 2026, 8:01:05 PM|04-Oct-2026",
            "2026-10-02T08:01:05|2026-10-02T08:01|2026-10-03T20:01:05|2026-10-04T00:00" },
        { "another date column tells", PortalRows.English + ",Exported date", "02/10/2026 08:01\",a,b,c,d,e,\"31/10/2026", "2026-10-02T08:01" },
    };

    [Theory]
    [MemberData(nameof(Decided))]
    public void What_a_file_gives_away_decides(string why, string header, string dates, string expected)
    {
        using var mirror = new TestMirror();
        var csv = why == "another date column tells"
            ? $"{header}\r\n\"02/10/2026 08:01\",0,Core Directory,GroupManagement,Add member to group,success,31/10/2026\r\n"
            : PortalRows.Csv(dates.Split('|'), header);
        mirror.ImportText(csv, "AuditLogs.csv");
        Assert.True(mirror.Errors.Count == 0, why);
        Assert.Equal(Times(expected), mirror.Activities().OrderBy(a => a.CorrelationId).Select(a => a.Time));
    }

    /// <summary>Why nothing decides; the header; the dates.</summary>
    public static TheoryData<string, string, string> Open => new()
    {
        { "one row", PortalRows.English, "02/10/2026 08:01" },
        { "one row, no seconds, dashes", PortalRows.English, "02-10-2026 08:01" },
        { "one row with an offset", PortalRows.English, "02/10/2026 08:01:05 +00:00" },
        { "lower-case am: en-AU, en-IN and some tools of the United States", PortalRows.English, "2/10/2026 8:01:05 am" },
        { "in order under both readings", PortalRows.English, "01/10/2026 08:00|02/10/2026 08:00|03/10/2026 08:00|04/10/2026 08:00|05/10/2026 08:00" },
        { "in order under neither", PortalRows.English, "05/10/2026 08:00|02/09/2026 08:00|03/10/2026 08:00|01/11/2026 08:00|04/09/2026 08:00" },
        { "in order by chance: three rows", PortalRows.English, "10/02/2026 08:00|05/06/2026 08:00|08/11/2026 08:00" },
        { "AM and PM against the rows' order", PortalRows.English,
            "11/9/2026 8:00:00 AM|12/9/2026 8:00:00 AM|1/10/2026 8:00:00 AM|2/10/2026 8:00:00 AM|3/10/2026 8:00:00 AM" },
        { "AM and PM against a zero before the second number alone: en-AU", PortalRows.English, "2/05/2026 8:01:05 AM" },
        { "AM and PM against the headers", Spanish, "2/10/2026 8:01:05 AM" },
        { "two digits of a year", PortalRows.English, "02/10/26 08:01" },
        { "two digits, dashes: which is the year?", PortalRows.English, "26-10-16 08:01" },
    };

    [Theory]
    [MemberData(nameof(Open))]
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
        // The date that tells comes behind the first 64 KB.
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
        var filter = new AccessPackageAssignmentFilter();
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
