using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>What a page says of its records holds for those inside it.</summary>
public sealed class PageContextTests
{
    [Fact]
    public void An_object_behind_a_page_is_not_one_of_it()
    {
        using var mirror = new TestMirror();
        const string Thing = """{"id":"7f7d1a6e-2d3c-4f7e-9a51-0000000000bb","displayName":"Somebody or something"}""";
        const string Page = """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#groups(id,displayName)","value":[{"id":"7f7d1a6e-2d3c-4f7e-9a51-0000000000aa","displayName":"Owners"}]}""";
        var result = mirror.ImportText(Page + "\n" + Thing);
        Assert.Equal((2, 1, 1), (result.Read, result.Added, result.Rejected));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(["Owners"], reader.Query($"SELECT name FROM entity WHERE kind = {(int)EntityKind.Group}", row => row.GetString(0)));
    }
}
