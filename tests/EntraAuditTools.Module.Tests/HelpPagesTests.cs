using System.Xml.Linq;

namespace EntraAuditTools.Module.Tests;

/// <summary>Pages that disagree with the cmdlets stop the build, which says where; what they say arrives as it was meant.</summary>
public sealed class HelpPagesTests : IDisposable
{
    private const string Mirror = "Get-AuditMirror.md";
    private const string Import = "Get-AuditImport.md";
    private const string Topic = "about_EntraAuditTools.md";
    private const string Parameters = "shared/parameters.md";
    private const string Paragraphs = "shared/paragraphs.md";
    private const string Synopsis = "Gets where the mirror is and what it holds.";

    private readonly HelpPages pages = new();

    public void Dispose() => pages.Dispose();

    [Fact]
    public void Pages_as_they_are_have_no_problems() => Assert.Empty(pages.Make());

    [Fact]
    public void The_same_pages_make_the_same_help()
    {
        pages.Make();
        var first = pages.Made(HelpPages.Maml);
        pages.Make();
        Assert.Equal(first, pages.Made(HelpPages.Maml));
        Assert.DoesNotContain('\r', first);
    }

    // A parameter without a description, one that the cmdlet does not have, and another parameter's description under this one's name.
    [Theory]
    [InlineData(Mirror, "[-Mirror](shared/parameters.md#-mirror)", "", "Get-AuditMirror has a parameter -Mirror")]
    [InlineData(Mirror, "[-Mirror](", "[-Skip](shared/parameters.md#-skip), [-Mirror](", "Get-AuditMirror has no parameter -Skip.")]
    [InlineData(Mirror, "#-mirror)", "#-skip)", "-Mirror leads to no heading of that name.")]
    [InlineData(Import, "### -Rejected", "### -Refused", "-Rejected leads to no heading of that name.")]
    [InlineData(Import, "## INPUTS", "### -Refused\n\nx\n\n## INPUTS", "-Refused is missing in the list of PARAMETERS.")]
    [InlineData(Import, "Lists rejected records instead of imports.", "", "-Rejected says nothing.")]
    [InlineData(Import, "[-First](", "[-ImportId](#-importid),\n[-First](", "-ImportId is listed twice.")]
    public void Parameters_that_differ_from_the_cmdlets_are_said(string page, string old, string replacement, string problem) =>
        Assert.Contains(Problems(page, old, replacement), text => text.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData(Mirror, "#-mirror)", "#-mirrors)", "There is no shared text shared/parameters.md#-mirrors.")]
    [InlineData(Parameters, "## -Mirror", "## -Nothing\n\nx\n\n## -Mirror", "No page uses the shared text -Nothing.")]
    [InlineData(Parameters, "## -Mirror", "## -Last\n\nx\n\n## -Mirror", "There are two texts of the name -Last.")]
    [InlineData(Paragraphs, "A time is", "[x](paragraphs.md#what-a-time-can-be)\n\nA time is", "A shared text cannot stand for itself.")]
    public void Shared_texts_that_lead_nowhere_are_said(string page, string old, string replacement, string problem) =>
        Assert.Contains(Problems(page, old, replacement), text => text.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData(Mirror, "```powershell\nGet-AuditMirror\n```", "Get-AuditMirror", "An example begins with its lines of code")]
    [InlineData(Mirror, "```powershell\nGet-AuditMirror\n```", "```powershell\n```", "An example begins with its lines of code")]
    [InlineData(Mirror, "## PARAMETERS", "### More\n\n```powershell\n1\n```\n\n## PARAMETERS", "An example says what it shows")]
    [InlineData(Mirror, "## NOTES", "## REMARKS", "The sections of this page are to be SYNOPSIS, DESCRIPTION, EXAMPLES, ")]
    [InlineData(Mirror, "## OUTPUTS", "## INPUTS\n\n### None\n\nx\n\n## OUTPUTS", "The sections of this page are to be SYNOPSIS")]
    [InlineData(Mirror, "### EntraAuditTools.AuditMirrorInfo", "### System.String", "these outputs: EntraAuditTools.AuditMirrorInfo.")]
    [InlineData(Mirror, "# Get-AuditMirror", "# Get-Mirror", "The page of Get-AuditMirror has another title: Get-Mirror.")]
    [InlineData(Mirror, "](Set-AuditMirror.md)", "](Set-Mirror.md)", "There is no Set-Mirror.md to link to.")]
    public void Pages_of_another_form_are_said(string page, string old, string replacement, string problem) =>
        Assert.Contains(Problems(page, old, replacement), text => text.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData(Mirror, Synopsis, "Gets the mirror of <tenant> now.", "Help has no HTML")]
    [InlineData(Mirror, Synopsis, "<b>", "Help is paragraphs, code and plain lists.")]
    [InlineData(Mirror, Synopsis, "Gets *member* and *group* of it.", "Help has no emphasis")]
    [InlineData(Mirror, Synopsis, "Gets it.\n\n> quoted", "Help is paragraphs, code and plain lists.")]
    [InlineData(Mirror, Synopsis, "![a picture](README.md)", "Help cannot show this")]
    [InlineData(Topic, "Get-AuditCoverage -Last 30d", "Get-AuditCoverage -Last 30d # and this is beyond the last column of eighty",
        "This line is longer than")]
    public void What_plain_text_would_lose_is_said(string page, string old, string replacement, string problem) =>
        Assert.Contains(Problems(page, old, replacement), text => text.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void A_line_that_is_named_is_the_line()
    {
        var problem = Assert.Single(Problems(Mirror, Synopsis, "Gets *it* all."));
        Assert.StartsWith($"{pages.PathOf(Mirror)}(5): error EAT0002: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cmdlet_without_a_page_is_said()
    {
        File.Delete(pages.PathOf(Mirror));
        Assert.Contains(pages.Make(), text => text.EndsWith("The cmdlet Get-AuditMirror has no page.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_of_no_cmdlet_is_said()
    {
        File.Copy(pages.PathOf(Mirror), pages.PathOf("Get-Mirror.md"));
        Assert.Contains(pages.Make(), text => text.EndsWith("There is no cmdlet Get-Mirror.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(@"Less \< more > all & \*none\*, `*` and `Role.*`", "Less < more > all & *none*, * and Role.*")]
    [InlineData("`<id>` &lt;id&gt; `a & b` `` ` `` \\` \\_x\\_ snake_case_name", "<id> <id> a & b ` ` _x_ snake_case_name")]
    [InlineData("[ab] {Id} `@{ 'a' = 'b' }` \"old → new\" #EXT# $expand=members",
        "[ab] {Id} @{ 'a' = 'b' } \"old → new\" #EXT# $expand=members")]
    [InlineData("[Set-AuditMirror](Set-AuditMirror.md) and\n[a page](https://example.com/a_b?c=*&d).",
        "Set-AuditMirror and a page (https://example.com/a_b?c=*&d).")]
    public void Text_arrives_as_it_was_meant(string markdown, string text)
    {
        pages.Replace(Mirror, Synopsis, markdown);
        Assert.Empty(pages.Make());
        Assert.Equal(text, Elements("details", "para").Single().Value);
    }

    [Fact]
    public void Lists_and_code_of_several_lines_stay_apart()
    {
        const string Code = "Get-AuditMirror |\n    Format-List # <*>";
        pages.Replace(Mirror, Synopsis, $"First:\n\n- one\n- two\n  goes on\n\n```powershell\n{Code}\n```\n\nLast.");
        Assert.Empty(pages.Make());
        Assert.Equal(["First:", "- one", "- two goes on", Code, "Last."], Elements("details", "para").Select(para => para.Value));
    }

    [Fact]
    public void An_example_keeps_its_lines_and_what_is_said_of_it()
    {
        const string Code = "$a = Get-AuditMirror\n\n    $a.Path";
        pages.Replace(Mirror, "## PARAMETERS", $"### Several `*` lines\n\n```powershell\n{Code}\n```\n\nOne.\n\nTwo.\n\n## PARAMETERS");
        Assert.Empty(pages.Make());
        var example = Elements("examples", "example").Last();
        Assert.Equal(
            ["Example 4: Several * lines", Code, "One.", "Two.", ""],
            example.Descendants().Where(element => element.Name.LocalName is "title" or "code" or "para").Select(element => element.Value));
    }

    [Fact]
    public void A_topic_is_wrapped_and_indented()
    {
        File.WriteAllText(pages.PathOf("about_Test.md"), """
            # about_Test

            ## Short description

            What is said of `Role.*` here is a paragraph that is longer than one line of text can be in a console.

            ## Long description

            1. First:

               ```powershell
               Get-AuditMirror |
                   Format-List
               ```

               Then, with [a page](about_EntraAuditTools.md).

            2. Second.

            - a point that is so long that it does not fit on one line and has to go on in the next one
            - another
            """);
        Assert.Empty(pages.Make());
        Assert.Equal(
            """
            TOPIC
                about_Test

            SHORT DESCRIPTION
                What is said of Role.* here is a paragraph that is longer than one line
                of text can be in a console.

            LONG DESCRIPTION
                1. First:

                       Get-AuditMirror |
                           Format-List

                   Then, with a page.

                2. Second.

                - a point that is so long that it does not fit on one line and has to go
                  on in the next one
                - another

            """,
            pages.Made("about_Test.help.txt"));
    }

    [Fact]
    public void The_index_names_every_page()
    {
        var index = File.ReadAllText(Path.Combine(HelpPages.Source, "README.md"));
        var names = System.IO.Directory.EnumerateFiles(HelpPages.Source, "*.md").Select(file => Path.GetFileName(file));
        Assert.All(names.Where(name => name != "README.md"), name => Assert.Contains($"({name})", index, StringComparison.Ordinal));
    }

    /// <summary>What is said of a page with one text in the place of another: always where it is, and nothing is made then.</summary>
    private IReadOnlyList<string> Problems(string page, string old, string replacement)
    {
        pages.Replace(page, old, replacement);
        var problems = pages.Make();
        Assert.All(problems, text => Assert.Matches(@"\.md\([1-9]\d*\): error EAT0002: \S", text));
        Assert.False(System.IO.Directory.Exists(pages.Output));
        return problems;
    }

    /// <summary>Elements of the page of Get-AuditMirror, within the first of a name.</summary>
    private IEnumerable<XElement> Elements(string within, string name) =>
        pages.Command("Get-AuditMirror").Descendants().First(element => element.Name.LocalName == within)
            .Descendants().Where(element => element.Name.LocalName == name);
}
