using System.Text;

namespace EntraAuditTools.Core.Formats;

/// <summary>Comparing names as exports write them: camelCase, PascalCase or mixed (FORMATS: bind names case-insensitively).</summary>
internal static class Utf8
{
    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> wanted) => name.Length == wanted.Length && Ascii.EqualsIgnoreCase(name, wanted);

    public static bool Is(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
