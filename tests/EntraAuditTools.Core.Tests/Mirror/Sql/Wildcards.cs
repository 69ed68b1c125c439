namespace EntraAuditTools.Core.Tests.Mirror.Sql;

/// <summary>
/// What PowerShell's <c>-like</c> answers to pairs of a pattern and a text: <c>yes</c>, <c>no</c>, or <c>refused</c> for no pattern.
/// </summary>
internal static class Wildcards
{
    public static IReadOnlyList<(string Pattern, string Text, string Like)> Table { get; } =
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests/EntraAuditTools.Core.Tests/Mirror/Sql/wildcards.tsv")).Skip(1)
            .Select(line => line.Split('\t')).Select(cells => (cells[0], cells[1], cells[2]))];
}
