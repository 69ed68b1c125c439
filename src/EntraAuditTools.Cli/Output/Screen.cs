using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Text;
using Spectre.Console;

namespace EntraAuditTools.Cli.Output;

/// <summary>Everything that is meant for eyes. Colours and width follow the terminal; redirected output is plain and 120 wide.</summary>
internal static class Screen
{
    private const int WidthWithoutTerminal = 120;
    private const int ColumnGap = 2;
    private const int LeastWidth = 20;
    private const int RowsOfPart = 200;

    public static IAnsiConsole Console { get; } = Create();

    /// <summary>
    /// A table of one line a row, without frames; cells are texts, never markup. What does not fit the width is cut with an ellipsis.
    /// </summary>
    public static void WriteTable(IReadOnlyList<Column> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var cells = rows.Select(row => row.Select(TerminalText.Line).ToArray()).ToList();
        var widths = columns.Select((column, i) => cells.Select(row => row[i].Length).Append(column.Header.Length).Max()).ToArray();
        Shrink(widths, Console.Profile.Width - (ColumnGap * columns.Count));

        // In parts: what the library makes of a cell is a hundred times its size, and an import may have tens of thousands of rows.
        for (var from = 0; from == 0 || from < cells.Count; from += RowsOfPart)
        {
            var table = new Table { Border = TableBorder.None, ShowHeaders = from == 0 };
            for (var i = 0; i < columns.Count; i++)
            {
                var header = new Text(columns[i].Fit(columns[i].Header, widths[i]), new Style(decoration: Decoration.Bold));
                table.AddColumn(new TableColumn(header)
                {
                    Alignment = columns[i].IsNumber ? Justify.Right : Justify.Left,
                    Padding = new Padding(0, 0, ColumnGap, 0),
                    NoWrap = true,
                    Width = cells.Count > RowsOfPart ? widths[i] : null,
                });
            }

            foreach (var row in cells.Skip(from).Take(RowsOfPart))
                table.AddRow(row.Select((cell, i) => new Text(columns[i].Fit(cell, widths[i]))));
            Console.Write(table);
        }
    }

    /// <summary>Takes from the widest columns until the sum fits.</summary>
    private static void Shrink(int[] widths, int available)
    {
        for (var excess = widths.Sum() - available; excess > 0; excess--)
        {
            var widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= 1) return;
            widths[widest]--;
        }
    }

    /// <summary>A heading, with the command that gives what follows.</summary>
    public static void WriteHeading(string text, string command)
    {
        Console.WriteLine();
        Console.Write(new Text(text, new Style(Color.Aqua, decoration: Decoration.Bold)));
        Console.WriteLine();
        Console.Write(new Text("  " + command, new Style(Color.Grey)));
        Console.WriteLine();
        Console.WriteLine();
    }

    /// <summary>A sentence, free to break where the line ends.</summary>
    public static void WriteLine(string text) => Console.Write(new Text(TerminalText.Line(text) + Environment.NewLine));

    /// <summary>Whether standard output is a screen.</summary>
    public static bool IsOne => !System.Console.IsOutputRedirected;

    /// <summary>Columns of the screen; 120 where the output is none.</summary>
    public static int Width => Console.Profile.Width;

    /// <summary>Begins bold text; null where the output has no colours.</summary>
    public static string? Bold => Console.Profile.Capabilities.Ansi ? "\u001b[1m" : null;

    /// <summary>Standard output for many lines, which reach it in parts; flush it at the end.</summary>
    public static StreamWriter OpenText() => new(System.Console.OpenStandardOutput(), System.Console.OutputEncoding, 16 * 1024);

    /// <summary>To standard error: what to know of an answer that is no row of it.</summary>
    public static void WriteNote(string text) => WriteAside(string.Empty, text);

    /// <summary>To standard error: something to know that is no failure.</summary>
    public static void WriteWarning(string text) => WriteAside("warning: ", text);

    /// <summary>To standard error: this import is not the only one.</summary>
    public static void WriteWaiting() => WriteWarning(
        $"Another import is writing the mirror: this one waits until it is done, {MirrorLock.LongestWait.TotalMinutes:N0} minutes at most. "
        + "Ctrl+C gives up.");

    /// <summary>To standard error: what is wrong and what to do.</summary>
    public static void WriteError(AuditToolException error)
    {
        // What is wrong with the command line is said as the parser says it.
        var begin = error.Kind == AuditErrorKind.InvalidArgument ? "entra-audit: " : "error: ";
        WriteAside(begin, error.Message);
        if (error.RecommendedAction is { } action) WriteAside(new string(' ', begin.Length), action);
    }

    /// <summary>To standard error: a sentence on one line, or on as many as a terminal needs, broken between words.</summary>
    public static void WriteAside(string begin, string text)
    {
        var line = TerminalText.Line(text);
        var width = System.Console.IsErrorRedirected ? int.MaxValue : Math.Max(LeastWidth, Width - begin.Length);
        var indent = begin;
        foreach (var part in AnsiText.Wrap(line, width))
        {
            System.Console.Error.WriteLine(indent + part);
            indent = new string(' ', begin.Length);
        }
    }

    private static IAnsiConsole Create()
    {
        var plain = System.Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
                Out = new AnsiConsoleOutput(System.Console.Out) });
        if (System.Console.IsOutputRedirected) console.Profile.Width = WidthWithoutTerminal;
        return console;
    }
}
