using System.Text.Json;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>How the cells of a row become an object.</summary>
/// <param name="names">Name under which each column is kept, in order; empty for one that is not.</param>
/// <param name="zones">Zone of the times in a column, for those whose zone was said; null when none was.</param>
/// <param name="required">A column that is written even when it is empty; null when there is none.</param>
/// <param name="isNested">Whether cells may hold objects and lists as JSON text, and names the path to a value: a flattened object.</param>
internal sealed class CsvColumns(IReadOnlyList<string> names, IReadOnlyList<string?>? zones = null, string? required = null,
    bool isNested = false)
{
    private readonly NestedColumns? nested = isNested ? new NestedColumns(names) : null;

    /// <summary>How many there are.</summary>
    public int Count => names.Count;

    /// <summary>The same with other names and zones.</summary>
    public CsvColumns With(IReadOnlyList<string> otherNames, IReadOnlyList<string?> otherZones) =>
        new(otherNames, otherZones, required, isNested);

    /// <summary>Writes the object; empty cells are left out.</summary>
    public void Write(string[] cells, Utf8JsonWriter writer)
    {
        if (nested != null)
        {
            nested.Write(cells, writer);
            return;
        }

        writer.WriteStartObject();
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length == 0 || (cells[i].Length == 0 && names[i] != required)) continue;
            writer.WriteString(names[i], zones?[i] is { } zone ? $"{cells[i]} [{zone}]" : cells[i]);
        }

        writer.WriteEndObject();
    }
}
