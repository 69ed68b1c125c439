using System.Text.RegularExpressions;
using EntraAuditTools.Core.Questions;

namespace EntraAuditTools.Module.Tests;

/// <summary>What others wrote acts on no terminal, starts no formula and gives no secret away, whatever the program writes.</summary>
public sealed partial class CommandLineTextTests : IDisposable
{
    // An OSC that sets a title, C1's CSI, an override of the direction, an isolate, a zero-width space, a soft hyphen, a tag, both
    // separators, a byte-order mark.
    private const string Hostile = "\u001b]0;x\u0007\u009b31m\u202e\u2066\u200b\u00ad\U000E0041\u2028\u2029\ufeff";

    private static readonly string Page = $$"""
        { "value": [
          { "id": "Directory_1H", "activityDateTime": "2026-10-01T10:00:00Z", "activityDisplayName": "=Add userH",
            "category": "+CategoryH", "loggedByService": "@ServiceH",
            "operationType": "-AddH", "result": "successH", "resultReason": "\t=reasonH", "correlationId": "corrH",
            "initiatedBy": { "user": { "id": "=idH", "userPrincipalName": "=cmd|' /C calc'!A0H", "displayName": "H=1", "ipAddress": "1.2.3.4H" } },
            "targetResources": [ { "id": "tH", "displayName": "＝targetH", "type": "UserH", "modifiedProperties": [
              { "displayName": "KeyDescription", "newValue": "S3CR3T-A" }, { "displayName": "SettingsH", "newValue": "[{\"password\":\"S3CR3T-B\"}]" } ] } ],
            "additionalDetails": [ { "key": "client_secret", "value": "S3CR3T-C" }, { "key": "keyH", "value": "\rvalueH" } ] },
          { "id": "Directory_2", "activityDisplayName": "HalfH", "activityDateTime": "yesterdayH", "client_secret": "S3CR3T-D" } ] }
        """.Replace("H\"", JsonEscaped(Hostile) + "\"", StringComparison.Ordinal).Replace("\"H=1", $"\"{JsonEscaped(Hostile)}=1", StringComparison.Ordinal);

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("entra-audit-text-").FullName;
    private readonly string mirror;

