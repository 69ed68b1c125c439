using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.PowerShell.Errors;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>What -By asks for.</summary>
internal static class Grouping
{
    /// <summary>The dimensions as Core spells them, each once, by their names or by those of the parameters that filter by them.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> names) => [.. names.Select(Of).Distinct(StringComparer.Ordinal)];

    private static string Of(string name) =>
        AuditActivityMeasureQuery.Dimensions.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? (name.Equals("InitiatedBy", StringComparison.OrdinalIgnoreCase) ? "Actor" : null)
        ?? throw ErrorRecords.BadArgument("DimensionUnknown", $"Activities cannot be grouped by '{name}'.",
            $"Use one or more of {string.Join(", ", AuditActivityMeasureQuery.Dimensions)}.", name);
}
