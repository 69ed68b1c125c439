using System.CommandLine;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Tables;

namespace EntraAuditTools.Cli.Options;

/// <summary>Which of the module's views shows an answer: the usual table unless somebody asks for another.</summary>
internal sealed class ViewOptions
{
    private readonly Question question;
    private readonly Option<bool> list = new("--list") { Description = "Show an item a line, with more than the table has room for." };
    private readonly Option<string?> view = new("--view") { HelpName = "name" };

    /// <summary>Makes the options of a question.</summary>
    public ViewOptions(Question question) => this.question = question;

    /// <summary>Adds those of them to a command that its records have views for.</summary>
    public void AddTo(Command command)
    {
        var record = question.RecordOf(new QuestionInput());
        if (RecordView.ListOf(record) != null && RecordView.Of(record, null) is { IsList: false }) command.Options.Add(list);
        if (RecordView.OthersOf(record) is not { Count: > 0 } names) return;
        view.Description = $"Show another view: {string.Join(", ", names)}.";
        view.CompletionSources.Add([.. names]);
        command.Options.Add(view);
    }

    /// <summary>The view that is asked for.</summary>
    /// <exception cref="AuditToolException">ViewUnknown.</exception>
    public RecordView Of(ParseResult parsed, QuestionInput input)
    {
        var record = question.RecordOf(input);
        if (parsed.GetValue(view) is { } name)
        {
            var names = RecordView.OthersOf(record);
            var near = NearestWords.Of(name, names);
            return RecordView.OtherOf(record, name) ?? throw AuditToolException.BadArgument("ViewUnknown", $"--view: there is no '{name}'.",
                names.Count == 0 ? "These records have no other." : near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?"
                : $"There are {string.Join(", ", names)}.", name);
        }

        return (parsed.GetValue(list) ? RecordView.ListOf(record) : null)
            ?? RecordView.Of(record, question.View(input)) ?? RecordView.Of(question.PropertyNames(input)!);
    }
}
