using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Questions.Asking;

namespace EntraAuditTools.Core.Questions.Activities;

/// <summary>What activities are grouped by.</summary>
internal static class Grouping
{
    private const string Default = "Activity";

    /// <summary>The field that says it.</summary>
    public static readonly QuestionField Field = new("By", "by", "What to group by; several make combinations. Default: Activity.")
    {
        Usual = AuditActivityMeasureQuery.Dimensions,
    };

    /// <summary>The dimensions as Core spells them, each once, by their names or by those of the parameters that filter by them.</summary>
    /// <exception cref="AuditToolException">DimensionUnknown.</exception>
    public static IReadOnlyList<string> Of(QuestionInput input) =>
        [.. (input.Texts(Field.Name) ?? [Default]).Select(Of).Distinct(StringComparer.Ordinal)];

    /// <summary>The values of a group, by the names of the dimensions, as the first properties of its row.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Values(IReadOnlyDictionary<string, object?> group, QuestionInput input) =>
        Of(input).Select(dimension => KeyValuePair.Create(dimension, group.GetValueOrDefault(dimension)));

    private static string Of(string name) =>
        AuditActivityMeasureQuery.Dimensions.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? (name.Equals("InitiatedBy", StringComparison.OrdinalIgnoreCase) ? "Actor" : null)
        ?? throw AuditToolException.BadArgument("DimensionUnknown", $"Activities cannot be grouped by '{name}'.",
            $"Use one or more of {string.Join(", ", AuditActivityMeasureQuery.Dimensions)}.", name);
}
