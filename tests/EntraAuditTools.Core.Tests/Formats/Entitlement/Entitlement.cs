using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Formats.Recognition;

namespace EntraAuditTools.Core.Tests.Formats.Entitlement;

/// <summary>Reading entitlement records in tests.</summary>
internal static class Entitlement
{
    public const string Beta = "https://graph.microsoft.com/beta/$metadata#identityGovernance/entitlementManagement/";
    public const string V1 = "https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/";

    /// <summary>Recognises a record.</summary>
    public static Recognized Recognize(string json, string? context = null, bool isMember = false)
    {
        using var document = JsonDocument.Parse(json);
        return RecordRecognizer.Recognize(document.RootElement, context, isMember);
    }

    /// <summary>Recognises a record and reads it as what it was found to be.</summary>
    public static EntityObservation Read(string json, string? context = null, EntitlementHints? hints = null)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        hints = (hints ?? EntitlementHints.None) with { Context = context };
        var found = RecordRecognizer.Recognize(document.RootElement, context, hints.Group != null);
        Assert.Equal(RecordKind.Entitlement, found.Kind);
        return EntitlementNormalizer.Read(document.RootElement, found.Entity, found.Shape, hints) ?? throw new InvalidOperationException("nothing was read");
    }

    public static string Facts(this EntityObservation entity) => Encoding.UTF8.GetString(entity.ToJson());

    /// <summary>One fact as JSON text; null when it is not given.</summary>
    public static string? Fact(this EntityObservation entity, string name) =>
        JsonNode.Parse(entity.ToJson())!.AsObject().TryGetPropertyValue(name, out var value) ? value?.ToJsonString() ?? "null" : null;

    /// <summary>All observations, nested entities included, as text to compare.</summary>
    public static string Everything(this EntityObservation entity, int depth = 0)
    {
        var text = new StringBuilder();
        var indent = new string(' ', depth * 2);
        text.AppendLine(CultureInfo.InvariantCulture, $"{indent}{entity.Kind} {entity.Id} {entity.Facts()}");
        foreach (var link in entity.Links) text.AppendLine(CultureInfo.InvariantCulture, $"{indent} {link.Fact} -> {link.Kind} {link.Id}");
        foreach (var list in entity.Lists) text.AppendLine(CultureInfo.InvariantCulture, $"{indent} list {list.Role} {(list.IsComplete ? "whole" : "part")}");
        foreach (var edge in entity.Edges) text.AppendLine(CultureInfo.InvariantCulture, $"{indent} {edge.Role}: {edge.Kind} {edge.Id}");
        foreach (var nested in entity.Nested) text.Append(nested.Everything(depth + 1));
        return text.ToString();
    }

    /// <summary>
    /// A record of Graph as the Graph PowerShell SDK's object of it becomes with ConvertTo-Json: names in PascalCase, what has a type in
    /// AdditionalProperties with its derived properties, and objects that were not asked for as shells of nulls.
    /// </summary>
    public static string AsSdkObject(string graph) => Sdk(JsonNode.Parse(graph)!, isRoot: true)!.ToJsonString();

    /// <summary>What Windows PowerShell's ConvertTo-Json makes of it: lists of one as their item, times as <c>/Date(ms)/</c>.</summary>
    public static string AsWindowsPowerShell(string graph) => Windows(JsonNode.Parse(graph))!.ToJsonString();

    private static JsonNode? Sdk(JsonNode? node, bool isRoot = false)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(item => Sdk(item))]);
            case JsonObject o:
                var made = new JsonObject();
                var more = new JsonObject();
                var isDerived = o.ContainsKey("@odata.type");
                foreach (var (name, value) in o)
                {
                    if (name.Contains('@', StringComparison.Ordinal) || (isDerived && name != "id")) more[name] = value?.DeepClone();
                    else made[char.ToUpperInvariant(name[0]) + name[1..]] = Sdk(value);
                }

                if (isRoot && !made.ContainsKey("AccessPackage"))
                    made["AccessPackage"] = new JsonObject { ["Id"] = null, ["DisplayName"] = null,
                        ["Catalog"] = new JsonObject { ["Id"] = null }, ["AdditionalProperties"] = new JsonObject() };
                made["AdditionalProperties"] = more;
                return made;
            default:
                return node?.DeepClone();
        }
    }

    private static JsonNode? Windows(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray { Count: 1 } array:
                return Windows(array[0]);
            case JsonArray array:
                return new JsonArray([.. array.Select(Windows)]);
            case JsonObject o:
                return new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Windows(p.Value))));
            case JsonValue value when value.TryGetValue<string>(out var text) && text.Length > 18 && text[10] == 'T'
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time):
                return $"/Date({time.ToUnixTimeMilliseconds()})/";
            default:
                return node?.DeepClone();
        }
    }
}
