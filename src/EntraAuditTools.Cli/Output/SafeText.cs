using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Cli.Output;

/// <summary>Text from a log is written by others: what may stand in a table and a message.</summary>
internal static class SafeText
{
    /// <summary>The text on one line, with what is not to be seen made visible.</summary>
    public static string OneLine(string? text) => TerminalText.Line(text);
}
