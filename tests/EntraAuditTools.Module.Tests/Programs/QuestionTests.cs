using System.Management.Automation;
using EntraAuditTools.Cli;
using EntraAuditTools.Cli.Questions;
using EntraAuditTools.Core.Questions;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Module.Tests.Programs;

/// <summary>A question is declared once: whatever cmdlet asks has its command, and whatever parameter its option.</summary>
public class QuestionTests
{
    /// <summary>Parameters of the pipeline's: the program has none.</summary>
    private static readonly string[] OfThePipeline = ["InputObject"];

    /// <summary>Parameters of every cmdlet, which the program has in words of its own.</summary>
    private static readonly string[] OfAll = ["Mirror"];

    /// <summary>Cmdlets that only a session needs: it is the environment that chooses the program's mirror.</summary>
    private static readonly string[] OfTheSession = ["Set-AuditMirror"];

    public static TheoryData<string> Names => [.. AllQuestions.List.Select(question => question.Cmdlet)];

    [Fact]
    public void Every_cmdlet_that_asks_has_its_question()
    {
        var asking = CmdletAssembly.Cmdlets.Select(cmdlet => cmdlet.Name).Where(name => name.Split('-')[0] is "Get" or "Measure" or "Compare");
        var asked = AllQuestions.List.Select(question => question.Cmdlet);
        Assert.Equal(asking.Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_cmdlet_has_its_command()
    {
        var commands = ProgramCommands.Create().Subcommands.Select(command => command.Name).ToHashSet();
        var cmdlets = CmdletAssembly.Cmdlets.Select(cmdlet => cmdlet.Name).Except(OfTheSession).ToList();
        Assert.Equal(cmdlets.Order(StringComparer.Ordinal), Caller.Cmdlets.Order(StringComparer.Ordinal));
        Assert.All(cmdlets, cmdlet => Assert.Contains(Caller.CommandOf(cmdlet), commands));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_is_a_field_and_every_field_a_parameter(string cmdlet)
    {
        var type = CmdletAssembly.Cmdlets.Single(item => item.Name == cmdlet).Type;
        var parameters = ParametersOf(type).Except(OfThePipeline).Except(OfAll);
        var fields = Of(cmdlet).Fields.Select(field => field.Name);
        Assert.Equal(parameters.Order(StringComparer.Ordinal), fields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_field_is_an_option(string cmdlet)
    {
        var question = Of(cmdlet);
        var options = new QuestionCommand(question).Options.ToDictionary(option => option.Name);
        Assert.All(question.Fields, field => Assert.Equal(field.Help, options[field.Option].Description));
        Assert.All(question.Fields, field => Assert.Matches("[.…]$", field.Help));
    }

    /// <summary>What keeps the mirror is called alike too, but for what is PowerShell's own.</summary>
    [Fact]
    public void Every_parameter_of_the_other_cmdlets_is_an_option_or_the_path()
    {
        // Paths and SQL are arguments, objects come by pipelines; keys stand in files, for others see command lines; a code says what Quiet
        // does; times are texts wherever they are no table.
        string[] own = ["Path", "Destination", "LiteralPath", "InputObject", "Key", "As", "Quiet", "Query", "TimeAsText"];
        foreach (var (name, type) in CmdletAssembly.Cmdlets.Select(cmdlet => (cmdlet.Name, cmdlet.Type)))
        {
            if (OfTheSession.Contains(name) || AllQuestions.List.Any(question => question.Cmdlet == name)) continue;
            var command = ProgramCommands.Create().Subcommands.Single(item => item.Name == Caller.CommandOf(name));
            var options = command.Options.Select(option => option.Name).ToHashSet();
            Assert.All(ParametersOf(type).Except(own), parameter => Assert.Contains(OptionName.Of(parameter), options));
        }
    }

    /// <summary>A parameter that takes All, or only words of a list, does so in both.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_closed_list_is_one_for_both(string cmdlet)
    {
        var type = CmdletAssembly.Cmdlets.Single(item => item.Name == cmdlet).Type;
        Assert.All(Of(cmdlet).Fields, field => Assert.Equal(
            field.ClosedList != null,
            type.GetProperty(field.Name)!.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ClosedListAttribute")));
    }

    private static IEnumerable<string> ParametersOf(Type cmdlet) => cmdlet.GetProperties()
        .Where(property => property.CustomAttributes.Any(attribute => attribute.AttributeType == typeof(ParameterAttribute)))
        .Select(property => property.Name);

    private static Question Of(string cmdlet) => AllQuestions.List.Single(question => question.Cmdlet == cmdlet);
}
