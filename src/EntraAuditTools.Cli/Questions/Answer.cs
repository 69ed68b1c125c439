using System.Management.Automation;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Tables;

namespace EntraAuditTools.Cli.Questions;

/// <summary>Writes the answer of a question, as its records are read.</summary>
/// <param name="question">The question.</param>
/// <param name="input">What it is asked for.</param>
/// <param name="view">What shows it as a table or a list.</param>
/// <param name="isCut">Whether nobody asked for so few rows: what a table leaves out is said then.</param>
internal sealed class Answer(Question question, QuestionInput input, RecordView view, bool isCut)
{
    private long rows;

    /// <summary>Writes it.</summary>
    /// <param name="mirror">The mirror; null where the question is answered without one.</param>
    /// <param name="form">How.</param>
    /// <param name="progress">Shows how far it is.</param>
    /// <returns>How many rows were written.</returns>
    public long Write(MirrorReader? mirror, AnswerForm form, QuestionLine progress)
    {
        try
        {
            return Write(mirror, form, Counted(question.Answer(mirror!, input), progress));
        }
        finally
        {
            progress.Clear();
        }
    }

    private long Write(MirrorReader? mirror, AnswerForm form, IEnumerable<object> found)
    {
        var records = found.Select(record => question.PropertiesOf(record, input) ?? record);
        if (form == AnswerForm.Table)
        {
            WriteTable(mirror, records);
            return rows;
        }

        RecordWriter.Write(form, question.RecordOf(input), question.PropertyNames(input), records);
        return rows;
    }

    private void WriteTable(MirrorReader? mirror, IEnumerable<object> records)
    {
        using var output = Screen.OpenText();
        if (view.Text is { } text) WriteTexts(output, records, text);
        else if (view.IsList) RecordListing.Write(output, view, Screen.IsOne ? Screen.Width : null, records);
        else new RecordTable(output, view, Screen.Width).Write(records);
        output.Flush();
        if (rows == 0) Screen.WriteNote("Nothing matches.");
        else if (isCut && rows == input.First && question.CountOf(mirror!, input) is var all && all > input.Skip + rows)
            Screen.WriteNote($"{rows:N0} of {all:N0}; --first {all} shows all, --csv, --json and --jsonl write them.");
    }

    private static void WriteTexts(TextWriter output, IEnumerable<object> records, Func<PSObject, string> text)
    {
        foreach (var record in records) output.WriteLine(text(PSObject.AsPSObject(record)).TrimEnd('\n'));
    }

    private IEnumerable<object> Counted(IEnumerable<object> records, QuestionLine progress)
    {
        foreach (var record in records)
        {
            rows++;
            progress.Count();
            yield return record;
        }
    }
}
