using System.IO.Compression;
using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Tests.Queries;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>What files are, from a look at their beginnings: as the import would say it, and nothing is written.</summary>
public sealed class SourceLookTests : IDisposable
{
    private readonly TestMirror mirror = new();

    public void Dispose() => mirror.Dispose();

    [Fact]
    public void It_says_of_the_sample_tenant_what_the_import_says()
    {
        var files = ExportFileFinder.Files(Seeds.Folder, recurse: true, error => throw error)
            .Where(file => !file.EndsWith(".zip", StringComparison.Ordinal)).ToList();
        var said = files.ConvertAll(file => Look(file));
        Assert.False(File.Exists(mirror.Path));
        var results = files.ConvertAll(file => mirror.Import(file).SingleOrDefault());
        for (var i = 0; i < files.Count; i++)
        {
            if (results[i] is not { } result) continue;
            // The beginning of a file may lack what is rare in it.
            var kinds = result.Kind.Split(", ");
            Assert.True(kinds.Any(kind => said[i].Contains(kind, StringComparison.Ordinal)), $"{files[i]}: {said[i]}, and not {result.Kind}");
        }

        Assert.All(files.Where((_, i) => results[i] is { Status: "Imported" }),
            file => Assert.Contains("already imported (import ", Look(file), StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_large_file_the_beginning_is_enough()
    {
        var events = Enumerable.Range(0, 3000).Select(i => new Event($"{i}", "2026-01-01T08:00:00Z", "Add user")).ToArray();
        Assert.Equal("AuditActivity, Graph, not imported yet", Look(mirror.Write("large.json", Encoding.UTF8.GetBytes(Event.All(events)))));
    }

    [Fact]
    public void The_entries_of_an_archive_are_named()
    {
        var page = Event.All(new Event("1", "2026-01-01T08:00:00Z", "Add user"));
        var zip = mirror.Write("both.zip", stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            for (var i = 0; i < 12; i++)
            {
                using var entry = archive.CreateEntry($"{i}.json").Open();
                entry.Write(Encoding.UTF8.GetBytes(i == 1 ? "hello" : page));
            }
        });
        var said = Look(zip);
        Assert.StartsWith("0.json: AuditActivity, Graph, not imported yet; 1.json: no export but ", said, StringComparison.Ordinal);
        Assert.EndsWith("; and 2 more", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_imported_before_is_known_by_its_content()
    {
        var one = Event.All(new Event("1", "2026-01-01T08:00:00Z", "Add user"));
        mirror.ImportText(one, "one.json");
        var copy = mirror.Write("copy.json", Encoding.UTF8.GetBytes(one));
        Assert.Contains("already imported (import 1, ", Look(copy), StringComparison.Ordinal);
        Assert.EndsWith("), read again", Look(copy, new() { MirrorPath = mirror.Path, Force = true }), StringComparison.Ordinal);
        Assert.EndsWith("), read again", Look(copy, new() { MirrorPath = mirror.Path, Complete = true }), StringComparison.Ordinal);
        // The time of an export says nothing of events.
        Assert.EndsWith("Z)", Look(copy, new() { MirrorPath = mirror.Path, ObservedAt = DateTimeOffset.UnixEpoch }), StringComparison.Ordinal);
        // As long, and another.
        var other = Encoding.UTF8.GetBytes(one.Replace("Add user", "Add role", StringComparison.Ordinal));
        Assert.EndsWith("not imported yet", Look(mirror.Write("other.json", other)),
            StringComparison.Ordinal);
        Assert.Single(Imports());
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  \n ", "is empty")]
    [InlineData("hello", "no export but ")]
    [InlineData("[]", "no records in its beginning")]
    [InlineData("[{\"colour\":\"red\"}]", "nothing in its beginning can be taken in")]
    public void What_is_no_export_is_said(string text, string said) =>
        Assert.Contains(said, Look(mirror.Write("x.json", Encoding.UTF8.GetBytes(text))), StringComparison.Ordinal);

    private IEnumerable<AuditImport> Imports()
    {
        using var reader = Core.Mirror.Reading.MirrorReader.Open(mirror.Path);
        return [.. Core.Queries.Imports.ImportHistoryQuery.Imports(reader, null)];
    }

    private string Look(string file, ImportOptions? options = null)
    {
        using var look = new SourceLook(options ?? new() { MirrorPath = mirror.Path }, CancellationToken.None);
        return look.Describe(file);
    }
}
