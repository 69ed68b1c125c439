using System.Globalization;
using EntraAuditTools.Core.Mirror.Files;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>Texts that a file may have as many of as it likes, each as long as it likes: they cost neither memory nor screens.</summary>
public sealed class HostileTextLengthTests
{
    private const int MaxNote = 2_500;

    [Fact]
    public void Labels_statuses_and_errors_are_cut_in_what_people_read()
    {
        using var mirror = new TestMirror();
        var word = new string('w', 100_000);
        var parts = string.Join(',', Enumerable.Range(0, 300)
            .Select(n => $$$"""{"id":"{{{n}}}","status":{{{n + 400}}},"body":{"error":{"code":"{{{word}}}","message":"m"} } }"""));
        var foreign = string.Join('\n', Enumerable.Range(0, 3).Select(n =>
            $$"""{"time":"2026-10-01T08:00:00Z","category":"K{{n}}{{word}}","operationName":"x","resourceId":"/tenants/x","properties":{} }"""));
        var results = mirror.Import(
            mirror.Write("batch.json", System.Text.Encoding.UTF8.GetBytes($$"""{"responses":[{{parts}}]}""" + "\n" + Records.Graph("a1"))),
            mirror.Write("foreign.json", System.Text.Encoding.UTF8.GetBytes(foreign + "\n" + Records.Graph("a2"))),
            mirror.Write("error.json", System.Text.Encoding.UTF8.GetBytes(
                $$$"""{"error":{"code":"{{{word}}}","message":"{{{word}}}"}}""" + "\n" + Records.Graph("a3"))));
        Assert.Equal(3, results.Sum(result => result.Added));
        Assert.All(results.SelectMany(result => result.Notes.Append(result.Kind)), note => Assert.InRange(note.Length, 0, MaxNote));
    }

    [Fact]
    public void Words_of_any_length_are_numbered_once()
    {
        using var mirror = new TestMirror();
        string[] words = [new('a', 1_024), new('a', 1_025), new string('b', 50_000) + "1", new string('b', 50_000) + "2"];
        string Text(string id) => string.Join('\n', words.Select((word, n) => Records.Graph($"{id}{n}", activity: word)));
        mirror.ImportText(Text("x"), "x.json");
        mirror.ImportText(Text("y"), "y.json");
        Assert.All(words, word => Assert.Equal(2, mirror.Activities(new() { Activity = [word] }).Count));
        using var connection = new SqliteConnection(string.Create(CultureInfo.InvariantCulture, $"Data Source={mirror.Path};Pooling=False"));
        connection.Open();
        Assert.Equal(words.Length, MirrorFile.Scalar(connection, "SELECT count(*) FROM term WHERE length(text) > 1000"));
    }
}
