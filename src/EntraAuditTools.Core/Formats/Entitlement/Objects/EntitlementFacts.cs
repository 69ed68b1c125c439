using System.Text.Json;
using EntraAuditTools.Core.Schema;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>
/// Turns properties into facts. There are two kinds of null: one where Graph never has one (a name, a state) comes from an SDK object
/// that was not filled and says nothing; one where Graph may (a description, an end) says that there is none.
/// </summary>
internal static class EntitlementFacts
{
    /// <summary>A text that is never empty in Graph.</summary>
    public static EntityObservation AddKnown(this EntityObservation entity, string fact, string? text) =>
        text == null ? entity : entity.Add(fact, text);

    /// <summary>A text that may be empty: null when it is there and empty.</summary>
    public static EntityObservation AddText(this EntityObservation entity, string fact, in RecordNode node, P property)
    {
        var value = node.Get(property);
        return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Object or JsonValueKind.Array
            ? entity : entity.Add(fact, RecordNode.TextOf(value));
    }

    public static EntityObservation AddBool(this EntityObservation entity, string fact, bool? value) =>
        value is { } known ? entity.Add(fact, known) : entity;

    /// <summary>A time that is never empty in Graph.</summary>
    public static EntityObservation AddKnownTime(this EntityObservation entity, string fact, long? ticks) =>
        ticks is { } known and > 0 ? entity.AddTime(fact, known) : entity;

    /// <summary>A time that may be empty.</summary>
    public static EntityObservation AddTime(this EntityObservation entity, string fact, long? ticks) =>
        ticks is { } known ? entity.AddTime(fact, known) : entity;

    /// <summary>Adds a list of texts.</summary>
    public static void AddTexts(this EntityObservation entity, string fact, IEnumerable<string> texts) => entity.Add(fact, json =>
    {
        json.WriteStartArray();
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    });

    /// <summary>Adds a list of objects.</summary>
    /// <param name="entity">Whose list it is.</param>
    /// <param name="fact">The list.</param>
    /// <param name="items">What it holds.</param>
    /// <param name="writeProperties">Writes the properties of one.</param>
    public static void AddObjects<T>(this EntityObservation entity, string fact, IEnumerable<T> items,
        Action<Utf8JsonWriter, T> writeProperties) =>
        entity.Add(fact, json => WriteObjects(json, items, writeProperties));

    /// <summary>Writes a list of objects inside another.</summary>
    public static void WriteObjects<T>(Utf8JsonWriter json, IEnumerable<T> items, Action<Utf8JsonWriter, T> writeProperties)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            json.WriteStartObject();
            writeProperties(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Name, description and dates, which most kinds have.</summary>
    public static EntityObservation AddCommon(this EntityObservation entity, in RecordNode node) => entity
        .AddKnown(FactNames.Name, node.Text(P.DisplayName))
        .AddText(FactNames.Description, node, P.Description)
        .AddKnownTime(FactNames.Created, node.Ticks(P.CreatedDateTime))
        .AddKnownTime(FactNames.Modified, node.Ticks(P.ModifiedDateTime));

    /// <summary>
    /// The object under a name; one that does not exist when there is none. Notes a text in its place: a value cut to a type name.
    /// </summary>
    public static RecordNode Child(this EntityObservation entity, in RecordNode node, P property)
    {
        var value = node.Get(property);
        if (value.ValueKind == JsonValueKind.Object) return RecordNode.Of(value);
        entity.NoteCut(value);
        return default;
    }

    /// <inheritdoc cref="Child(EntityObservation, in RecordNode, P)"/>
    public static RecordNode Child(this EntityObservation entity, in RecordNode node, P property, P alternative) =>
        entity.Child(node, property) is { Exists: true } child ? child : entity.Child(node, alternative);

    /// <summary>
    /// The objects of a list; null when there is none. Windows PowerShell writes a list of one as its item, the Graph PowerShell SDK one
    /// that was not requested as null; a list can also be a page of its own (<c>{"value": […]}</c>).
    /// </summary>
    public static List<RecordNode>? Items(this EntityObservation entity, in RecordNode node, P property)
    {
        var value = node.Get(property);
        if (value.ValueKind == JsonValueKind.Object && RecordNode.Of(value) is var wrapper
            && wrapper.Get(P.Value) is { ValueKind: JsonValueKind.Array } inner && !wrapper.Has(P.Id)) value = inner;
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                var items = new List<RecordNode>(value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.Object) items.Add(RecordNode.Of(item));
                    else entity.NoteCut(item);
                }

                return items;
            case JsonValueKind.Object when value.EnumerateObject().Any():
                return [RecordNode.Of(value)];
            default:
                entity.NoteCut(value);
                return null;
        }
    }

    /// <inheritdoc cref="Items(EntityObservation, in RecordNode, P)"/>
    public static List<RecordNode>? Items(this EntityObservation entity, in RecordNode node, P property, P alternative) =>
        entity.Items(node, property) ?? entity.Items(node, alternative);

    private static void NoteCut(this EntityObservation entity, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && RecordNode.TextOf(value) != null) entity.IsCut = true;
    }
}
