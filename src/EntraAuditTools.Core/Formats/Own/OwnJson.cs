using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Own;

/// <summary>Parts that activities and provisioning entries of ours have in common.</summary>
internal static class OwnJson
{
    /// <summary>Modified properties under Graph's names: values as they were exported, where they are known.</summary>
    public static void WriteModified(JsonElement list, Utf8JsonWriter writer)
    {
        writer.WritePropertyName("modifiedProperties");
        WriteList(list, writer, static (property, writer) =>
        {
            writer.WriteText("displayName", property.Text("Name"));
            writer.WriteText("oldValue", property.Text("RawOldValue", "OldValue"));
            writer.WriteText("newValue", property.Text("RawNewValue", "NewValue"));
        });
    }

    /// <summary>A list of keys and values as an open dictionary.</summary>
    public static void WriteDictionary(string name, JsonElement list, Utf8JsonWriter writer)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            writer.WriteNested(name, list);
            return;
        }

        writer.WriteStartObject(name);
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && item.Text("Key") is { } key) writer.WriteString(key, item.Text("Value"));
        }

        writer.WriteEndObject();
    }

    /// <summary>
    /// The items of a list; what is no object (cut by an export that was too shallow) as it is, for the reader to notice.
    /// </summary>
    public static void WriteList(JsonElement list, Utf8JsonWriter writer, Action<JsonElement, Utf8JsonWriter> writeProperties)
    {
        if (list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            writer.WriteStartArray();
            writer.WriteEndArray();
            return;
        }

        if (list.ValueKind == JsonValueKind.String)
        {
            writer.WriteAsIs(list);
            return;
        }

        writer.WriteStartArray();
        // A list of one may be written as its item.
        foreach (var item in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToArray() : [list])
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                writer.WriteAsIs(item);
                continue;
            }

            writer.WriteStartObject();
            writeProperties(item, writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
