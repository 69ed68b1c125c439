using System.Text.Json;
using EntraAuditTools.Cli.Demo;

namespace EntraAuditTools.Module.Tests;

/// <summary>The program without PowerShell: exit codes, what goes where, and text that was written by others.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const string Page = """
        { "value": [
          { "id": "Directory_1", "activityDateTime": "2026-10-01T10:00:00.1234567Z", "activityDisplayName": "Add user", "category": "UserManagement", "loggedByService": "Core Directory",
            "operationType": "Add", "result": "success", "correlationId": "7f7d1a6e-2d3c-4f7e-9a51-000000000001",
            "initiatedBy": { "user": { "id": "7f7d1a6e-2d3c-4f7e-9a51-0000000000aa", "userPrincipalName": "=HYPERLINK(\"http://example.invalid\")", "displayName": null, "ipAddress": null }, "app": null },
            "targetResources": [ { "id": "7f7d1a6e-2d3c-4f7e-9a51-0000000000bb", "displayName": "red \u001b[31m alert\u0007", "type": "User", "userPrincipalName": null, "modifiedProperties": [] } ],
            "additionalDetails": [] },
          { "id": "Directory_2", "activityDateTime": "2026-10-02T10:00:00Z", "activityDisplayName": "Delete user", "category": "UserManagement", "loggedByService": "Core Directory",
            "operationType": "Delete", "result": "failure", "correlationId": "7f7d1a6e-2d3c-4f7e-9a51-000000000002",
            "initiatedBy": { "user": null, "app": { "displayName": "Sync", "servicePrincipalId": "7f7d1a6e-2d3c-4f7e-9a51-0000000000cc" } },
            "targetResources": [], "additionalDetails": [] } ] }
        """;

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("entra-audit-test-").FullName;

    public void Dispose() => System.IO.Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("activity", "--last", "soon")]
    [InlineData("activity", "--after", "7d", "--last", "7d")]
    [InlineData("activity", "--csv", "--json")]
    [InlineData("import")]
    [InlineData("import", "x.csv", "--column-map", "nonsense")]
    [InlineData("no-such-command")]
    public void Senseless_command_line_ends_with_2_and_says_why(params string[] arguments)
    {
        var run = Run(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("entra-audit: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--user", "activity", "--activity", "x", "--user", "y")]
    [InlineData("--user", "activity", "--activity", "x", "--user=y")]
    [InlineData("-user", "activity", "--import-id", "1", "-user", "y")]
    [InlineData("--user", "activity", "--search", "--user")]
    [InlineData("--Activity", "activity", "--Activity", "x")]
    [InlineData("--recursive", "import", "page.json", "--recursive")]
    [InlineData("--after-all", "coverage", "--tenant", "x", "--after-all")]
    public void An_option_that_there_is_not_is_no_value(string option, params string[] arguments)
    {
        Import();
        var run = Run(arguments);
        Assert.Equal((2, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith($"entra-audit: There is no option {option}.", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n'), line => line.StartsWith("entra-audit: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_may_begin_with_a_dash_behind_its_option()
    {
        Import();
        Assert.Equal(0, Activities("--target=--odd", "--first", "1").GetArrayLength());
        Assert.Equal(0, Activities("--search", "-98765").GetArrayLength());
        Assert.Contains("Did you mean --activity?", Run("activity", "--activty", "x").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_mirror_ends_with_5_and_says_what_to_do()
    {
        var run = Run("activity");
        Assert.Equal((5, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("mirror.db", run.Error, StringComparison.Ordinal);
        Assert.Contains("entra-audit import", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_takes_what_it_can_and_ends_with_1_when_a_source_fails()
    {
        var run = Run("import", Write("page.json", Page), Path.Combine(folder, "missing.json"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("missing.json", run.Error, StringComparison.Ordinal);
        Assert.Contains("page.json", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, Activities().GetArrayLength());
    }

    [Fact]
    public void Entities_are_taken_in_and_partial_ones_are_not_taken_as_complete()
    {
        const string Users = """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{"id":"7f7d1a6e-2d3c-4f7e-9a51-0000000000aa","displayName":"Ana","userPrincipalName":"ana@contoso.example","userType":"Member"}]}""";
        var run = Run("import", Write("users.json", Users), "--complete", "--observed-at", "2026-10-01T00:00Z");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("users.json  Graph", run.Output, StringComparison.Ordinal);

        run = Run("import", Write("half.json", Users[..^2]), "--complete", "--observed-at", "2026-10-02T00:00Z");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("half.json", run.Error, StringComparison.Ordinal);
        Assert.Contains("refused", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_reach_the_question()
    {
        Import();
        Assert.Equal("Delete user", Assert.Single(Activities("--result", "failure").EnumerateArray()).GetProperty("Activity").GetString());
        Assert.Equal("Add user", Assert.Single(Activities("--before", "2026-10-02T00:00Z").EnumerateArray()).GetProperty("Activity").GetString());
        Assert.Equal("Delete user", Assert.Single(Activities("--first", "1").EnumerateArray()).GetProperty("Activity").GetString());
        Assert.Equal(0, Activities("--activity", "Update*").GetArrayLength());
        Assert.Equal(2, Activities("--imported-after", "1h").GetArrayLength());
        Assert.Equal(0, Activities("--imported-after", "now").GetArrayLength());
    }

    [Fact]
    public void Formulas_are_made_harmless_in_csv()
    {
        Import();
        var run = Run("activity", "--csv");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\"'=HYPERLINK(\"\"http://example.invalid\"\")\"", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("activity")]
    [InlineData("activity", "--csv")]
    [InlineData("activity", "--json")]
    public void Control_characters_of_the_log_do_not_reach_the_terminal(params string[] arguments)
    {
        Import();
        var run = Run(arguments);
        Assert.Contains("alert", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u0007', run.Output);
    }

    public static TheoryData<string, int, string> Endings => new()
    {
        { "good.json", 0, "1 imported" },
        { "no list of records: [1,2,3]", 1, "is not an export" },
        { "nothing readable: [{\"id\":\"1\",\"activityDisplayName\":\"Add user\",\"activityDateTime\":null}]", 1, "its one record was rejected" },
        { "no export: hello", 1, "is not an export" },
        { "empty file:", 1, "is empty" },
        { "cut off", 1, "is cut off" },
        { "sign-ins alone", 3, "left out" },
        { "empty folder", 1, "There are no files" },
        { "missing", 1, "There is nothing at" },
        { "the mirror itself", 1, "those of the mirror itself" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void The_exit_code_is_the_result_of_an_import(string what, int code, string said)
    {
        var path = Path.Combine(folder, "x.json");
        var text = what.Contains(": ", StringComparison.Ordinal) ? what.Split(": ", 2)[1] : what switch
        {
            "cut off" => Page[..^60],
            "sign-ins alone" => """[{"id":"1","createdDateTime":"2026-10-01T08:00:00Z","userPrincipalName":"ada@contoso.example","appDisplayName":"Office","ipAddress":"192.0.2.1","clientAppUsed":"Browser","status":{"errorCode":0}}]""",
            "empty file:" => string.Empty,
            _ => Page,
        };
        File.WriteAllText(path, text);
        if (what == "empty folder") path = System.IO.Directory.CreateDirectory(Path.Combine(folder, "none")).FullName;
        if (what == "missing") path = Path.Combine(folder, "missing.json");
        if (what == "the mirror itself")
        {
            Import();
            path = Mirror;
        }

        var run = Run("import", path);
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(said, run.Error + Unfolded(run.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_first_source_does_not_end_the_program_silently()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Linux has files that exist and cannot be read from their beginning.");
        var run = Run("import", "/proc/self/mem", Write("page.json", Page));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("/proc/self/mem", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, Activities().GetArrayLength());
    }

    [Fact]
    public void A_mirror_without_a_name_is_not_the_default_one()
    {
        var run = Run("import", Write("page.json", Page), "--mirror", "");
        Assert.Equal(2, run.ExitCode);
        Assert.False(File.Exists(Mirror));
    }

    [Fact]
    public void A_folder_of_the_mirror_and_its_exports_is_imported_without_the_mirror()
    {
        Import();
        var run = Run("import", folder);
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("In all 1 source (1 imported before)", Unfolded(run.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void A_files_name_does_not_act_on_the_terminal()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows allows no control characters in names.");
        var run = Run("import", Write("a\u001b]0;x\u0007\u202e.json", "hello"), Write("b\u001b[31m\u009b.json", Page));
        Assert.Equal(1, run.ExitCode);
        foreach (var c in "\u001b\u0007\u202e\u009b") Assert.DoesNotContain(c, run.Output + run.Error);
        Assert.Contains("a␛]0;x␇", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("  +1")]
    [InlineData("\\n-1")]
    [InlineData("\\t@SUM(A1)")]
    [InlineData("\u200b=1")]
    [InlineData("＝1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠A")]
    [InlineData("\u00a0\u3000=1")]
    public void What_a_spreadsheet_takes_for_a_formula_is_made_harmless(string name)
    {
        Run("import", Write("page.json", Page.Replace("Delete user", name, StringComparison.Ordinal)));
        var csv = Run("activity", "--csv", "--result", "failure").Output;
        Assert.Contains(",\"'", csv.Replace(",'", ",\"'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Time_that_is_not_covered_is_said()
    {
        Import();
        var run = Run("activity", "--after", "2026-09-01T00:00Z");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("warning: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_lists_the_days()
    {
        Import();
        var run = Run("coverage");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("2026-10-01", run.Output, StringComparison.Ordinal);
        Assert.Contains("2026-10-02", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Update_derives_the_mirror_anew_when_that_is_due()
    {
        Import();
        var run = Run("update");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("is up to date", Unfolded(run.Output), StringComparison.Ordinal);

        run = Run("update", "--force");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("derived anew from its 2 originals: no answer changed", Unfolded(run.Output), StringComparison.Ordinal);
        Assert.Single(System.IO.Directory.GetFiles(folder, "*.bak"));
        Assert.Equal(2, Activities().GetArrayLength());

        Assert.Equal(2, Run("update", "--date-format", "nonsense").ExitCode);
    }

    [Fact]
    public void Demo_answers_from_the_bundled_tenant()
    {
        // Without an engine, whatever this machine has: what the demo owes those who want no PowerShell.
        var run = Demo("no-such-pwsh");
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        // seeds/README.md: 400 events of the directory, of which the unified audit log contains 47 too, each in several shapes.
        Assert.Contains(" 400 activities, ", string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.Contains("What happened last?", run.Output, StringComparison.Ordinal);
        Assert.Empty(System.IO.Directory.GetDirectories(folder, "entra-audit-demo-*"));
        Assert.Contains("left nothing behind", Unfolded(run.Output), StringComparison.Ordinal);
        Assert.EndsWith(" -- --help", run.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("ENTRAAUDIT_PWSH names no-such-pwsh, which is no program.", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void Demo_shows_the_module_in_the_engine_that_the_tests_use()
    {
        PesterSuite.NeedEngine();
        var run = Demo(Environment.GetEnvironmentVariable(PowerShellEngine.Variable), "--keep");
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        Assert.Contains("PS> Get-AuditMirror", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"PS> Get-AuditActivity -First 5\s+Time ", run.Output);
        var kept = Path.Combine(Assert.Single(System.IO.Directory.GetDirectories(folder, "entra-audit-demo-*")), "mirror.db");
        Assert.Contains($" -- activity --result failure --mirror {kept}\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(0, Run("activity", "--result", "failure", "--mirror", kept).ExitCode);
        Assert.Empty(run.Error);
    }

    /// <summary>Text without the line ends that the width of the screen makes.</summary>
    private static string Unfolded(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "entra-audit.dll");

    private string Mirror => Path.Combine(folder, "mirror.db");

    private ChildProcess.Outcome Demo(string? engine, params string[] options) => ChildProcess.Run(
        "dotnet",
        [Program, "demo", .. options],
        new Dictionary<string, string?> { [PowerShellEngine.Variable] = engine, ["TMPDIR"] = folder, ["TEMP"] = folder, ["TMP"] = folder },
        TimeSpan.FromMinutes(2));

    private ChildProcess.Outcome Run(params string[] arguments) =>
        ChildProcess.Run("dotnet", [Program, .. arguments], new Dictionary<string, string?> { ["ENTRAAUDIT_MIRROR"] = Mirror }, TimeSpan.FromMinutes(1));

    private void Import() => Assert.Equal(0, Run("import", Write("page.json", Page)).ExitCode);

    private JsonElement Activities(params string[] filters)
    {
        var run = Run(["activity", "--json", .. filters]);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
