using System.Text.RegularExpressions;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Tests.Text;

/// <summary>Messages name parameters and cmdlets by what whoever asks can type.</summary>
public sealed partial class CallerTests
{
    // Cmdlets of others, and what is said to PowerShell alone: their lines say so.
    private static readonly string[] OfOthers =
        ["ConvertTo-Json", "Export-Csv", "Export-Clixml", "Import-Clixml", "Import-Csv", "-ExpandProperty", "-Depth", "ForEach-Object", "OwnObjects.cs"];

    [Theory]
    [InlineData("InitiatedBy", "--initiated-by")]
    [InlineData("IPAddress", "--ip-address")]
    [InlineData("Id", "--id")]
    [InlineData("RequireCoverage", "--require-coverage")]
    public void An_option_is_called_as_its_parameter(string parameter, string option) => Assert.Equal(option, OptionName.Of(parameter));

    [Fact]
    public void In_PowerShell_things_are_called_as_there()
    {
        Assert.False(Caller.IsProgram);
        Assert.Equal("-Tenant", Caller.Option("Tenant"));
        Assert.Equal("Get-AuditImport -Rejected", Caller.Command("Get-AuditImport", "Rejected"));
        Assert.Equal("-ColumnMap @{ 'It''s' = 'Activity' }", Caller.ColumnMap("It's", "Activity"));
    }

    /// <summary>A name of PowerShell's that is written into a sentence would be shown in a shell too.</summary>
    [Fact]
    public void No_message_has_a_name_of_PowerShell_written_into_it()
    {
        var wrong = from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "EntraAuditTools.Core"), "*.cs", SearchOption.AllDirectories)
                    where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                    let name = Path.GetFileName(file)
                    where name is not "Caller.cs" and not "SecretMask.cs"
                    from line in File.ReadLines(file)
                    where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !line.Contains("Caller.Choose", StringComparison.Ordinal)
                    from text in Texts().Matches(line).Select(match => match.Value)
                    where Parameter().IsMatch(text) || (text.Contains(' ', StringComparison.Ordinal) && Cmdlet().IsMatch(text))
                    // A report is a page for others than who makes it: the commands that it shows are the module's.
                    where !(file.Contains("Reporting", StringComparison.Ordinal) && Cmdlet().Match(text) is { Success: true, Index: 0 })
                    where !OfOthers.Any(other => text.Contains(other, StringComparison.Ordinal) || name == other)
                    select $"{name}: {text}";
        Assert.Empty(wrong);
    }

    // A text of C#, without what is put into it.
    [GeneratedRegex("""(?<=")(?:[^"\\{]|\\.|\{[^}]*\})*(?=")""")]
    private static partial Regex Texts();

    [GeneratedRegex("""(?<![\w-])-[A-Z][a-z]+[A-Za-z]*\b""")]
    private static partial Regex Parameter();

    [GeneratedRegex("""\b(Get|Set|Import|Export|Update|Test|Backup|Remove|Optimize|Measure|Compare)-[A-Z][A-Za-z]+(?![^{]*\})""")]
    private static partial Regex Cmdlet();
}
