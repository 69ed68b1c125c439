using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>Changes JSON where it stands: the outcome is JSON again, with values, names and shapes that its readers do not expect.</summary>
internal sealed class JsonMutator
{
    private readonly Random random;
    private readonly List<JsonElement> nodes = [];
    private readonly Dictionary<int, int> changes = [];
    private readonly StringBuilder text = new();
    private int at;

    private JsonMutator(Random random) => this.random = random;

    /// <summary>The text with one to four of its nodes changed; null when it is no JSON.</summary>
    public static string? Mutate(string json, Random random)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new JsonMutator(random).Write(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Write(JsonElement root)
    {
        Collect(root);
        for (var i = random.Next(1, 5); i > 0; i--) changes[random.Next(nodes.Count)] = random.Next(16);
        WriteNode(root);
        return text.ToString();
    }

    private void Collect(JsonElement node)
    {
        nodes.Add(node);
        if (node.ValueKind == JsonValueKind.Object) foreach (var property in node.EnumerateObject()) Collect(property.Value);
        if (node.ValueKind == JsonValueKind.Array) foreach (var item in node.EnumerateArray()) Collect(item);
    }

    private void WriteNode(JsonElement node)
    {
        if (!changes.Remove(at, out var change))
        {
            at++;
            WriteChildren(node, null);
            return;
        }

        var own = at++;
        switch (change)
        {
            case < 5:
                text.Append(Hostile.JsonValue(random));
                break;
            case < 7:
                text.Append(IsTime(node) ? Hostile.JsonTime(random) : Hostile.JsonValue(random));
                break;
            case 7:
                text.Append(nodes[random.Next(nodes.Count)].GetRawText());
                break;
            case 8:
                text.Append('[').Append(node.GetRawText()).Append(',').Append(node.GetRawText()).Append(']');
                break;
            case 9:
                text.Append("{\"").Append(Hostile.JsonText(random)).Append("\":").Append(node.GetRawText()).Append('}');
                break;
            case 10:
                text.Append('"').Append(JsonEncodedText.Encode(node.GetRawText(), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)).Append('"');
                break;
            case 11 when node.ValueKind == JsonValueKind.String:
                var raw = node.GetRawText();
                var cut = random.Next(1, raw.Length);
                if (raw[cut - 1] == '\\') cut--;
                text.Append(raw.AsSpan(0, Math.Max(cut, 1))).Append(Hostile.JsonText(random)).Append('"');
                break;
            case 12 when node.ValueKind == JsonValueKind.String && node.GetString() is { Length: > 0 } word:
                text.Append('[').Append(string.Join(',', word.Take(20).Select(letter => (int)letter))).Append(']');
                break;
            default:
                WriteChildren(node, change);
                break;
        }

        at = own + Count(node);
    }

    /// <summary>An object with a name changed, a property more, less or twice; a list shuffled or repeated.</summary>
    private void WriteChildren(JsonElement node, int? change)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject([.. node.EnumerateObject()], change);
                break;
            case JsonValueKind.Array:
                var items = node.EnumerateArray().ToArray();
                text.Append('[');
                for (var i = 0; i < items.Length; i++)
                {
                    if (i > 0) text.Append(',');
                    WriteNode(items[i]);
                }

                for (var i = change == null || items.Length == 0 ? 0 : random.Next(1, 4); i > 0; i--)
                    text.Append(',').Append(items[random.Next(items.Length)].GetRawText());
                text.Append(']');
                break;
            case JsonValueKind.String when change != null:
                text.Append('"').Append(Hostile.JsonText(random)).Append('"');
                break;
            default:
                text.Append(node.GetRawText());
                break;
        }
    }

    private void WriteObject(JsonProperty[] properties, int? change)
    {
        var chosen = change == null || properties.Length == 0 ? -1 : random.Next(properties.Length);
        var how = random.Next(4);
        var isFirst = true;
        text.Append('{');
        for (var i = 0; i < properties.Length; i++)
        {
            if (i == chosen && how == 0)
            {
                at += Count(properties[i].Value);
                continue;
            }

            if (!isFirst) text.Append(',');
            isFirst = false;
            var name = JsonEncodedText.Encode(properties[i].Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
            if (i == chosen && how == 1) name = random.Next(2) == 0 ? Hostile.JsonText(random) : name.ToUpperInvariant();
            if (i == chosen && how == 2) text.Append('"').Append(name).Append("\":").Append(Hostile.JsonValue(random)).Append(',');
            if (i == chosen && how == 3) text.Append('"').Append(Hostile.JsonText(random)).Append("\":").Append(Hostile.JsonValue(random)).Append(',');
            text.Append('"').Append(name).Append("\":");
            WriteNode(properties[i].Value);
        }

        text.Append('}');
    }

    private static bool IsTime(JsonElement node) =>
        node.ValueKind == JsonValueKind.String && node.GetString() is { Length: > 9 } text && char.IsAsciiDigit(text[0])
        && text.Contains(':', StringComparison.Ordinal);

    private static int Count(JsonElement node) => 1 + node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().Sum(property => Count(property.Value)),
        JsonValueKind.Array => node.EnumerateArray().Sum(Count),
        _ => 0,
    };
}