    public CommandLineTextTests()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows allows no control characters in names.");
        mirror = Path.Combine(folder, $"mirror{Hostile}.db");
        var page = Path.Combine(folder, $"page{Hostile}.json");
        File.WriteAllText(page, Page);
        var run = Run("import", page, Path.Combine(folder, $"missing{Hostile}.json"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 rejected", run.Output, StringComparison.Ordinal);
        Shows(run, "missing");
    }

    public void Dispose() => System.IO.Directory.Delete(folder, recursive: true);

    [Fact]
    public void Table_csv_and_json_show_what_is_hidden()
    {
        Shows(Run("activity"), "Add user");
        Shows(Run("activity", "--csv"), "Add user");
        Shows(Run("activity", "--json"), "Add user");
        Shows(Run("activity", "--verbose", "--activity", $"x{Hostile}"), "Nothing matches");
    }

    /// <summary>Every question in every form: names of files are nobody's records, and were not made visible when they were read.</summary>
    [Fact]
    public void No_question_shows_what_acts_on_a_terminal()
    {
        foreach (var question in AllQuestions.List)
        {
            string[] words = question.Name == "compare" ? ["compare", "--reference-time", "2026-10-01"] : [question.Name];
            foreach (var form in new[] { "--csv", "--json", "--first", "--list" })
            {
                if (question.IsOfFile && form == "--list") continue;
                string[] more = form == "--first" ? [form, "9"] : [form];
                var run = Run([.. words, .. more]);
                if (run.ExitCode != 2) Shows(run, string.Empty);
            }
        }

        foreach (var form in new[] { "--csv", "--json", "--list" })
        {
            var run = Run("imports", "--rejected", form);
            Shows(run, "Half");
            Assert.DoesNotContain("S3CR3T", run.Output, StringComparison.Ordinal);
        }

        Assert.Contains("S3CR3T-D", Run("imports", "--rejected", "--show-secret", "--json").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--csv")]
    [InlineData("--json")]
    [InlineData("--jsonl")]
    public void What_was_done_names_files_without_what_acts_on_a_terminal(string form)
    {
        Shows(Run("check", form), "Passed");
        Shows(Run("backup", Path.Combine(folder, $"backup{Hostile}.db"), "--force", form), "Chain");
        Shows(Run("export", Path.Combine(folder, $"export{Hostile}.ndjson"), "--force", form), "ndjson");
        Shows(Run("import", Path.Combine(folder, $"page{Hostile}.json"), "--force", form), "Graph");
        Shows(Run("optimize", form), "mirror");
    }

    [Fact]
    public void Other_commands_name_files_without_what_acts_on_a_terminal()
    {
        Shows(Run("coverage"), "AuditActivity");
        Shows(Run("check"), "Passed");
        Shows(Run("backup", Path.Combine(folder, $"backup{Hostile}.db")), "backup");
        Shows(Run("backup", Path.Combine(folder, $"backup{Hostile}.db")), "There is a file");
        Shows(Run("export", Path.Combine(folder, $"export{Hostile}.ndjson")), "1 with masked values");
        Shows(Run("export", Path.Combine(folder, $"export{Hostile}.ndjson")), "There is a file");
        var (target, key) = (Path.Combine(folder, $"pseudonyms{Hostile}.ndjson"), Path.Combine(folder, $"key{Hostile}"));
        Shows(Run("export", target, "--pseudonymize", "--key-file", key), "pseudonymized");
        Shows(Run("export", Path.Combine(folder, "x.ndjson"), "--kind", $"x{Hostile}"), "is none of");
        Shows(Run("remove", "--before", "2026-01-01"), "--yes");
        Shows(Run("optimize"), "bytes");
        Shows(Run("update"), "");
        Shows(Run("activity", "--mirror", $"{mirror}.none"), "no mirror");
        Shows(Run("activity", "--after", $"x{Hostile}"), "is not a time");
        Shows(Run($"x{Hostile}"), "entra-audit");
    }

    [Fact]
    public void Cells_of_csv_start_no_formula()
    {
        var lines = Run("activity", "--csv").Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var cells = Cell().Matches(lines[1]).Select(cell => cell.Groups[1].Success ? cell.Groups[1].Value : cell.Groups[2].Value).ToList();
        Assert.Contains(cells, cell => cell.StartsWith("'=Add user", StringComparison.Ordinal));
        Assert.Contains(cells, cell => cell.StartsWith("'=cmd|", StringComparison.Ordinal));
        Assert.Contains(cells, cell => cell.StartsWith("'＝target", StringComparison.Ordinal));
        Assert.All(cells, cell => Assert.False(cell.TrimStart('\ufffd', '␛', ' ') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '＝', ..], cell));
    }

    [Fact]
    public void Secrets_are_shown_only_when_asked_for()
    {
        foreach (var form in new[] { "--csv", "--json" })
        {
            Assert.DoesNotContain("S3CR3T", Run("activity", form).Output, StringComparison.Ordinal);
            var shown = Run("activity", form, "--show-secret").Output;
            foreach (var secret in new[] { "S3CR3T-A", "S3CR3T-B", "S3CR3T-C" }) Assert.Contains(secret, shown, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("S3CR3T", Run("activity").Output, StringComparison.Ordinal);
    }

    private static void Shows(ChildProcess.Outcome run, string text)
    {
        Assert.Contains(text, run.Output + run.Error, StringComparison.OrdinalIgnoreCase);
        var found = Forbidden().Match(run.Output + run.Error);
        Assert.False(found.Success, $"U+{(int)(found.Success ? found.Value[0] : ' '):X4} in: {run.Output}{run.Error}");
    }

    private ChildProcess.Outcome Run(params string[] arguments) => ChildProcess.Run("dotnet",
        [Path.Combine(AppContext.BaseDirectory, "entra-audit.dll"), .. arguments],
        new Dictionary<string, string?> { ["ENTRAAUDIT_MIRROR"] = mirror }, TimeSpan.FromMinutes(1));

    private static string JsonEscaped(string text) => string.Concat(text.Select(c => $"\\u{(int)c:x4}"));

    // Written down here once more, and not taken from the program, which is what is tested.
    [GeneratedRegex(@"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
        + @"\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]")]
    private static partial Regex Forbidden();

    [GeneratedRegex("""(?<=^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)""")]
    private static partial Regex Cell();
}
