using EntraAuditTools.Cli;
using EntraAuditTools.Cli.Completion;

namespace EntraAuditTools.Module.Tests.Programs;

/// <summary>What shells complete: commands, options, and values of the mirror as the module completes them.</summary>
public sealed class ProgramCompletionTests(SampleMirror mirror) : IClassFixture<SampleMirror>
{
    [Theory]
    [InlineData("measure", "meas")]
    [InlineData("--initiated-by", "activity", "--init")]
    [InlineData("--jsonl", "conflicts", "--js")]
    [InlineData("Core Directory", "activity", "--service", "core")]
    [InlineData("Add member to group", "activity", "--service", "Core Directory", "--activity", "add mem")]
    [InlineData("PendingApproval", "requests", "--status", "pend")]
    [InlineData("Denied", "requests", "--status", "PendingApproval", "d")]
    [InlineData("ingrid.solberg@harborline.example", "assignments", "--user", "ingrid")]
    [InlineData("DayOfWeek", "measure", "--by", "Actor", "day")]
    [InlineData("7d", "activity", "--last", "")]
    [InlineData("ProvisioningLog", "remove", "--kind", "prov")]
    [InlineData("0ec71234-a6dd-4adb-8eaf-d3ec2403d98f", "export", "--tenant", "0ec7")]
    [InlineData("fish", "completion", "f")]
    public void It_offers(string value, params string[] words) =>
        Assert.Contains(value, Complete(words).Select(line => line.Split('\t')[0]));

    [Theory]
    [InlineData("no-such-command", "--x")]
    [InlineData("activity", "--mirror", "/tmp/")]
    [InlineData("activity", "--no-such-option", "x")]
    [InlineData("activity", "--service", "xyzzy")]
    public void It_offers_nothing(params string[] words) => Assert.Empty(Complete(words));

    [Fact]
    public void What_is_given_is_not_offered_again_and_the_program_s_own_command_never()
    {
        Assert.DoesNotContain("--last", Complete("activity", "--last", "7d", "--l").Select(line => line.Split('\t')[0]));
        Assert.DoesNotContain("complete", Complete("comp").Select(line => line.Split('\t')[0]));
    }

    [Fact]
    public void Without_a_mirror_the_catalog_completes_and_nothing_is_said()
    {
        var run = mirror.Run("complete", "--", "activity", "--mirror", mirror.File + ".none", "--activity", "add mem");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("Add member to group", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_that_takes_a_word_completes_or_is_free_text()
    {
        // A path completes as files; what is one's own words, heads that are kept elsewhere and roles of a server complete as nothing.
        string[] free = ["--search", "--mirror", "--key-file", "--first", "--skip", "--expected-head", "--column-map", "--parameter",
            "--title", "--reader", "--original-reader", "--importer", "--revoke"];
        foreach (var command in ProgramCommands.Create().Subcommands)
        {
            foreach (var option in command.Options.Where(option => option.ValueType != typeof(bool) && !free.Contains(option.Name)))
            {
                if (option.ValueType == typeof(DateTimeOffset?) || option is System.CommandLine.Help.HelpOption) continue;
                Assert.True(WordCompletion.CanComplete(command, option), $"{command.Name} {option.Name}");
            }
        }
    }

    [Theory]
    [InlineData("bash", "-n")]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public void A_script_is_one_of_its_shell(string shell, string check)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("A shell of Unix.");
        var script = mirror.Run("completion", shell);
        Assert.Equal((0, string.Empty), (script.ExitCode, script.Error));
        var path = mirror.File + "." + shell;
        File.WriteAllText(path, script.Output);
        var run = ChildProcess.Run(shell, [check, path], null, TimeSpan.FromMinutes(1));
        if (run.ExitCode == -1) Assert.Skip($"There is no {shell} here.");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
    }

    [Fact]
    public void Bash_completes_what_is_quoted_and_inserts_what_it_can_read()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("A shell of Unix.");
        const string Script = """
            entra-audit() { dotnet "$PROGRAM" "$@"; }
            source <(entra-audit completion bash)
            try() { COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _entra_audit; echo "${COMPREPLY[0]}"; }
            try entra-audit meas
            try entra-audit activity --service "'Core Dir"
            try entra-audit activity --service Core\\ Dir
            """;
        var environment = new Dictionary<string, string?>(mirror.Environment) { ["PROGRAM"] = SampleMirror.Program };
        var run = ChildProcess.Run("bash", ["-c", Script], environment, TimeSpan.FromMinutes(1));
        Assert.Equal(["measure", "Core Directory", @"Core\ Directory"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private string[] Complete(params string[] words)
    {
        var run = mirror.Run(["complete", "--", .. words]);
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
