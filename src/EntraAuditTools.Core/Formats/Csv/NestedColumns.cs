using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>
/// Columns of an object that was flattened: <c>Actor[0].ID</c>, <c>Actor.0.ID</c> and <c>Actor{0}.ID</c> are the ID of its first actor. A
/// cell that is an object or a list as JSON text is one.
/// </summary>
internal sealed class NestedColumns
{
    private const int MaxParts = 8;

    private readonly Node root = new();

    public NestedColumns(IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++) Add(names[i], i);
    }

    /// <summary>Writes the object; empty cells are left out.</summary>
    public void Write(string[] cells, Utf8JsonWriter writer) => Write(root, cells, writer);

    private void Add(string name, int column)
    {
        var parts = name.Split(['.', '[', ']', '{', '}'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length is 0 or > MaxParts) parts = [name];
        var node = root;
        foreach (var part in parts)
        {
            if (!node.Children.TryGetValue(part, out var child)) node.Children.Add(part, child = new());
            node = child;
        }

        node.Column ??= column;
    }

    private static void Write(Node node, string[] cells, Utf8JsonWriter writer)
    {
        if (node.Children.Count == 0 || (node.Column is { } column && cells[column].Length > 0))
        {
            WriteCell(cells[node.Column!.Value], writer);
            return;
        }

        var isList = node.Children.Keys.All(key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        if (isList) writer.WriteStartArray();
        else writer.WriteStartObject();
        foreach (var (name, child) in node.Children)
        {
            if (!child.IsFilled(cells)) continue;
            if (!isList) writer.WritePropertyName(name);
            Write(child, cells, writer);
        }

        if (isList) writer.WriteEndArray();
        else writer.WriteEndObject();
    }

    private static void WriteCell(string cell, Utf8JsonWriter writer)
    {
        if (cell is ['{' or '[', ..] && JsonCells.IsJson(cell)) writer.WriteRawValue(cell, skipInputValidation: true);
        else writer.WriteStringValue(cell);
    }

    private sealed class Node
    {
        public int? Column { get; set; }

        public Dictionary<string, Node> Children { get; } = new(StringComparer.OrdinalIgnoreCase);

        public bool IsFilled(string[] cells) =>
            (Column is { } column && cells[column].Length > 0) || Children.Values.Any(child => child.IsFilled(cells));
    }
}
