using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>Reads objects whose names are in any case and whose objects may be JSON text in a cell.</summary>
internal static class JsonCells
{
    /// <summary>The property of that name, in any case; undefined when there is none or it is null.</summary>
    public static JsonElement Find(this JsonElement row, params ReadOnlySpan<string> names)
    {
        if (row.ValueKind != JsonValueKind.Object) return default;
        foreach (var name in names)
        {
            if (row.TryGetProperty(name, out var exact) && exact.ValueKind != JsonValueKind.Null) return PowerShellValue.Unwrap(exact);
        }

        foreach (var property in row.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null) continue;
            foreach (var name in names)
            {
                if (Utf8.Is(property.Name, name)) return PowerShellValue.Unwrap(property.Value);
            }
        }

        return default;
    }

    /// <summary>The property of that name, in any case and also null; undefined when there is none.</summary>
    public static JsonElement FindAlsoNull(this JsonElement row, string name)
    {
        if (row.ValueKind != JsonValueKind.Object) return default;
        if (row.TryGetProperty(name, out var exact)) return PowerShellValue.Unwrap(exact);
        foreach (var property in row.EnumerateObject())
        {
            if (Utf8.Is(property.Name, name)) return PowerShellValue.Unwrap(property.Value);
        }

        return default;
    }

    /// <summary>The text of a property; null when absent or empty.</summary>
    public static string? Text(this JsonElement row, params ReadOnlySpan<string> names) => AsText(row.Find(names));

    /// <summary>The text of a value; null when absent or empty. Numbers and booleans as they are written.</summary>
    public static string? AsText(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => GetString(value),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>Writes a property when there is a text for it.</summary>
    public static void WriteText(this Utf8JsonWriter writer, string name, string? text)
    {
        if (text != null) writer.WriteString(name, text);
    }

    /// <summary>
    /// Writes a property whose value is an object or list, given as such or as JSON text in a cell. A cell that is cut or damaged is
    /// written as the text it is: the reader then knows it as cut.
    /// </summary>
    public static void WriteNested(this Utf8JsonWriter writer, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined:
                return;
            case JsonValueKind.String:
                writer.WriteNestedText(name, GetString(value)!);
                return;
            default:
                writer.WritePropertyName(name);
                writer.WriteAsIs(value);
                return;
        }
    }

    /// <summary>Writes a property whose object or list is JSON text in a cell.</summary>
    public static void WriteNestedText(this Utf8JsonWriter writer, string name, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        writer.WritePropertyName(name);
        if (IsJson(text)) writer.WriteRawValue(text, skipInputValidation: true);
        else writer.WriteStringValue(text);
    }

    /// <summary>Whether a text is an object or a list as JSON.</summary>
    public static bool IsJson(string text)
    {
        if (text.AsSpan().TrimStart() is not (['{', ..] or ['[', ..])) return false;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth - 2 });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? GetString(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new RecordException("a text in it holds half a surrogate pair: it is not valid Unicode");
        }
    }
}
