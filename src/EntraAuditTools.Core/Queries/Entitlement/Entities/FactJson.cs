using System.Text.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>Parts of facts that are objects and lists.</summary>
internal static class FactJson
{
    /// <summary>The objects of a list; none for anything else.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array) yield break;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object) yield return item;
        }
    }

    /// <summary>A text in an object; null when it is not there.</summary>
    public static string? Text(this JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? TerminalText.Visible(value.GetString()) : null;

    /// <summary>A whole number in an object; null when it is not there.</summary>
    public static int? Number(this JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number : null;

    /// <summary>A list in an object; undefined when it is not there.</summary>
    public static JsonElement List(this JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value : default;
}
