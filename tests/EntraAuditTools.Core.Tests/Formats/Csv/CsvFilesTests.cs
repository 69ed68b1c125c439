using System.Text;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Formats.Csv;

/// <summary>What becomes of a CSV on its way: spreadsheets save it again, files are joined, encodings mixed.</summary>
public sealed class CsvFilesTests
{
    private const string Header = "Date (UTC),CorrelationId,Service,Category,Activity,Result,ActorUserPrincipalName,Target1DisplayName";

    /// <summary>What was done to the file; the file; the names of its records' targets.</summary>
    public static TheoryData<string, byte[], string> Files => new()
    {
        { "joined with copy: the mark and the header again, Ctrl+Z at the end (case 26)",
            Utf8($"\ufeff{Header}\r\n{Row(1, "Bo")}\r\n\ufeff{Header}\r\n{Row(2, "Zoë")}\r\n\u001a"), "Bo|Zoë" },
        { "joined without marks: the header again", Utf8($"{Header}\n{Row(1, "Bo")}\n{Header}\n{Row(2, "Cy")}\n"), "Bo|Cy" },
        { "joined, other columns in the second",
            Utf8($"\ufeff{Header}\r\n{Row(1, "Bo")}\r\n\ufeffTarget1DisplayName,Date "
                + $"(UTC),Service,Activity,CorrelationId\r\nCy,2026-10-03T08:00:00Z,Core Directory,Add "
                + $"user,00000000-0000-0000-0000-000000000002\r\n"), "Bo|Cy" },
        { "sep= and semicolons (Excel)", Utf8($"sep=;\r\n{Header.Replace(',', ';')}\r\n{Row(1, "Bo").Replace(',', ';')}\r\n"), "Bo" },
        { "empty lines, rows of separators, NULs at the end", Utf8($"\r\n{Header}\r\n\r\n{Row(1, "Bo")}\r\n,,,,,,,\r\n{new string('\0', 300)}"), "Bo" },
        { "opened as one column and saved (Excel of a country with semicolons)", Utf8($"\"{Header}\"\r\n\"{Row(1, "\"\"Bo, B\"\"")}\"\r\n"), "Bo, B" },
        { "lines of the Macintosh (Excel's CSV (Macintosh))", Utf8($"{Header}\r{Row(1, "Bo")}\r"), "Bo" },
        { "Windows PowerShell's type line", Utf8($"#TYPE System.Object\r\n\"{Header.Replace(",", "\",\"")}\"\r\n{Row(1, "Bo")}\r\n"), "Bo" },
        { "tabs", Utf8($"{Header.Replace(',', '\t')}\n{Row(1, "Bo").Replace(',', '\t')}\n"), "Bo" },
        { "the sign of replacement in a text that is UTF-8", Utf8($"{Header}\r\n{Row(1, "B\ufffd")}\r\n"), "B\ufffd" },
        { "Windows-1252 (case 23)", [.. Utf8($"{Header}\r\n"), .. Latin(Row(1, "Jörg “Größe” €"))], "Jörg “Größe” €" },
        { "UTF-8 and Windows-1252 in one file",
            [.. Utf8($"{Header}\r\n{Row(1, "Zoë")}\r\n"), .. Latin(Row(2, "Jörg") + "\r\n"), .. Utf8(Row(3, "Ångström"))], "Zoë|Jörg|Ångström" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Records_are_read_as_they_were(string why, byte[] file, string targets)
    {
        using var mirror = new TestMirror();
        var result = mirror.Import(mirror.Write("log.csv", file)).Single();
        Assert.True(mirror.Errors.Count == 0 && result.Rejected == 0, why);
        Assert.Equal(targets.Split('|'), mirror.Activities().OrderBy(a => a.CorrelationId).Select(a => a.TargetSummary));
        Assert.Equal(why.Contains("1252", StringComparison.Ordinal),
            result.Notes.Any(note => note.Contains("Windows-1252", StringComparison.Ordinal) && note.Contains("CSV UTF-8", StringComparison.Ordinal)));
    }

    [Fact]
    public void Bytes_of_no_encoding_are_rejected()
    {
        using var mirror = new TestMirror();
        var result = mirror.Import(mirror.Write("log.csv", [.. Utf8($"{Header}\r\n"), .. Utf8(Row(1, "A")), 0x81, .. Utf8("\r\n" + Row(2, "B"))])).Single();
        Assert.Equal((1L, 1L), (result.Added, result.Rejected));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_that_is_too_long_is_rejected_and_its_beginning_kept(bool isQuoted)
    {
        using var mirror = new TestMirror();
        var cell = new string('x', (4 * 1024 * 1024) + 10);
        var result = mirror.ImportText($"{Header}\r\n{Row(1, isQuoted ? $"\"{cell}\"" : cell)}\r\n{Row(2, "Bo")}\r\n", "log.csv");
        Assert.Equal((1L, 1L), (result.Added, result.Rejected));
        var rejected = Assert.Single(mirror.Rejected());
        Assert.Contains("longer than", rejected.Reason, StringComparison.Ordinal);
        Assert.Equal(2, rejected.Line);
    }

    [Fact]
    public void The_first_reason_is_said_among_all_other_notes()
    {
        using var mirror = new TestMirror();
        var csv = new StringBuilder("RecordId,CreationDate,RecordType,Operation,UserId,AuditData\r\n");
        foreach (var workload in new[] { "Exchange", "SharePoint", "OneDrive", "MicrosoftTeams", "PowerBI", "Yammer" })
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"0,2026-10-02T08:00:05,1,X,a@contoso.com,\"{{\"\"CreationTime\"\":\"\"2026-10-02T08:00:05\"\",\"\"Operation\"\":\"\"X\"\",\"\"RecordType\"\":1,\"\"Workload\"\":\"\"{workload}\"\"}}\"\r\n");
        }

        csv.Append("r,2026-10-02T08:00:05,8,Add user.,a@contoso.com,\r\n");
        var result = mirror.ImportText(csv.ToString(), "log.csv");
        Assert.Contains("First rejected: line 8: AuditData is empty.", result.Notes);
    }

    /// <summary>What it is; its text.</summary>
    public static TheoryData<string, string> Others => new()
    {
        { "prose", "Dear colleague,\nplease find attached, as agreed, the list.\nBest, Ada\n" },
        { "PowerShell", "[CmdletBinding()]\nparam([string]$Name)\n{ foo }\nfunction x { if ($a) { return @{a=1} } }\n" },
        { "C#", "using System;\nnamespace X;\nclass A { int b; }\n" },
        { "an ini file", "[section]\nkey=value\n[other]\na=b\n" },
        { "JavaScript", "{\n  let a = {b:1};\n}\n" },
        { "Markdown", "[link](http://example.com) is, here\n- a\n- b\n" },
        { "HTML", "<!DOCTYPE html><html><head><title>x</title></head></html>" },
        { "YAML", "a: b\nc:\n  - d\n" },
        { "devices and their policies", "Device name,User principal name,Policy,Status,Last check-in\nPC1,ada@contoso.com,Baseline,Compliant,2026-10-02\n" },
        { "prices", "id,name,price\n1,apple,2.5\n" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_no_export_is_one_error(string what, string text)
    {
        using var mirror = new TestMirror();
        Assert.Empty(mirror.Import(mirror.Write("x.txt", Utf8(text))));
        Assert.True(Assert.Single(mirror.Errors).ErrorId == "NotAnExport", what);
        Assert.Empty(mirror.Rejected());
    }

    [Fact]
    public void A_damaged_record_alone_is_kept()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("x.json", Utf8(Records.Graph("Directory_a_1")[..200])));
        Assert.Single(mirror.Rejected());
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Latin(string text) => [.. text.Select(c => c switch { '“' => (byte)0x93, '”' => (byte)0x94, '€' => (byte)0x80, _ => (byte)c })];

    private static string Row(int number, string target) =>
        $"2026-10-02T08:01:05Z,00000000-0000-0000-0000-{number:000000000000},Core Directory,GroupManagement,Add member to "
            + $"group,success,ada@contoso.com,{target}";
}
