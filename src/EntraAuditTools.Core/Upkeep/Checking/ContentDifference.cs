using System.Globalization;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Upkeep.Checking;

/// <summary>What only one of two mirrors has.</summary>
/// <param name="Wrong">Rows that only the first has.</param>
/// <param name="Missing">Rows that only the second has.</param>
/// <param name="Imports">The imports that they are of.</param>
internal sealed record ContentDifference(long Wrong, long Missing, IReadOnlyList<long> Imports)
{
    /// <summary>The difference in words, as a sentence.</summary>
    /// <param name="words">What the rows are called.</param>
    public string Describe(string words)
    {
        static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
        var some = Imports.Count == 0 ? string.Empty
            : $" (of import{(Imports.Count == 1 ? string.Empty : "s")} {string.Join(", ", Imports.Take(5))}{(Imports.Count > 5 ? ", …" : string.Empty)})";
        var what = (Wrong, Missing) switch
        {
            (0, _) => $"{Count(Missing)} {words} are missing",
            (_, 0) => $"{Count(Wrong)} {words} are too many",
            _ => $"{Count(Math.Max(Wrong, Missing))} {words} are not what the originals give",
        };
        return $"{what}{some}: {Caller.Command("Update-AuditMirror", "Force")} derives them anew.";
    }
}
