using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Times;
using EntraAuditTools.Core.Questions.Asking;

namespace EntraAuditTools.Cli.Options;

/// <summary>
/// What a question can be asked for, an option for each of its fields. Texts take wildcards, several values mean any of them.
/// </summary>
internal sealed class QuestionOptions
{
    private readonly Question question;
    private readonly List<(QuestionField Field, Option Option)> options;

    /// <summary>Makes the options of a question.</summary>
    public QuestionOptions(Question question)
    {
        this.question = question;
        options = [.. question.Fields.Select(field => (field, OptionOf(field)))];
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var (_, option) in options) command.Options.Add(option);
    }

    /// <summary>What the options ask for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="location">Where the mirror is.</param>
    /// <param name="skip">How many of the first to leave out.</param>
    /// <param name="first">How many to return at most; null for all.</param>
    public QuestionInput Read(ParseResult parsed, MirrorLocation location, long skip, long? first)
    {
        var said = new HashSet<string>();
        var input = new QuestionInput
        {
            Location = location, Skip = skip, First = first,
            Say = warning =>
            {
                // Once, also where the rows are counted after they were read.
                if (said.Add(warning)) Screen.WriteWarning(warning);
            },
        };
        foreach (var (field, option) in options)
        {
            if (parsed.GetResult(option) is not { Implicit: false } given) continue;
            if (field.IsSwitch) input.Set(field.Name, parsed.GetValue((Option<bool>)option));
            else if (field.IsTime) SetTime(input, field, given, parsed.GetValue((TimeOption)option));
            else SetTexts(input, field, [.. given.Tokens.Select(token => token.Value)]);
        }

        Selection.Select(question, input);
        return input;
    }

    private static void SetTime(QuestionInput input, QuestionField field, OptionResult given, DateTimeOffset? time)
    {
        input.Set(field.Name, time);
        if (given.Tokens is [var typed] && TimeInput.Reading(typed.Value, DateTimeOffset.Now) is { } reading) Screen.WriteWarning(reading);
    }

    private static void SetTexts(QuestionInput input, QuestionField field, IReadOnlyList<string> given)
    {
        var texts = field.TakesAll ? AnyValue.Unless(given) : given;
        if (field.IsNumber) input.Set(field.Name, texts?.Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToList());
        input.Set(field.Name, field.IsNumber ? null : texts, texts);
    }

    private static Option OptionOf(QuestionField field)
    {
        if (field.IsSwitch) return new Option<bool>(field.Option) { Description = field.Help };
        if (field.IsTime) return new TimeOption(field.Option, field.Help) { Required = field.IsRequired };
        Option option = field.IsPhrase ? new Option<string>(field.Option) { HelpName = "words" }
            : field.IsNumber ? new Option<long[]>(field.Option) { HelpName = "number", AllowMultipleArgumentsPerToken = true }
            : new Option<string[]>(field.Option) { HelpName = "text", AllowMultipleArgumentsPerToken = true };
        option.Description = field.Help;
        option.Validators.Add(given => Validate(field, given));
        return option;
    }

    private static void Validate(QuestionField field, OptionResult given)
    {
        foreach (var text in given.Tokens.Select(token => token.Value))
        {
            // A script whose variable is empty must not ask for everything.
            if (string.IsNullOrWhiteSpace(text))
                given.AddError($"{field.Option}: the value is empty. Leave the option out to ask without it.");
            else if (field.ClosedList is { } words && ClosedWords.Problem(text, words) is { } problem)
                given.AddError($"{field.Option}: {problem}");
        }
    }
}
