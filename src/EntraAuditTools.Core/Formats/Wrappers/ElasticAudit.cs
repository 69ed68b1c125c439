using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Wrappers;

/// <summary>
/// A directory audit record as Elastic's Azure integration takes it apart (<c>azure.auditlogs</c>): names in snake case, lists as objects
/// with the keys "0", "1"… It is read where the original event was not preserved.
/// </summary>
internal static class ElasticAudit
{
    /// <summary>Whether an object is one: the value of <c>azure.auditlogs</c>.</summary>
    public static bool Is(JsonElement value) =>
        value.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
        && (properties.TryGetProperty("activity_datetime", out _) || properties.TryGetProperty("activity_display_name", out _)
            || properties.TryGetProperty("logged_by_service", out _));

    /// <summary>The record as a Graph directoryAudit.</summary>
    public static ReadOnlyMemory<byte> ToGraph(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>(2048);
        using var writer = new Utf8JsonWriter(output, RecordJson.WriterOptions);
        var properties = value.Find("properties");
        writer.WriteStartObject();
        foreach (var property in properties.EnumerateObject())
        {
            writer.WritePropertyName(NameOf(property.Name));
            Write(property.Value, writer);
        }

        if (properties.Find("activity_display_name").ValueKind == JsonValueKind.Undefined)
            writer.WriteText("activityDisplayName", value.Text("operation_name"));
        if (properties.Find("tenant_id", "tenantId").ValueKind == JsonValueKind.Undefined)
            writer.WriteText("tenantId", value.Text("tenant_id"));
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private static void Write(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when IsList(value):
                writer.WriteStartArray();
                foreach (var item in value.EnumerateObject().OrderBy(item => int.Parse(item.Name, CultureInfo.InvariantCulture)))
                    Write(item.Value, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(NameOf(property.Name));
                    Write(property.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(item, writer);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteAsIs(value);
                break;
        }
    }

    private static bool IsList(JsonElement value)
    {
        var any = false;
        foreach (var property in value.EnumerateObject())
        {
            if (!int.TryParse(property.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return false;
            any = true;
        }

        return any;
    }

    /// <summary><c>target_resources</c> is targetResources.</summary>
    private static string NameOf(string name)
    {
        if (name == "activity_datetime") return "activityDateTime";
        if (!name.Contains('_', StringComparison.Ordinal)) return name;
        var camel = new StringBuilder(name.Length);
        foreach (var word in name.Split('_', StringSplitOptions.RemoveEmptyEntries))
            camel.Append(camel.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]);
        return camel.ToString();
    }
}
