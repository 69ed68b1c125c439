using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Tests.Queries;
using EntraAuditTools.Core.Upkeep.Checking;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>Every import says who made it, and nobody can change that later without a trace.</summary>
public sealed class ImportedByTests
{
    private static readonly string One = Event.All(new Event("a1", "2026-10-02T08:00:00Z", "Add user"));

    [Fact]
    public void An_import_into_a_file_is_of_the_user_of_the_machine()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(One);
        mirror.Import(mirror.Write("other.json", "{ \"no\": \"export\" }"u8.ToArray()));
        Assert.Single(mirror.Errors);

        Assert.All(Imports(mirror), import => Assert.EndsWith(Environment.UserName, import.ImportedBy, StringComparison.Ordinal));
        Assert.Equal(2, Imports(mirror).Count);
    }

    [Fact]
    public void Deriving_anew_keeps_it()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(One);
        OldMirror.Execute(mirror.Path, "UPDATE import SET options = json_set(options, '$.ImportedBy', 'eva'), reader = 0");

        Assert.NotNull(MirrorUpgrade.Run(mirror.Path, new(), _ => { }, CancellationToken.None));

        Assert.Equal("eva", Assert.Single(Imports(mirror)).ImportedBy);
    }

    [Fact]
    public void Who_is_written_over_is_found()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(One);
        Assert.Empty(MirrorCheck.Run(mirror.Path, new(null, false), _ => { }, CancellationToken.None).Problems);
        OldMirror.Execute(mirror.Path, "UPDATE import SET options = json_set(options, '$.ImportedBy', 'somebody else')");

        var problem = Assert.Single(MirrorCheck.Run(mirror.Path, new(null, false), _ => { }, CancellationToken.None).Problems);
        Assert.Contains("Import 1 was changed", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json_remove(options, '$.ImportedBy')", null)]
    [InlineData("'no JSON'", null)]
    [InlineData("json_set(options, '$.ImportedBy', 7)", "7")]
    [InlineData("json_set(options, '$.ImportedBy', 'eva' || char(27) || '[2J')", "eva␛[2J")]
    public void What_others_wrote_there_does_no_harm(string options, string? expected)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(One);
        OldMirror.Execute(mirror.Path, $"UPDATE import SET options = {options}");

        Assert.Equal(expected, Assert.Single(Imports(mirror)).ImportedBy);
    }

    private static List<AuditImport> Imports(TestMirror mirror)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return [.. ImportHistoryQuery.Imports(reader, null)];
    }
}
