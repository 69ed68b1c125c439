using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Upkeep.Checking;
using EntraAuditTools.Core.Upkeep.Removal;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>A mirror on a server is what a file would be: every copy has every row, whenever it was made, and what is done to one reaches all.</summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed class SharedMirrorTests
{
    private static string[] Exports => [.. Directory.GetFiles(Seeds.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_sample_tenant_is_the_same_on_a_server_and_in_a_file()
    {
        using var file = new TestMirror();
        file.Import(Exports);
        using var importer = New(out var name);
        importer.Import(Exports);
        Assert.Empty(importer.Errors);

        Assert.Equal(MirrorContent.Of(file.Path), importer.Content());
        using var other = new TeamMirror(name);
        Assert.Equal(importer.Rows(), other.Rows());
        Assert.Empty(MirrorCheck.Run(other.Copy, new(null, false), _ => { }, CancellationToken.None).Problems);
    }

    [Fact]
    public void Copies_that_were_made_at_any_time_are_equal()
    {
        using var importer = New(out var name);
        var others = new List<TeamMirror>();
        try
        {
            foreach (var part in Exports.Chunk(26))
            {
                importer.Import(part);
                others.Add(new TeamMirror(name));
                Assert.Equal(importer.Rows(), others[^1].Rows());
            }

            Assert.All(others, other => Assert.Equal(importer.Rows(), other.Rows()));
        }
        finally
        {
            others.ForEach(other => other.Dispose());
        }
    }

    [Fact]
    public void Several_import_by_turns()
    {
        using var file = new TestMirror();
        using var one = New(out var name);
        using var two = new TeamMirror(name);
        foreach (var part in Exports.Chunk(20).Select((files, i) => (files, i)))
        {
            file.Import(part.files);
            (part.i % 2 == 0 ? one : two).Import(part.files);
        }

        Assert.Equal(MirrorContent.Of(file.Path), one.Content());
        Assert.Equal(one.Rows(), two.Rows());
        // As if by one: the chain of digests is unbroken.
        Assert.Empty(MirrorCheck.Run(two.Copy, new(null, false), _ => { }, CancellationToken.None).Problems);
    }

    [Fact]
    public void A_file_that_another_imported_is_known()
    {
        using var one = New(out var name);
        using var two = new TeamMirror(name);
        Assert.Equal("Imported", one.Import(Exports[0])[0].Status);

        Assert.Equal("AlreadyImported", two.Import(Exports[0])[0].Status);
    }

    [Fact]
    public void Texts_that_a_server_refuses_come_back_as_they_were()
    {
        using var one = New(out var name);
        var odd = "a\\u0000b \uFDD0 \uFDD0x41 \u202E 😀";
        one.ImportText($$$"""
            {"value":[{"id":"Directory_1","category":"UserManagement","correlationId":"c","result":"success",
              "activityDisplayName":"{{{odd}}}","activityDateTime":"2026-10-01T10:00:00Z","loggedByService":"Core Directory",
              "operationType":"Update",
              "initiatedBy":{"user":{"id":"u","displayName":"{{{odd}}}","userPrincipalName":"u@contoso.example"}},
              "targetResources":[{"id":"{{{odd}}}","displayName":"{{{odd}}}","type":"User",
                "modifiedProperties":[{"displayName":"{{{odd}}}","oldValue":null,"newValue":"\"{{{odd}}}\""}]}]}]}
            """);
        Assert.Empty(one.Errors);

        using var two = new TeamMirror(name);
        Assert.Equal(one.Rows(), two.Rows());
        var activity = Assert.Single(two.Ask(reader => AuditActivityQuery.Run(reader, new()).ToList()));
        Assert.StartsWith("a\u2400b", activity.Activity, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_removed_is_gone_from_every_copy()
    {
        using var one = New(out var name);
        one.Import(Exports);
        using var two = new TeamMirror(name);
        two.Refresh();
        var options = new RemovalOptions(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), LogTable.All) { Server = one.Server };
        var removal = RecordRemoval.Run(one.Copy, options, _ => { }, CancellationToken.None);
        Assert.True(removal.Activities > 50);

        Assert.Equal(one.Rows(), two.Rows());
        using var three = new TeamMirror(name);
        Assert.Equal(one.Rows(), three.Rows());
        Assert.Empty(MirrorCheck.Run(two.Copy, new(null, false), _ => { }, CancellationToken.None).Problems);
        // And the next import takes it from there.
        two.Import(Exports[..5]);
        Assert.Equal(two.Rows(), one.Rows());
    }

    [Fact]
    public void What_an_older_version_read_is_derived_anew_for_all()
    {
        using var one = New(out var name);
        one.Import(Exports);
        var right = one.Content();
        var server = PostgreSqlCluster.Get();
        server.Execute(one.Server, "UPDATE entra_audit.activity SET actor = 0, changed = 100000; "
            + "UPDATE entra_audit.import SET reader = 0, changed = 100000; UPDATE entra_audit.mirror SET change = 100000");
        using var two = new TeamMirror(name);
        Assert.NotEqual(right, two.Content());

        Assert.NotNull(MirrorUpgrade.Run(two.Copy, new() { Server = two.Server }, _ => { }, CancellationToken.None));

        Assert.Equal(Without(right), Without(two.Content()));
        Assert.Equal(two.Rows(), one.Rows());
        one.Import(Exports[0]);
        Assert.Equal(one.Rows(), two.Rows());

        static List<string> Without(List<string> lines) =>
            lines.FindAll(line => !Array.Exists(UpgradeSteps.NotKept, part => line.StartsWith(part + ":", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_that_import_at_once_wait_for_each_other_while_others_ask()
    {
        using var one = New(out var name);
        one.Import(Exports[0]);
        using var two = new TeamMirror(name);
        using var reader = new TeamMirror(name);
        var parts = Exports.Chunk(Exports.Length / 2).ToList();
        var importers = new[] { (one, parts[0]), (two, parts[1]) }
            .Select(by => Task.Run(() => by.Item1.Import(by.Item2), TestContext.Current.CancellationToken)).ToArray();
        var counts = new List<long>();
        while (!Task.WhenAll(importers).IsCompleted)
            counts.Add(reader.Ask(mirror => mirror.Query("SELECT count(*) FROM activity", row => row.GetInt64(0)).First()));

        await Task.WhenAll(importers);
        Assert.Equal(counts.Order(), counts);
        Assert.Equal(one.Rows(), two.Rows());
        Assert.Empty(MirrorCheck.Run(reader.Refresh().Copy, new(null, false), _ => { }, CancellationToken.None).Problems);
    }

    [Fact]
    public void An_import_that_was_silent_for_too_long_gives_way()
    {
        using var one = New(out var name);
        one.Import(Exports[0]);
        var server = PostgreSqlCluster.Get();
        using var two = new TeamMirror(name);
        var options = new ImportOptions
        {
            MirrorPath = one.Copy,
            Server = one.Server,
            // Another takes over, as it may once a minute has passed without a word.
            Reading = (_, record) =>
            {
                if (record != 1) return;
                server.Execute(one.Server, "UPDATE entra_audit.mirror SET lease_until = now() - interval '1 second'");
                two.Import(Exports[1]);
            },
        };

        var error = Assert.Throws<AuditToolException>(() => one.Import(options, Exports[2]));

        Assert.Equal("MirrorLeaseLost", error.ErrorId);
        Assert.Contains("another took over", error.Message, StringComparison.Ordinal);
        Assert.Equal(two.Rows(), one.Rows());
        one.Import(Exports[2]);
        Assert.Equal(one.Rows(), two.Rows());
    }

    [Fact]
    public void An_index_of_words_is_made_again_for_what_others_import()
    {
        using var one = New(out var name);
        using var two = new TeamMirror(name);
        var files = Exports.Where(file => file.Contains("graph", StringComparison.Ordinal)).ToArray();
        one.Import(files[0]);
        Assert.NotEmpty(Found(two));
        one.Import(files[1..]);

        Assert.Equal(Found(one), Found(two));

        static List<string?> Found(TeamMirror who)
        {
            who.Refresh();
            Core.Mirror.Reading.ActivitySearchIndex.Ensure(who.Copy, _ => { }, CancellationToken.None);
            return who.Ask(reader => AuditActivityQuery.Run(reader, new() { Search = "harborline" }).Select(found => found.Id).ToList());
        }
    }

    [Fact]
    public void Get_AuditMirror_says_which_server_also_before_there_is_a_mirror()
    {
        using var one = New(out _);
        var none = MirrorInfoQuery.Run(one.Location);
        Assert.False(none.Exists);
        Assert.Equal(one.Server.ToString(), none.Server);
        one.Import(Exports[0]);

        var info = MirrorInfoQuery.Run(one.Location);

        Assert.True(info.Exists);
        Assert.Equal(one.Server.ToString(), info.Server);
        Assert.Equal(one.Copy, info.Path);
    }

    private static TeamMirror New(out string name)
    {
        name = PostgreSqlCluster.Get().NewDatabase();
        return new TeamMirror(name);
    }
}
