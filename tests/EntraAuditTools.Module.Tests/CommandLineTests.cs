using System.Text.Json;
using EntraAuditTools.Engines;

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

    [Fact]
    public void Missing_mirror_ends_with_1_and_says_what_to_do()
    {
        var run = Run("activity");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("mirror.db", run.Error, StringComparison.Ordinal);
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
    public void Demo_answers_from_the_bundled_tenant()
    {
        // Without an engine, whatever this machine has: what the demo owes those who want no PowerShell.
        var run = Demo("no-such-pwsh");
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        // seeds/README.md: 400 events of the directory and 47 unified audit log records, each in several shapes.
        Assert.Contains(" 447 activities, ", string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("What happened last?", run.Output, StringComparison.Ordinal);
        Assert.Contains("mirror.db", run.Output, StringComparison.Ordinal);
        Assert.Contains("ENTRAAUDIT_PWSH names no-such-pwsh, which is no program.", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void Demo_shows_the_module_in_the_engine_that_the_tests_use()
    {
        PesterSuite.NeedEngine();
        var run = Demo(Environment.GetEnvironmentVariable(PowerShellEngine.Variable));
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        Assert.Contains("PS> Get-AuditMirror", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"PS> Get-AuditActivity -First 5\s+Time ", run.Output);
        Assert.Empty(run.Error);
    }

    private static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "entra-audit.dll");

    private string Mirror => Path.Combine(folder, "mirror.db");

    private ChildProcess.Outcome Demo(string? engine) => ChildProcess.Run(
        "dotnet",
        [Program, "demo"],
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
