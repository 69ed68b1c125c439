using System.Diagnostics;
using System.Text.Json;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;

namespace EntraAuditTools.Module.Tests.Programs;

/// <summary>How the program ends: what scripts and cron go by.</summary>
public sealed class ProgramEndTests(SampleMirror mirror) : IClassFixture<SampleMirror>
{
    private static readonly string[] Forms = ["--csv", "--json", "--jsonl"];

    public static TheoryData<string, int> Errors => new()
    {
        { nameof(MirrorErrors.NotFound), ExitCode.NoMirror },
        { nameof(MirrorErrors.Vanished), ExitCode.NoMirror },
        { nameof(MirrorErrors.Locked), ExitCode.Busy },
        { nameof(MirrorErrors.NoRoom), ExitCode.Busy },
        { nameof(MirrorErrors.Damaged), ExitCode.Unusable },
        { nameof(MirrorErrors.NotAMirror), ExitCode.Unusable },
        { nameof(MirrorErrors.Altered), ExitCode.Unusable },
        { nameof(MirrorErrors.Newer), ExitCode.Unusable },
        { nameof(MirrorErrors.AccessDenied), ExitCode.Unusable },
        { nameof(MirrorErrors.BackupExists), ExitCode.Usage },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_code_says_what_is_wrong_with_the_mirror(string error, int code) => Assert.Equal(code, ExitCode.Of(Of(error)));

    [Fact]
    public void Every_code_is_said_once_and_is_one_of_its_own()
    {
        var numbers = typeof(ExitCode).GetFields().Where(field => field.IsLiteral)
            .Select(field => (int)field.GetRawConstantValue()!).ToList();
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.Equal(numbers.Order(), ExitCode.All.Select(code => code.Number).Distinct().Order());
    }

    [Fact]
    public void A_mirror_that_is_none_ends_with_7()
    {
        var path = mirror.File + ".txt";
        File.WriteAllText(path, "no mirror\n");
        var run = mirror.Run("activity", "--mirror", path);
        Assert.Equal((ExitCode.Unusable, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("is not a mirror", run.Error, StringComparison.Ordinal);
        Assert.Contains("--mirror", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "activity", "--activity", "no such *")]
    [InlineData(4, "activity", "--activity", "no such *", "--exit-code")]
    [InlineData(4, "activity", "--activity", "no such *", "--exit-code", "--jsonl")]
    [InlineData(0, "conflicts", "--exit-code")]
    [InlineData(8, "activity", "--after", "2020-01-01", "--before", "2020-02-01", "--require-coverage")]
    [InlineData(2, "activity", "--require-coverage")]
    [InlineData(2, "activity", "--result", "")]
    [InlineData(2, "requests", "--status", "Pending")]
    [InlineData(2, "compare")]
    [InlineData(2, "packages", "--can-request")]
    [InlineData(2, "packages", "--name", "Night shift", "--access-package", "Night shift")]
    [InlineData(2, "activity", "--csv", "--jsonl")]
    public void A_question_ends_with(int code, params string[] words)
    {
        var run = mirror.Run(words);
        Assert.True(run.ExitCode == code, $"{run.ExitCode}: {run.Error}");
        if (code is 2 or 8) Assert.Empty(run.Output);
    }

    [Fact]
    public void An_answer_without_rows_is_one_in_every_form()
    {
        var none = mirror.Run("activity", "--activity", "no such *", "--json").Output;
        Assert.Equal("[]", none.ReplaceLineEndings(string.Empty));
        Assert.Empty(mirror.Run("activity", "--activity", "no such *", "--jsonl").Output);
        Assert.Single(mirror.Run("activity", "--activity", "no such *", "--csv").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var table = mirror.Run("activity", "--activity", "no such *");
        Assert.Equal(string.Empty, table.Output);
        Assert.Contains("Nothing matches.", table.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_says_what_it_leaves_out_and_a_page_does_not()
    {
        var table = mirror.Run("activity");
        Assert.Equal(50 + 2, table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("50 of 400", table.Error, StringComparison.Ordinal);
        Assert.Empty(mirror.Run("activity", "--first", "3").Error);
        Assert.All(table.Output.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public void What_keeps_the_mirror_says_what_it_did_as_JSON_too()
    {
        var copy = mirror.File + ".copy";
        (string Property, string[] Words)[] commands =
        [
            ("Result", ["check", "--quick"]),
            ("Checks", ["backup", copy, "--force"]),
            ("Originals", ["remove", "--before", "2026-09-02", "--yes", "--mirror", copy]),
            ("HasSearchIndex", ["optimize", "--mirror", copy]),
            ("Sha256", ["export", mirror.File + ".ndjson", "--force", "--kind", "AuditActivity", "--last", "90d", "--before", "2026-11-01"]),
            ("Shape", ["import", Path.Combine(SampleMirror.Exports, "graph", "directoryAudits.jsonl"), "--mirror", copy]),
        ];
        foreach (var (property, words) in commands)
        {
            var run = mirror.Run([.. words, "--jsonl"]);
            Assert.True(run.ExitCode == 0, run.Error);
            using var json = JsonDocument.Parse(run.Output.TrimEnd('\n'));
            Assert.True(json.RootElement.TryGetProperty(property, out _), run.Output);
        }
    }

    [Fact]
    public void An_import_says_beforehand_what_files_are_and_imports_nothing()
    {
        var file = Path.Combine(SampleMirror.Exports, "portal", "AuditLogs_2026-10-31.csv");
        var run = mirror.Run("import", file, "--what-if", "--mirror", mirror.File + ".new");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("AuditActivity", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(mirror.File + ".new"));
    }

    [Fact]
    public void A_reader_that_has_enough_is_no_error()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("A shell of Unix.");
        foreach (var form in Forms)
        {
            var run = ChildProcess.Run("bash", ["-c", $"dotnet '{SampleMirror.Program}' activity {form} | head -1; exit ${{PIPESTATUS[0]}}"],
                mirror.Environment, TimeSpan.FromMinutes(1));
            Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
            Assert.NotEmpty(run.Output);
        }
    }

    [Fact]
    public void Ctrl_C_ends_with_130()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("A shell of Unix.");
        // A shell that runs tests in the background has them ignore Ctrl+C, and so all that they start.
        var start = IgnoresInterrupt
            ? new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", SampleMirror.Program, "activity", "--jsonl"])
            : new ProcessStartInfo("dotnet", [SampleMirror.Program, "activity", "--jsonl"]);
        start.RedirectStandardOutput = true;
        foreach (var (name, value) in mirror.Environment) start.Environment[name] = value;
        using var program = Process.Start(start)!;
        // Nobody reads on: it waits, in the middle of its answer.
        Assert.Equal('{', (char)program.StandardOutput.Read());
        Assert.Equal(0, ChildProcess.Run("kill", ["-INT", $"{program.Id}"], null, TimeSpan.FromMinutes(1)).ExitCode);
        Assert.True(program.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal(ExitCode.Stopped, program.ExitCode);
    }

    /// <summary>Whether this process was started with SIGINT ignored (proc_pid_status(5), SigIgn: the second bit).</summary>
    private static bool IgnoresInterrupt => File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Any(line => (Convert.ToUInt64(line[7..].Trim(), 16) & 2) != 0);

    private static AuditToolException Of(string error)
    {
        var cause = new IOException("x");
        return error switch
        {
            nameof(MirrorErrors.NotFound) => MirrorErrors.NotFound("x"),
            nameof(MirrorErrors.Vanished) => MirrorErrors.Vanished("x", isReplaced: false),
            nameof(MirrorErrors.Locked) => MirrorErrors.Locked("x", cause),
            nameof(MirrorErrors.NoRoom) => MirrorErrors.NoRoom("x", 2, 1),
            nameof(MirrorErrors.Damaged) => MirrorErrors.Damaged("x", cause),
            nameof(MirrorErrors.NotAMirror) => MirrorErrors.NotAMirror("x", "y"),
            nameof(MirrorErrors.Altered) => MirrorErrors.Altered("x", "y"),
            nameof(MirrorErrors.Newer) => MirrorErrors.Newer("x", 99),
            nameof(MirrorErrors.AccessDenied) => MirrorErrors.AccessDenied("x", cause),
            _ => MirrorErrors.BackupExists("x"),
        };
    }
}
