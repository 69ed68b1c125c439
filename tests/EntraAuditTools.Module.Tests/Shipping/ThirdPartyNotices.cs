namespace EntraAuditTools.Module.Tests.Shipping;

/// <summary>THIRD-PARTY-NOTICES.txt: what is shipped of others, under which licence, with the licences' texts.</summary>
internal static class ThirdPartyNotices
{
    /// <summary>Of licences to choose from, the one that is taken, and those whose texts are kept.</summary>
    private static readonly Dictionary<string, string> Taken = new(StringComparer.Ordinal)
    {
        ["MIT"] = "MIT", ["PostgreSQL"] = "PostgreSQL", ["BSD-3-Clause"] = "BSD-3-Clause",
        ["Apache-2.0"] = "Apache-2.0", ["MS-PL OR Apache-2.0"] = "Apache-2.0",
    };

    public static string File { get; } = Path.Combine(StagedModule.RepositoryRoot, "THIRD-PARTY-NOTICES.txt");

    /// <summary>The whole text.</summary>
    public static string Write(IReadOnlyList<ShippedPackage> packages)
    {
        var lines = new List<string>
        {
            "EntraAuditTools is under the MIT licence (LICENSE). With the module and the program entra-audit come these libraries of others,",
            "as their makers built them. The module has no CsvHelper, Spectre.Console and System.CommandLine.",
        };
        var licences = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var package in packages)
        {
            lines.AddRange([string.Empty, $"{package.Name} {package.Version}",
                $"  files: {string.Join(", ", package.Files)}", $"  by: {package.Described("authors")}"]);
            if (package.Described("copyright") is { Length: > 0 } copyright) lines.Add($"  {copyright}");
            if (package.Described("projectUrl") is { Length: > 0 } site) lines.Add($"  {site}");
            if (package.LicenceExpression is { } expression)
            {
                Assert.True(Taken.TryGetValue(expression, out var licence),
                    $"{package.Name} is under {expression}: is that a licence that can be shipped? Add it here, and its text to packaging/licences.");
                lines.Add($"  licence: {expression}{(licence == expression ? string.Empty : $", of which {licence} is taken")}");
                licences.Add(licence!);
            }
            else
            {
                Assert.True(package.LicenceText is { Length: > 0 }, $"{package.Name} names no licence: it cannot be shipped.");
                lines.AddRange(["  licence:", .. Lines(package.LicenceText!).Select(line => $"    {line}".TrimEnd())]);
            }
        }

        foreach (var licence in licences)
        {
            var kept = System.IO.File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, "packaging", "licences", licence + ".txt"));
            lines.AddRange([string.Empty, new string('-', 80), licence, string.Empty, .. Lines(kept.TrimEnd())]);
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string[] Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
}
