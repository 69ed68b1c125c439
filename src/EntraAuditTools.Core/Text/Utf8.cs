using System.Text;

namespace EntraAuditTools.Core.Text;

/// <summary>Comparing names as exports write them: camelCase, PascalCase or mixed (FORMATS: bind names case-insensitively).</summary>
internal static class Utf8
{
    private static ReadOnlySpan<byte> NoBreakSpace => "\u00a0"u8;

    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> wanted) =>
        name.Length == wanted.Length && Ascii.EqualsIgnoreCase(name, wanted);

    /// <summary>The length of the blank that a text begins with; 0 when it begins with none.</summary>
    public static int BlankAtStart(ReadOnlySpan<byte> text) =>
        text is [(byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..] ? 1 : text.StartsWith(NoBreakSpace) ? NoBreakSpace.Length : 0;

    /// <summary>The length of the blank that a text ends with; 0 when it ends with none.</summary>
    public static int BlankAtEnd(ReadOnlySpan<byte> text) =>
        text is [.., (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'] ? 1 : text.EndsWith(NoBreakSpace) ? NoBreakSpace.Length : 0;

    public static bool Is(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
