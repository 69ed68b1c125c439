using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Wrappers;

/// <summary>
/// One of the answers in a Graph <c>$batch</c> (<c>{"id","status","headers","body"}</c>), or an answer that a flow's step kept
/// (<c>{"statusCode","headers","body"}</c>). Parts fail one by one.
/// </summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Body">What was answered; undefined when nothing was.</param>
internal readonly record struct AnswerPart(int Status, JsonElement Body)
{
    private static readonly string[] Names = ["id", "status", "statusCode", "headers", "body", "dependsOn"];

    /// <summary>The part that an object is; null for any other.</summary>
    public static AnswerPart? Of(JsonElement record)
    {
        if (!record.TryGetProperty("body", out _) && !record.TryGetProperty("headers", out _)) return null;
        foreach (var property in record.EnumerateObject())
        {
            if (!Array.Exists(Names, property.NameEquals)) return null;
        }

        if (!int.TryParse(record.Text("status", "statusCode"), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return null;
        return new(status, record.Find("body"));
    }
}
