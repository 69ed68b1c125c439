using System.CommandLine;
using System.Globalization;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Sql;
using EntraAuditTools.Tables;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit sql</c>: any other question, in SQL over documented views.</summary>
internal static class SqlCommand
{
    public static Command Create()
    {
        var mirror = new MirrorOption();
        var query = new Argument<string>("query") { Description = "One SELECT over the views: SELECT * FROM view_columns lists them." };
        var parameters = new Option<string[]>("--parameter")
        {
            Description = "A value for @name in the query: a whole number is a number, all else a text.", HelpName = "name=value",
        };
        var showSecret = new Option<bool>("--show-secret")
        {
            Description = "Show values that can hold key material instead of masking them.",
        };
        var output = new OutputOptions();
        var command = new Command("sql", "Answer any other question, in SQL over documented views.")
        {
            query, parameters, showSecret, mirror,
        };
        output.AddTo(command, null);
        command.Validators.Add(given =>
        {
            foreach (var wrong in given.GetValue(parameters)?.Where(text => text.IndexOf('=', StringComparison.Ordinal) <= 0) ?? [])
                given.AddError($"--parameter: '{wrong}' is not name=value.");
        });
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                using var reader = MirrorReader.Open(mirror.Location(parsed, stop).Path);
                using var interrupt = stop.Register(reader.Interrupt);
                foreach (var warning in new[]
                {
                    OldReading.Warning(reader), MirrorExposure.Warning(reader.Path),
                    parsed.GetValue(showSecret) ? MaskedWarning.Of(reader) : null,
                }.OfType<string>())
                    Screen.WriteWarning(warning);
                var form = output.Form(parsed);
                var session = new AuditSqlQuery(reader)
                {
                    ShowsSecrets = parsed.GetValue(showSecret),
                    HasTimesAsText = form != AnswerForm.Table,
                };
                var text = parsed.GetRequiredValue(query);
                var rows = new CountedRows(session.Run(text, Values(parsed.GetValue(parameters) ?? [])).Select(Record)
                    .Skip((int)Math.Min(output.Skip(parsed), int.MaxValue)).Take((int)Math.Min(output.First(parsed) ?? int.MaxValue, int.MaxValue)));
                Write(rows.All(), session.ColumnsOf(text), form);
                if (rows.Count == 0 && form == AnswerForm.Table) Screen.WriteNote("Nothing matches.");
                return output.Code(parsed, rows.Count);
            },
            CancellationToken.None));
        return command;
    }

    private static void Write(IEnumerable<object> rows, IReadOnlyList<string> columns, AnswerForm form)
    {
        if (form == AnswerForm.Csv)
        {
            RecordCsv.Write(Console.Out, columns, rows);
            Console.Out.Flush();
        }
        else if (form == AnswerForm.Table)
        {
            using var screen = Screen.OpenText();
            new RecordTable(screen, RecordView.Of(columns), Screen.Width).Write(rows);
            screen.Flush();
        }
        else
        {
            using var stream = Console.OpenStandardOutput();
            if (form == AnswerForm.Json) RecordJson.WriteArray(stream, rows);
            else RecordJson.WriteLines(stream, rows);
        }
    }

    private static object Record(SqlRow row) => row.Columns.Zip(row.Values.Select(Shown), KeyValuePair.Create).ToList();

    private static object? Shown(object? value) =>
        value is DateTimeOffset time ? time.ToString(SqlParameters.ShownTimeFormat, CultureInfo.InvariantCulture) : value;

    private static Dictionary<string, object?> Values(string[] given) => given.Select(text => text.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Value(pair[1]), StringComparer.OrdinalIgnoreCase);

    // 007 is a text: as a number it would be another.
    private static object? Value(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text ? number : text;

    /// <summary>Rows, counted as they are read.</summary>
    private sealed class CountedRows(IEnumerable<object> rows)
    {
        public long Count { get; private set; }

        public IEnumerable<object> All()
        {
            foreach (var row in rows)
            {
                Count++;
                yield return row;
            }
        }
    }
}
