using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Questions;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>On one server.</summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed class ServerLogsTests(ServerLogsTests.OnOne sample) : LogsThereTests(sample), IClassFixture<ServerLogsTests.OnOne>
{
    /// <inheritdoc/>
    public sealed class OnOne : Sample
    {
        private protected override string NewDatabase() => PostgreSqlCluster.Get().NewDatabase();

        internal override object? Execute(ServerAddress server, string sql) => PostgreSqlCluster.Get().Execute(server, sql);
    }
}

/// <summary>On several.</summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed class SpreadLogsTests(SpreadLogsTests.OnSeveral sample) : LogsThereTests(sample), IClassFixture<SpreadLogsTests.OnSeveral>
{
    [Fact]
    public void Each_node_has_a_part_of_every_log_and_works()
    {
        var (whole, _) = sample.Get();
        var cluster = CitusCluster.Get();
        foreach (var table in new[] { "activity", "activity_target", "provisioning", "block" })
        {
            var nodes = (long)cluster.Execute(whole.Server, "SELECT count(DISTINCT nodeport) FROM citus_shards WHERE table_name = "
                + $"'entra_audit.{table}'::regclass AND shard_size > 0")!;
            Assert.Equal(2, nodes);
        }

        var plan = (string)cluster.Execute(whole.Server, """
            CREATE TEMP TABLE plans (line text); DO $do$ DECLARE line text; BEGIN FOR line IN EXPLAIN SELECT kind, count(*) FROM entra_audit.activity
            GROUP BY kind LOOP INSERT INTO plans VALUES (line); END LOOP; END $do$; SELECT string_agg(line, E'\n') FROM plans
            """)!;
        Assert.Contains("Task Count: 8", plan, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public sealed class OnSeveral : Sample
    {
        private protected override string NewDatabase() => CitusCluster.Get().NewDatabase();

        internal override object? Execute(ServerAddress server, string sql) => CitusCluster.Get().Execute(server, sql);
    }
}

/// <summary>Logs that are asked on the server answer as a whole copy does, and what needs a whole copy never answers with nothing.</summary>
public abstract class LogsThereTests(LogsThereTests.Sample sample)
{
    private static string[] Exports => [.. Directory.GetFiles(Seeds.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_filter_of_activities_finds_there_what_it_finds_here()
    {
        var (whole, other) = sample.Get();
        using var here = MirrorReader.Open(whole.Copy);
        using var there = Open(other);
        Assert.NotNull(there.Light);

        var all = AuditActivityQuery.Run(here, new()).ToList();
        var filters = Filters(all).ToList();
        Assert.All(filters, filter =>
        {
            var found = AuditActivityQuery.Run(there, filter).Select(Words).ToList();
            Assert.Equal(AuditActivityQuery.Run(here, filter).Select(Words), found);
            Assert.Equal(AuditActivityQuery.Count(here, filter), AuditActivityQuery.Count(there, filter));
        });
        Assert.True(filters.Count > 100);
        Assert.True(filters.Sum(filter => AuditActivityQuery.Count(there, filter)) > 5_000);
    }

    [Fact]
    public void Details_originals_and_evidence_are_those_of_a_whole_copy()
    {
        var (whole, other) = sample.Get();
        using var here = MirrorReader.Open(whole.Copy);
        using var there = Open(other);

        Assert.Equal(Texts(AuditActivityQuery.Run(here, new())), Texts(AuditActivityQuery.Run(there, new())));
        Assert.Equal(Texts(ProvisioningLogQuery.Run(here, new())), Texts(ProvisioningLogQuery.Run(there, new())));

        static List<string> Texts<T>(IEnumerable<T> found) =>
            [.. found.Where((_, i) => i % 3 == 0).Take(300).Select(record => JsonSerializer.Serialize(record))];
    }

    /// <summary>The words of a question's input: one for each row of this.</summary>
    public static TheoryData<string, string> Inputs => new()
    {
        { "Measure-AuditActivity", "By=Actor" }, { "Measure-AuditActivity", "By=Target" }, { "Measure-AuditActivity", "By=Day,Result" },
        { "Measure-AuditActivity", "By=Service,Category,Activity,OperationType" }, { "Measure-AuditActivity", "By=IPAddress,Tenant,Origin" },
        { "Measure-AuditActivity", "By=Hour;Last=20d" }, { "Measure-AuditActivity", "By=Week,Target;Result=failure" },
        { "Measure-AuditActivity", "By=Year,Month,DayOfWeek,HourOfDay;Category=*Role*" },
        { "Measure-AuditActivity", "By=Actor;Activity=no such thing" }, { "Measure-AuditActivity", "By=Actor;Result=timeout" },
        { "Get-AuditActivity", "Activity=Ad member to role" }, { "Get-AuditActivity", "Tenant=nobody" }, { "Get-AuditActivity", "Tenant=*;Last=20d" },
        { "Get-AuditActivity", "Last=300d" }, { "Get-AuditActivity", "InitiatedBy=*a*;Target=*a*" }, { "Get-AuditActivity", "ImportId=2" },
        { "Get-ProvisioningLog", "" }, { "Get-ProvisioningLog", "Status=failure;Last=90d" }, { "Get-ProvisioningLog", "Identity=*ka*" },
        { "Get-ProvisioningLog", "Application=Ledgerline;Action=create" }, { "Get-ProvisioningLog", "ErrorCode=*;Tenant=*" },
        { "Get-ProvisioningLog", "ImportId=5,6,7,8,9,10,11,12" }, { "Get-ProvisioningLog", "ImportedAfter=2000-01-01" },
        { "Get-AuditCoverage", "" }, { "Get-AuditCoverage", "Last=90d" }, { "Get-AuditCoverage", "Kind=Prov*" },
        { "Get-AuditImport", "" }, { "Get-AuditImport", "Rejected" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Questions_are_answered_and_warned_of_alike(string cmdlet, string words)
    {
        var (whole, other) = sample.Get();
        var question = AllQuestions.List.Single(known => known.Cmdlet == cmdlet);
        using var here = MirrorReader.Open(whole.Copy);
        using var there = Open(other);
        var input = Input(question, words);
        Assert.True(question.AsksLogsThere(input));

        var found = question.Answer(there, input).Select(record => JsonSerializer.Serialize(record, record.GetType())).ToList();
        Assert.Equal(question.Answer(here, input).Select(record => JsonSerializer.Serialize(record, record.GetType())), found);
        Assert.Equal(question.Warnings(here, input), question.Warnings(there, input));
        Assert.Equal(question.CountOf(here, input), question.CountOf(there, input));
    }

    [Fact]
    public void Ids_with_wildcards_are_found_in_whatever_case()
    {
        var (whole, other) = sample.Get();
        using var here = MirrorReader.Open(whole.Copy);
        using var there = Open(other);
        var ids = AuditActivityQuery.Run(here, new() { First = 12 }).SelectMany(found => new[] { found.Id!, found.CorrelationId! }).ToList();
        foreach (var pattern in ids.SelectMany(id => new[] { id[..9].ToUpperInvariant() + "*", "*" + id[^7..], id[..4] + "?" + id[5..], "[a-f]*" + id[^3..] }))
        {
            foreach (var filter in new AuditActivityFilter[] { new() { Id = [pattern] }, new() { CorrelationId = [pattern, "x.+(y"] } })
                Assert.Equal(AuditActivityQuery.Run(here, filter).Select(Words), AuditActivityQuery.Run(there, filter).Select(Words));
        }

        var changes = ProvisioningLogQuery.Run(here, new() { First = 6 }).ToList();
        Assert.All(changes, entry =>
        {
            var filter = new ProvisioningLogFilter { ChangeId = [entry.ChangeId![..5] + "*", entry.ChangeId], CycleId = ["*" + entry.CycleId![^4..]] };
            Assert.Equal(ProvisioningLogQuery.Run(here, filter).Select(found => found.Id), ProvisioningLogQuery.Run(there, filter).Select(found => found.Id));
        });
    }

    [Fact]
    public void What_needs_a_whole_copy_is_an_error_in_one_without_logs()
    {
        var (whole, other) = sample.Get();
        using var there = Open(other);
        foreach (var sql in new[]
        {
            "SELECT count(*) FROM activity", "SELECT 1 FROM provisioning", "SELECT data FROM block LIMIT 1", "SELECT 1 FROM activity_target",
        })
            Assert.Equal("MirrorIsPart", Assert.Throws<AuditToolException>(() => there.Query(sql, row => row.GetValue(0)).ToList()).ErrorId);
        var error = Assert.Throws<AuditToolException>(() => AuditActivityTypeQuery.Run(there, null, null, null, false, false).ToList());
        Assert.Equal("MirrorIsPart", error.ErrorId);
        Assert.Contains("logs are on the server", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-AuditActivity", "Activity", "add mem", "Add member to group")]
    [InlineData("Get-AuditActivity", "Result", "fail", "failure")]
    [InlineData("Get-AuditActivity", "InitiatedBy", "adele", "adele.abadi@harborline.example")]
    [InlineData("Get-ProvisioningLog", "Application", "ledg", "Ledgerline")]
    public void Words_and_names_complete_without_the_logs(string cmdlet, string field, string typed, string expected)
    {
        var (_, other) = sample.Get();
        Open(other).Dispose();
        using var there = MirrorReader.Open(other.Location.Here!);
        var question = AllQuestions.List.Single(known => known.Cmdlet == cmdlet);
        var request = new CompletionRequest(there, cmdlet, typed, _ => null);
        Assert.Contains(expected, FieldCompletion.Run(question, question.Field(field)!, request).Select(value => value.Text));
    }

    [Fact]
    public void A_file_without_logs_is_none_that_somebody_can_name()
    {
        var (_, other) = sample.Get();
        var path = other.Location.RefreshForLogs(null, CancellationToken.None).Path;
        var elsewhere = Path.ChangeExtension(path, "moved");
        File.Copy(path, elsewhere);

        var error = Assert.Throws<AuditToolException>(() => MirrorReader.Open(elsewhere));
        Assert.Equal("MirrorIsPart", error.ErrorId);
        using var file = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={elsewhere};Pooling=False");
        file.Open();
        using var held = new Statement(file, "SELECT (SELECT count(*) FROM activity), (SELECT sum(length(data)) FROM block), (SELECT count(*) FROM import)");
        Assert.True(held.Step());
        Assert.Equal((0, 0), (held.Number(0), held.Number(1)));
        Assert.True(held.Number(2) > 0);
    }

    [Fact]
    public void What_is_imported_and_removed_meanwhile_is_seen()
    {
        using var whole = sample.New(out var name);
        whole.Import(Exports[..20]);
        whole.Initialize([], [], asksLogs: true);
        using var other = new TeamMirror(name);
        using var there = Open(other);
        var before = AuditActivityQuery.Count(there, new());
        whole.Import(Exports[20..]);

        // Asked through what was opened before: names and words that came since are known.
        using var here = MirrorReader.Open(whole.Copy);
        Assert.Equal(AuditActivityQuery.Run(here, new()).Select(Words), AuditActivityQuery.Run(there, new()).Select(Words));
        Assert.True(AuditActivityQuery.Count(there, new()) > before);

        var options = new Core.Upkeep.Removal.RemovalOptions(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), Core.Mirror.Tables.LogTable.All)
            { Server = whole.Server };
        Core.Upkeep.Removal.RecordRemoval.Run(whole.Copy, options, _ => { }, CancellationToken.None);
        using var after = MirrorReader.Open(whole.Copy);
        Assert.Equal(AuditActivityQuery.Run(after, new()).Select(Words), AuditActivityQuery.Run(there, new()).Select(Words));
    }

    [Fact]
    public void Whoever_stops_in_the_middle_waits_for_nothing_and_asks_on()
    {
        var (whole, other) = sample.Get();
        using var there = Open(other);
        for (var i = 0; i < 30; i++) Assert.Equal(3, AuditActivityQuery.Run(there, new()).Take(3).Count());
        var (running, seen) = (AuditActivityQuery.Run(there, new()), 0);
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in running)
            {
                if (++seen == 5) there.Interrupt();
            }
        });
        Assert.True(seen < 200);
    }

    [Fact]
    public void Made_again_all_stays_as_it_was()
    {
        var (whole, other) = sample.Get();
        const string Sql = "SELECT string_agg(indexname, ',' ORDER BY indexname) FROM pg_indexes WHERE schemaname = 'entra_audit'";
        var before = (string)sample.Execute(whole.Server, Sql)!;
        Assert.Contains("activity_actor,", before, StringComparison.Ordinal);
        whole.Initialize([], [], asksLogs: true);
        Assert.Equal(before, sample.Execute(whole.Server, Sql));
        var info = MirrorInfoQuery.Run(other.Location);
        Assert.EndsWith(".light.db", info.Path, StringComparison.Ordinal);
        Assert.Equal(MirrorInfoQuery.Run(whole.Location).Activities, info.Activities);
        Assert.Equal(MirrorInfoQuery.Run(whole.Location).FirstTime, info.FirstTime);
    }

    private static IEnumerable<AuditActivityFilter> Filters(List<AuditActivity> all)
    {
        yield return new();
        yield return new() { First = 7, Skip = 3 };
        yield return new() { Skip = 30 };
        yield return new() { Origin = ["UnifiedAudit"] };
        yield return new() { ImportId = [1, 3] };
        yield return new() { ImportedAfter = DateTimeOffset.UnixEpoch };
        yield return new() { Result = ["fail*"], Service = ["Core*", "PIM"] };
        yield return new() { Property = ["*Role*"] };
        yield return new() { InitiatedBy = [.. all.Select(one => one.InitiatedBy.ToString()).Distinct().Where(name => name.Length > 0)] };
        foreach (var one in all.Where((_, i) => i % 41 == 0))
        {
            yield return new() { Id = [one.Id!] };
            yield return new() { Activity = [one.Activity!], First = 5 };
            yield return new() { Activity = ["*member*", one.Activity!], Category = [one.Category!] };
            yield return new() { CorrelationId = [one.CorrelationId!, all[0].CorrelationId!] };
            yield return new() { After = one.Time.AddHours(-3), Before = one.Time.AddHours(5) };
            yield return new() { Service = [one.Service!], Result = [one.Result!], Before = one.Time, First = 9 };
            yield return new() { Tenant = [one.TenantId ?? "Unknown"], After = one.Time, First = 9 };
            if (one.InitiatedBy.ToString() is { Length: > 0 } actor)
            {
                yield return new() { InitiatedBy = [actor] };
                yield return new() { Involving = [actor, "*admin*"], After = one.Time.AddDays(-3) };
            }

            if (one.InitiatedBy.IPAddress is { } address) yield return new() { IPAddress = [address] };
            if (one.TargetSummary is not { } target) continue;
            yield return new() { Target = [target], Before = one.Time.AddDays(3) };
            yield return new() { Target = [target], InitiatedBy = [one.InitiatedBy.ToString()], First = 4 };
        }
    }

    private static string Words(AuditActivity found) => string.Join(" | ", found.Time.UtcTicks, found.Service, found.Category, found.Activity,
        found.OperationType, found.Result, found.InitiatedBy, found.InitiatedBy.IPAddress, found.TargetSummary, found.TargetCount,
        found.TenantId, found.Origin, found.CorrelationId, found.Id);

    private static QuestionInput Input(Question question, string words)
    {
        var input = new QuestionInput();
        foreach (var part in words.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=') is [var field, var text] ? (field, text) : (part, null);
            var declared = question.Field(name)!;
            if (value == null) input.Set(name, isThere: true);
            else if (declared.IsTime) input.Set(name, DateTimeOffset.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
            else if (declared.IsNumber) input.Set(name, [.. value.Split(',').Select(long.Parse)]);
            else input.Set(name, value.Split(','), value.Split(','));
        }

        question.Prepare(input);
        return input;
    }

    private static MirrorReader Open(TeamMirror who) => MirrorReader.Open(who.Location.RefreshForLogs(null, CancellationToken.None).Path);

    /// <summary>The sample tenant on a server that is asked for its logs: whoever imported it, with a whole copy, and somebody without.</summary>
    public abstract class Sample : IDisposable
    {
        private TeamMirror? whole;
        private TeamMirror? other;

        private protected abstract string NewDatabase();

        internal abstract object? Execute(ServerAddress server, string sql);

        internal TeamMirror New(out string name) => new(name = NewDatabase());

        internal (TeamMirror Whole, TeamMirror Other) Get()
        {
            if (whole == null)
            {
                whole = New(out var name);
                whole.Import(Exports);
                whole.Initialize([], [], asksLogs: true);
                other = new TeamMirror(name);
            }

            return (whole, other!);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            whole?.Dispose();
            other?.Dispose();
            GC.SuppressFinalize(this);
        }
    }
}
