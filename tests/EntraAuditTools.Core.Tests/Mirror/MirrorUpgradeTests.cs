using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;
using Xunit;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>Mirrors are derived anew from their originals: the same as a new import, whatever an older reader made of them.</summary>
public sealed class MirrorUpgradeTests
{
    /// <summary>What an older reader could have understood otherwise: all of it is derived, so none of it may be left.</summary>
    private const string Wrong = """
        UPDATE activity SET actor = 0, target = 0, target_count = 0, address = 0, tenant = 0, result = 0, property_set = 0; DELETE FROM activity_target;
        DELETE FROM entitlement_event; UPDATE provisioning SET source = 0, target = 0, initiator = 0; DELETE FROM provisioning_identity;
        UPDATE entity SET name = 'wrong', upn = NULL; DELETE FROM entity_link; UPDATE assignment SET package = 0, subject = 0;
        UPDATE entity_state SET facts = '{"name":"wrong"}' WHERE gone = 0;
        """;

    private static readonly DateTimeOffset October = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("azure-monitor")]
    [InlineData("directory")]
    [InlineData("entitlement")]
    [InlineData("graph")]
    [InlineData("portal")]
    [InlineData("powershell")]
    [InlineData("provisioning")]
    [InlineData("unified-audit")]
    public void Every_shape_is_derived_as_a_new_import_reads_it(string shape)
    {
        using var mirror = new TestMirror();
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path }, Exports(shape));
        var fresh = MirrorContent.Of(mirror.Path);
        Assert.NotEmpty(fresh);
        UpgradeSteps.Outdate(mirror.Path, Wrong);

        Assert.NotNull(UpgradeSteps.Run(mirror.Path));

        Assert.Equal(fresh, MirrorContent.Of(mirror.Path));
        Assert.Equal("ok", UpgradeSteps.Check(mirror.Path));
        Assert.Null(UpgradeSteps.Run(mirror.Path));
    }

    [Theory]
    [InlineData("azure-monitor")]
    [InlineData("directory")]
    [InlineData("entitlement")]
    [InlineData("portal")]
    [InlineData("powershell")]
    [InlineData("provisioning")]
    public void Imports_note_what_they_noted(string shape)
    {
        const string Notes = "SELECT import.id || ' ' || value FROM import, json_each(notes) ORDER BY 1";
        using var mirror = new TestMirror();
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path }, Exports(shape));
        var notes = OldMirror.Texts(mirror.Path, Notes);
        UpgradeSteps.Outdate(mirror.Path);
        UpgradeSteps.Run(mirror.Path);
        Assert.Equal(notes, OldMirror.Texts(mirror.Path, Notes));
    }

    [Fact]
    public void What_an_export_lacks_is_noted_where_an_older_version_did_not()
    {
        using var mirror = new TestMirror();
        mirror.ImportText("""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignments","value":[
              {"id":"00000000-0000-4000-8000-000000000001","state":"delivered","status":"Delivered","expiredDateTime":null,"schedule":{"startDateTime":"2026-01-01T00:00:00Z","expiration":{"type":"noExpiration"}}}]}
            """);
        UpgradeSteps.Outdate(mirror.Path, "UPDATE import SET notes = '[]'");
        UpgradeSteps.Run(mirror.Path);
        Assert.Contains("does not tell whose it is",
            Assert.Single(OldMirror.Texts(mirror.Path, "SELECT value FROM import, json_each(notes)")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("azure-monitor", 2)]
    [InlineData("directory", 2)]
    [InlineData("entitlement", 2)]
    [InlineData("graph", 1)]
    [InlineData("graph", 2)]
    [InlineData("portal", 2)]
    [InlineData("provisioning", 2)]
    [InlineData("unified-audit", 1)]
    public void So_is_a_mirror_of_before_contexts_and_times_of_files_were_kept(string shape, int schema)
    {
        using var mirror = new TestMirror();
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ObservedAt = October }, Exports(shape));
        var fresh = MirrorContent.Of(mirror.Path, UpgradeSteps.NotKept);
        OldMirror.Age(mirror, schema);

        Assert.NotNull(UpgradeSteps.Run(mirror.Path));

        Assert.Equal(fresh, MirrorContent.Of(mirror.Path, UpgradeSteps.NotKept));
    }

    [Fact]
    public void Imports_that_saw_records_again_still_did()
    {
        using var mirror = new TestMirror();
        string[] exports = [.. Exports("graph"), .. Exports("portal"), .. Exports("directory"), .. Exports("entitlement"), .. Exports("provisioning")];
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ObservedAt = October }, exports);
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ObservedAt = October.AddDays(9), Force = true,
            Tenant = "11111111-2222-3333-4444-555555555555" }, [.. Enumerable.Reverse(exports)]);
        // Which of several originals of a state was brought again is not kept but for the very same file.
        var fresh = MirrorContent.Of(mirror.Path);
        UpgradeSteps.Outdate(mirror.Path);
        UpgradeSteps.Run(mirror.Path);
        var after = MirrorContent.Of(mirror.Path);
        Assert.Equal(Different(fresh, after, "state"), []);
        Assert.InRange(fresh.Except(after).Count(), 0, 3);
    }

    [Fact]
    public void Two_equal_events_without_an_id_stay_two()
    {
        const string Header = "Date (UTC),CorrelationId,Service,Category,Activity,Result,ActorType,ActorDisplayName,Target1Type,Target1DisplayName";
        const string Row = "2026-10-02T08:00:00Z,00000000-0000-0000-0000-000000000001,Core Directory,UserManagement,Update user,success,User,Ada,User,Bob";
        using var mirror = new TestMirror();
        mirror.ImportText($"{Header}\n{Row}\n", "one.csv");
        mirror.ImportText($"{Header}\n{Row}\n{Row}\n", "two.csv");
        mirror.ImportText($"{Header}\n{Row}\n{Row}\n ,,,,,,,,,\n", "three.csv");
        var fresh = MirrorContent.Of(mirror.Path);
        Assert.Equal(2, mirror.Activities().Count);
        UpgradeSteps.Outdate(mirror.Path);
        UpgradeSteps.Run(mirror.Path);
        Assert.Equal(fresh, MirrorContent.Of(mirror.Path));
    }

    [Fact]
    public void What_complete_exports_lacked_stays_gone()
    {
        using var mirror = new TestMirror();
        static string Users(params int[] ids) =>
            $$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{{string.Join(',', ids.Select(id => $$"""{"id":"00000000-0000-4000-8000-00000000000{{id}}","displayName":"User {{id}}","userPrincipalName":"u{{id}}@x.example"}"""))}}]}""";
        static string Members(params int[] ids) =>
            $$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#directoryObjects","value":[{{string.Join(',', ids.Select(id => $$"""{"@odata.type":"#microsoft.graph.user","id":"00000000-0000-4000-8000-00000000000{{id}}","displayName":"User {{id}}"}"""))}}]}""";
        const string Group = "00000000-0000-4000-8000-000000000009";
        void Complete(int day, string text, string? group = null) =>
            mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Complete = true, ObservedAt = October.AddDays(day), Group = group },
                mirror.Write($"{day}-{group}.json", Encoding.UTF8.GetBytes(text)));
        Complete(1, Users(1, 2, 3));
        Complete(2, Members(1, 2), Group);
        Complete(5, Users(1, 3));
        Complete(6, Members(2), Group);
        Complete(9, Users(1));
        Complete(3, Users(2, 3));
        var fresh = MirrorContent.Of(mirror.Path);
        Assert.Contains(fresh, line => line.StartsWith("state: 10:", StringComparison.Ordinal) && line.Contains(" ; 1 ; {}", StringComparison.Ordinal));
        UpgradeSteps.Outdate(mirror.Path);

        UpgradeSteps.Run(mirror.Path);

        Assert.Equal(fresh, MirrorContent.Of(mirror.Path));
        // And what comes later is compared with them.
        Complete(4, Users(1, 2));
        using var other = new TestMirror();
        Assert.Contains(MirrorContent.Of(mirror.Path), line => line.StartsWith("complete: 10", StringComparison.Ordinal)
            && line.Contains($"{October.AddDays(4).UtcTicks}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reader_meanwhile_sees_the_old_mirror_or_the_new_one()
    {
        using var mirror = Outdated(300);
        using var reader = MirrorReader.Open(mirror.Path);
        using var transaction = reader.BeginRead();
        Assert.Equal(300, AuditActivityQuery.Run(reader, new()).Count(activity => activity.InitiatedBy?.UserPrincipalName == null));

        UpgradeSteps.Run(mirror.Path, step =>
        {
            using var other = MirrorReader.Open(mirror.Path);
            Assert.Equal(step == "swapped" ? 0 : 300, AuditActivityQuery.Run(other, new()).Count(activity => activity.InitiatedBy?.UserPrincipalName == null));
        });

        // The one that began before goes on with what it began with, to its end.
        Assert.Equal(300, AuditActivityQuery.Run(reader, new()).Count(activity => activity.InitiatedBy?.UserPrincipalName == null));
        using var later = MirrorReader.Open(mirror.Path);
        Assert.Equal(0, AuditActivityQuery.Run(later, new()).Count(activity => activity.InitiatedBy?.UserPrincipalName == null));
    }

    [Fact]
    public void Objects_that_were_read_before_find_their_originals_after()
    {
        using var mirror = Outdated(50);
        List<AuditActivity> before;
        using (var reader = MirrorReader.Open(mirror.Path)) before = [.. AuditActivityQuery.Run(reader, new())];
        UpgradeSteps.Run(mirror.Path);
        Assert.All(before, activity => Assert.Contains($"\"{activity.Id}\"", activity.GetOriginal(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_import_waits()
    {
        using var mirror = Outdated(10);
        using var stop = new CancellationTokenSource();
        UpgradeSteps.Run(mirror.Path, step =>
        {
            if (step != "swap") return;
            stop.CancelAfter(300);
            Assert.ThrowsAny<OperationCanceledException>(() => ImportSession.Open(new() { MirrorPath = mirror.Path }, stop.Token));
        });
        Assert.True(stop.IsCancellationRequested);
    }

    [Fact]
    public void It_stops_on_request_and_continues_later()
    {
        using var mirror = Outdated(10);
        mirror.ImportText(Event.All(new Event("x", "2026-10-05T08:00:00Z", "Add user")), "more.json");
        UpgradeSteps.Outdate(mirror.Path);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            MirrorUpgrade.Run(mirror.Path, new() { Step = step => Stop(step == "import 2", stop) }, _ => { }, stop.Token));
        Assert.True(File.Exists(mirror.Path + ".upgrade"));
        Assert.True(UpgradeSteps.Run(mirror.Path)!.Continued);
        Assert.False(File.Exists(mirror.Path + ".upgrade"));
    }

    [Fact]
    public void What_was_begun_for_another_state_of_the_mirror_is_begun_anew()
    {
        using var mirror = Outdated(10);
        Assert.Throws<AuditToolException>(() => UpgradeSteps.Run(mirror.Path, step => Throw(step == "compare")));
        // Another program, of an older version, imported meanwhile.
        OldMirror.Execute(mirror.Path,
            "INSERT INTO import (started, finished, status, source, kind, shape, tool_version, options) VALUES (1, 1, 'Imported', 'other', '', '', '0', '{}')");
        var update = UpgradeSteps.Run(mirror.Path)!;
        Assert.False(update.Continued);
        Assert.Equal(2, update.Imports);
    }

    [Fact]
    public void The_search_index_is_kept_up()
    {
        using var mirror = Outdated(10);
        Assert.True(ActivitySearchIndex.Ensure(mirror.Path, null, TestContext.Current.CancellationToken));
        UpgradeSteps.Run(mirror.Path);
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.True(ActivitySearchIndex.Exists(reader));
        Assert.Equal(10, AuditActivityQuery.Run(reader, new() { Search = "ada@x.example" }).Count());
    }

    [Fact]
    public void Dates_of_unknown_order_are_set_aside_until_it_is_given()
    {
        using var mirror = new TestMirror();
        const string Header = "Date (UTC),CorrelationId,Service,Category,Activity,Result";
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, DateFormat = "MonthFirst" },
            mirror.Write("dates.csv",
                Encoding.UTF8.GetBytes($"{Header}\n02/10/2026 08:00,,Core Directory,UserManagement,Update user,success\n03/11/2026 "
                    + $"08:00,,Core Directory,UserManagement,Add user,success\n")));
        // As the first version kept it, which read month first without a word.
        UpgradeSteps.Outdate(mirror.Path, "UPDATE import SET options = json_remove(options, '$.DateFormat')");
        var aside = UpgradeSteps.Run(mirror.Path)!;
        Assert.Contains("does not give away in which order", Assert.Single(aside.ImportAgain).Reason, StringComparison.Ordinal);
        Assert.Empty(mirror.Activities());
        Assert.Null(UpgradeSteps.Run(mirror.Path));

        Assert.NotNull(UpgradeSteps.Run(mirror.Path, dateFormat: "dd/MM/yyyy"));
        Assert.Equal([new DateTime(2026, 11, 3, 8, 0, 0), new DateTime(2026, 10, 2, 8, 0, 0)], mirror.Activities().Select(activity => activity.Time.UtcDateTime));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void What_an_hour_s_file_covers_is_decided_again_when_it_comes_again(bool isWhole, int expected)
    {
        using var mirror = new TestMirror();
        var folder = Directory.CreateDirectory(Path.Combine(mirror.Folder, "y=2026", "m=10", "d=05", "h=08", "m=00")).FullName;
        var file = Path.Combine(folder, "PT1H.json");
        using (var text = new MemoryStream())
        {
            using (var gzip = new System.IO.Compression.GZipStream(text, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
                gzip.Write(Encoding.UTF8.GetBytes(new Event("x", "2026-10-05T08:10:00Z", "Add user") + "\n"));
            // Without its trailer it may be cut off behind any record.
            File.WriteAllBytes(file, isWhole ? text.ToArray() : text.ToArray()[..^8]);
        }

        mirror.Import(file);
        UpgradeSteps.Outdate(mirror.Path,
            $"DELETE FROM coverage; INSERT INTO coverage VALUES (1, 'AuditActivity', 0, {October.UtcTicks}, {October.AddHours(1).UtcTicks}, 'hour folder', 1)");
        UpgradeSteps.Run(mirror.Path);
        Assert.Equal(["1"], OldMirror.Texts(mirror.Path, "SELECT import FROM coverage"));

        mirror.Import(file);
        Assert.Equal(Enumerable.Repeat("2", expected), OldMirror.Texts(mirror.Path, "SELECT import FROM coverage"));
    }

    [Fact]
    public void A_damaged_original_does_not_keep_anybody_from_importing()
    {
        using var mirror = Outdated(10);
        OldMirror.Execute(mirror.Path, "UPDATE block SET data = zeroblob(10)");
        Assert.Equal("MirrorDamaged", Assert.Throws<AuditToolException>(() => UpgradeSteps.Run(mirror.Path)).ErrorId);

        Assert.Equal(1, mirror.ImportText(Event.All(new Event("x", "2026-10-05T08:00:00Z", "Add user")), "more.json").Added);

        Assert.Contains(mirror.Notes, note => note.Contains("is damaged", StringComparison.Ordinal));
        Assert.Equal(["0", "1"], OldMirror.Texts(mirror.Path, "SELECT reader > 0 FROM import ORDER BY id"));
    }

    [Fact]
    public void A_mirror_without_imports_or_up_to_date_needs_nothing()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(new Event("x", "2026-10-05T08:00:00Z", "Add user")));
        Assert.Null(UpgradeSteps.Run(mirror.Path));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(mirror.Path)!, "*.bak"));
        var forced = UpgradeSteps.Run(mirror.Path, force: true)!;
        Assert.Equal((1, 1, 0), (forced.Imports, forced.Originals, forced.InitiatorsChanged + forced.TimesChanged + forced.TargetsChanged));
        Assert.Equal("MirrorNotFound", Assert.Throws<AuditToolException>(() => UpgradeSteps.Run(mirror.Path + "x")).ErrorId);
    }

    [Fact]
    public void A_record_that_cannot_be_read_any_more_is_rejected_once_and_its_original_kept()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(new("a", "2026-10-05T08:00:00Z", "Add user"), new("b", "2026-10-05T09:00:00Z", "Add user")));
        Spoil(mirror, "\"activityDateTime\":\"2026-10-05T09:00:00Z\"", "\"activityDateTime\":\"2026-10-05T99:00:00Z\"");
        UpgradeSteps.Outdate(mirror.Path);
        UpgradeSteps.Run(mirror.Path);
        UpgradeSteps.Run(mirror.Path, force: true);
        Assert.Equal(["a"], mirror.Activities().Select(activity => activity.Id));
        Assert.Contains("2026-10-05T99:00:00Z", Assert.Single(mirror.Rejected()).Text, StringComparison.Ordinal);
        Assert.Equal(["Partial 1"], OldMirror.Texts(mirror.Path, "SELECT status || ' ' || rejected FROM import"));
        Assert.Equal(["2"], OldMirror.Texts(mirror.Path, "SELECT sum(count) FROM block"));
    }

    /// <summary>The cases of issue 11 where they are at hand (beside the samples): what today's import makes of each comes out again.</summary>
    [Fact]
    public void The_cases_come_out_again()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("ENTRAAUDIT_SAMPLES") ?? string.Empty, "..", "cases");
        if (!Directory.Exists(folder)) Assert.Skip("ENTRAAUDIT_SAMPLES has no cases beside it");
        foreach (var file in Directory.GetFiles(folder, "*.*")
            .Concat(Directory.GetFiles(Path.Combine(folder, "robust"), "*.json*", SearchOption.AllDirectories))
            .Where(file => !file.EndsWith(".md", StringComparison.Ordinal)))
        {
            using var mirror = new TestMirror();
            mirror.Import(new ImportOptions { MirrorPath = mirror.Path, ObservedAt = October }, file);
            var fresh = MirrorContent.Of(mirror.Path);
            UpgradeSteps.Outdate(mirror.Path, Wrong);
            UpgradeSteps.Run(mirror.Path);
            Assert.Equal((file, string.Join('\n', fresh)), (file, string.Join('\n', MirrorContent.Of(mirror.Path))));
        }
    }

    /// <summary>Changes an original in its block, as if another reader had taken it for good.</summary>
    private static void Spoil(TestMirror mirror, string from, string to)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={mirror.Path};Pooling=False");
        connection.Open();
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT data, raw_length FROM block";
        byte[] raw;
        using (var row = read.ExecuteReader())
        {
            row.Read();
            raw = new byte[row.GetInt32(1)];
            System.IO.Compression.BrotliDecoder.TryDecompress((byte[])row.GetValue(0), raw, out _);
        }

        var text = Encoding.Latin1.GetString(raw);
        Assert.Contains(from, text, StringComparison.Ordinal);
        raw = Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        var packed = new byte[raw.Length + 1000];
        System.IO.Compression.BrotliEncoder.TryCompress(raw, packed, out var length);
        using var write = connection.CreateCommand();
        write.CommandText = "UPDATE block SET data = @data, raw_length = @length";
        write.Parameters.AddWithValue("@data", packed[..length]);
        write.Parameters.AddWithValue("@length", raw.Length);
        write.ExecuteNonQuery();
    }

    private static void Stop(bool isNow, CancellationTokenSource stop)
    {
        if (isNow) stop.Cancel();
    }

    private static void Throw(bool isNow)
    {
        if (isNow) throw new InvalidOperationException("stopped by a test");
    }

    private static List<string> Different(List<string> a, List<string> b, string but) =>
        [.. a.Except(b).Concat(b.Except(a)).Where(line => !line.StartsWith(but + ":", StringComparison.Ordinal))];

    private static TestMirror Outdated(int events)
    {
        var mirror = new TestMirror();
        mirror.ImportText(Event.All(
            [.. Enumerable.Range(0, events)
                .Select(i => new Event($"e{i}", $"2026-10-0{1 + (i % 9)}T08:{i % 60:00}:00Z", "Update user") { User = Event.Person("1", "ada@x.example") })]));
        UpgradeSteps.Outdate(mirror.Path, "UPDATE activity SET actor = 0");
        return mirror;
    }

    private static string[] Exports(string shape) =>
        [.. Directory.GetFiles(Path.Combine(Seeds.Folder, shape), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
