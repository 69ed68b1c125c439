using System.CommandLine;
using EntraAuditTools.Cli.Importing;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Cli.Questions;

/// <summary>The command of a question: all of it follows from what the question declares.</summary>
internal sealed class QuestionCommand : Command
{
    private readonly Question question;
    private readonly QuestionOptions fields;
    private readonly ViewOptions views;
    private readonly OutputOptions output = new();
    private readonly MirrorOption mirror = new();
    private readonly Option<bool> verbose = new("--verbose")
    {
        Description = "Say how the question was understood, and what a log is asked in SQL.",
    };

    /// <summary>Makes it.</summary>
    public QuestionCommand(Question question)
        : base(question.Name, question.Help)
    {
        this.question = question;
        fields = new QuestionOptions(question);
        fields.AddTo(this);
        views = new ViewOptions(question);
        views.AddTo(this);
        output.AddTo(this, question.TableRows);
        Options.Add(mirror);
        Options.Add(verbose);
        SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
    }

    /// <summary>The question.</summary>
    public Question Question => question;

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var form = output.Form(parsed);
        var first = output.First(parsed) ?? (form == AnswerForm.Table ? question.TableRows : null);
        var location = mirror.Named(parsed);
        var input = fields.Read(parsed, location, output.Skip(parsed), first);
        question.Prepare(input);
        var answer = new Answer(question, input, views.Of(parsed, input), output.First(parsed) is null);
        var progress = new QuestionLine(question.Name);
        var isAsked = !question.IsOfFile && (question.NeedsMirror(input) || parsed.GetResult(mirror) != null || location.Server != null
            || File.Exists(location.Path));
        if (!isAsked) return output.Code(parsed, answer.Write(null, form, progress));

        if (question.AsksLogsThere(input)) location = MirrorOption.BringForLogs(location, stop);
        else MirrorOption.Bring(location, stop);
        Prepare(location.Path, input, stop);
        using var reader = MirrorReader.Open(location.Path);
        using var interrupt = stop.Register(reader.Interrupt);
        if (QuestionLine.IsSeen) reader.Watch(progress.Tick);
        if (parsed.GetValue(verbose) && question.Describe(reader, input) is { } words) Console.Error.WriteLine(TerminalText.Visible(words));
        string[] warnings =
        [
            .. new[] { OldReading.Warning(reader), MirrorExposure.Warning(location.Path) }.OfType<string>(),
            .. question.Warnings(reader, input),
        ];
        progress.Clear();
        foreach (var warning in warnings) Screen.WriteWarning(warning);
        return output.Code(parsed, answer.Write(reader, form, progress));
    }

    private void Prepare(string path, QuestionInput input, CancellationToken stop)
    {
        if (question.Beforehand is not { } prepare) return;
        var progress = new ProgressLine();
        try
        {
            prepare(path, input, progress.Show, stop);
        }
        finally
        {
            progress.Clear();
        }
    }
}
