using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Upkeep.Checking;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>An import on a machine that has no copy of the logs writes, row for row, what one into a file would.</summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed class ImportWithoutLogsTests
{
    private static string[] Exports => [.. Directory.GetFiles(Seeds.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(9, 1)]
    public void The_sample_tenant_is_what_it_is_in_a_file(int filesAnImport, int seed)
    {
        var files = Exports;
        if (seed > 0) new Random(seed).Shuffle(files);
        using var file = new TestMirror();
        using var importer = New(out var name);
        foreach (var part in files.Chunk(filesAnImport))
        {
            file.Import(part);
            importer.Import(part);
            AssertLight(importer);
        }

        Assert.Empty(importer.Errors);
        Assert.False(File.Exists(importer.Copy));
        using var other = new TeamMirror(name);
        Assert.Equal(MirrorContent.Of(file.Path), other.Content());
        Assert.Equal(Comparable(MirrorRows.Of(file.Path)), Comparable(other.Rows()));
        Assert.Equal(Problems(file.Path), Problems(other.Copy));

        static IEnumerable<string> Problems(string path) =>
            MirrorCheck.Run(path, new(null, false), _ => { }, CancellationToken.None).Problems.Select(problem => problem.Message);
    }

    [Fact]
    public void The_sample_tenant_is_what_it_is_in_a_file_also_where_logs_are_spread()
    {
        using var file = new TestMirror();
        var name = CitusCluster.Get().NewDatabase();
        using var importer = new TeamMirror(name);
        importer.Initialize([], [], asksLogs: true);
        foreach (var part in Exports.Chunk(20))
        {
            file.Import(part);
            importer.Import(part);
        }

        importer.Import(new ImportOptions { MirrorPath = importer.Copy, Server = importer.Server, Force = true }, Exports[..8]);
        file.Import(new ImportOptions { MirrorPath = file.Path, Force = true }, Exports[..8]);
        using var other = new TeamMirror(name);
        Assert.Equal(MirrorContent.Of(file.Path), other.Content());
        Assert.Equal(Comparable(MirrorRows.Of(file.Path)), Comparable(other.Rows()));
        Assert.Empty(MirrorCheck.Run(other.Copy, new(null, false), _ => { }, CancellationToken.None).Problems);
    }

    [Fact]
    public void The_same_files_again_add_nothing()
    {
        using var importer = New(out var name);
        importer.Import(Exports);
        using var before = new TeamMirror(name);
        var content = before.Content();

        var again = importer.Import(new ImportOptions { MirrorPath = importer.Copy, Server = importer.Server, Force = true }, Exports);

        Assert.All(again, result => Assert.Equal(0, result.Added));
        Assert.Contains(again, result => result.Unchanged > 100);
        using var other = new TeamMirror(name);
        Assert.Equal(content.Count(line => line.StartsWith("activity:", StringComparison.Ordinal)),
            other.Content().Count(line => line.StartsWith("activity:", StringComparison.Ordinal)));
        Assert.Empty(MirrorCheck.Run(other.Copy, new(null, false), _ => { }, CancellationToken.None).Problems);
    }

    [Fact]
    public void Some_import_with_a_whole_copy_and_some_without()
    {
        using var file = new TestMirror();
        using var light = New(out var name);
        using var whole = new TeamMirror(name);
        whole.Refresh();
        foreach (var (part, i) in Exports.Chunk(9).Select((part, i) => (part, i)))
        {
            file.Import(part);
            (i % 2 == 0 ? light : whole).Import(part);
        }

        Assert.Equal(MirrorContent.Of(file.Path), whole.Content());
        Assert.Equal(Comparable(MirrorRows.Of(file.Path)), Comparable(whole.Rows()));
        Assert.Empty(MirrorCheck.Run(whole.Copy, new(null, false), _ => { }, CancellationToken.None).Problems);
    }

    [Fact]
    public void Many_events_of_one_second_and_of_several_tenants_find_a_place()
    {
        using var file = new TestMirror();
        using var importer = New(out var name);
        var folder = Directory.CreateTempSubdirectory("entraaudit-many-");
        for (var round = 0; round < 4; round++)
        {
            var lines = Enumerable.Range(0, 700).Select(i => $$"""
                {"id":"Directory_{{round}}_{{i}}","category":"UserManagement","correlationId":"{{Guid.NewGuid()}}","result":"success",
                  "activityDisplayName":"Update user","activityDateTime":"2026-10-01T10:00:0{{i % 2}}Z","loggedByService":"Core Directory",
                  "tenantId":"0000000{{i % 5}}-0000-0000-0000-000000000000",
                  "initiatedBy":{"user":{"id":"u{{i % 7}}" } },"targetResources":[{"id":"t{{i}}","type":"User" } ] }
                """);
            var text = "[" + string.Join(",", lines) + "]";
            var path = Path.Combine(folder.FullName, $"many-{round}.json");
            File.WriteAllText(path, text);
            file.Import(path);
            importer.Import(path);
        }

        folder.Delete(recursive: true);
        using var other = new TeamMirror(name);
        Assert.Equal(Comparable(MirrorRows.Of(file.Path)), Comparable(other.Rows()));
        Assert.Equal(2800, other.Rows().Count(line => line.StartsWith("activity:", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_fails_in_the_middle_leaves_a_copy_that_goes_on()
    {
        using var importer = New(out var name);
        importer.Import(Exports[..10]);
        var seen = 0;
        var options = new ImportOptions
        {
            MirrorPath = importer.Copy,
            Server = importer.Server,
            Writing = _ =>
            {
                if (++seen == 3) throw new IOException("the disk is gone");
            },
        };
        try
        {
            importer.Import(options, Exports[10..]);
        }
        catch (Exception e) when (e is IOException or AuditToolException)
        {
            // Whatever becomes of it, what follows is right.
        }

        importer.Import(Exports);
        AssertLight(importer);
        using var file = new TestMirror();
        file.Import(Exports);
        using var other = new TeamMirror(name);
        Assert.Equal(Logs(MirrorContent.Of(file.Path)), Logs(other.Content()));
        Assert.Empty(MirrorCheck.Run(other.Copy, new(null, false), _ => { }, CancellationToken.None).Problems);

        // Without numbers of imports: one more has begun.
        static List<string> Logs(List<string> lines) => [.. lines.Where(line => line.StartsWith("activity:", StringComparison.Ordinal)
            || line.StartsWith("provisioning:", StringComparison.Ordinal)).Select(line => string.Join(" ; ", line.Split(" ; ")[..^4]))];
    }

    /// <summary>No event and no original stays on the machine.</summary>
    private static void AssertLight(TeamMirror who)
    {
        using var file = new SqliteConnection($"Data Source={CopyPlace.WithoutLogs(who.Copy)};Pooling=False");
        file.Open();
        using var held = new Statement(file, "SELECT (SELECT count(*) FROM activity), (SELECT sum(length(data)) FROM block), "
            + "(SELECT count(*) FROM provisioning), (SELECT count(*) FROM activity_target), (SELECT count(*) FROM block_digest)");
        Assert.True(held.Step());
        Assert.Equal([0, 0, 0, 0, 0], Enumerable.Range(0, 5).Select(held.Number));
    }

    // Times of imports and what follows from them differ.
    private static List<string> Comparable(List<string> lines) => lines.FindAll(line => !line.StartsWith("import:", StringComparison.Ordinal)
        && !line.StartsWith("chain", StringComparison.Ordinal));

    private static TeamMirror New(out string name)
    {
        name = PostgreSqlCluster.Get().NewDatabase();
        var who = new TeamMirror(name);
        who.Initialize([], [], asksLogs: true);
        return who;
    }
}
