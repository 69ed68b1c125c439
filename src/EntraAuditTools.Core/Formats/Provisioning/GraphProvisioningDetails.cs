using System.Globalization;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using static EntraAuditTools.Core.Formats.Details.DetailJson;

namespace EntraAuditTools.Core.Formats.Provisioning;

/// <summary>
/// Reads what is shown of a provisioning log entry beyond its columns from a Graph <c>provisioningObjectSummary</c> (FORMATS §1.2), the
/// shape that <see cref="ProvisioningNormalizer"/> gives every entry. Steps and lists that are missing, null or cut are empty.
/// </summary>
internal static class GraphProvisioningDetails
{
    /// <summary>Reads the details.</summary>
    /// <param name="graph">The entry as a Graph <c>provisioningObjectSummary</c>.</param>
    /// <param name="parts">Gives the steps (0) and modified properties (1) that came apart from it.</param>
    /// <param name="showSecret">Show values that can hold key material.</param>
    public static ProvisioningLogDetails Read(ReadOnlyMemory<byte> graph, Func<int, List<OriginalRecord>> parts, bool showSecret)
    {
        using var document = Parse(graph);
        var entry = document.RootElement;
        JsonElement[] errors = [Find(Find(entry, "provisioningStatusInfo"), "errorInformation"), Find(entry, "provisioningStatusInfo"),
            Find(entry, "statusInfo")];
        string? Error(string name) => errors.Select(e => NullIfEmpty(DetailJson.Text(e, name))).FirstOrDefault(text => text != null);

        return new ProvisioningLogDetails
        {
            IsOnDemand = Find(entry, "isOnDemand").ValueKind == JsonValueKind.True,
            Reason = Error("reason") ?? NullIfEmpty(DetailJson.Text(entry, "resultDescription")),
            RecommendedAction = Error("recommendedAction"),
            ErrorDetails = Error("additionalDetails"),
            SourceDetails = Details(Find(Find(entry, "sourceIdentity"), "details"), showSecret),
            TargetDetails = Details(Find(Find(entry, "targetIdentity"), "details"), showSecret),
            Steps = OwnOrParts(entry, "provisioningSteps", IsStep, parts, 0, (step, i) => Step(step, i, showSecret)),
            ModifiedProperties = OwnOrParts(entry, "modifiedProperties", _ => true, parts, 1,
                (property, _) => Property(property, showSecret)),
        };
    }

    private static RecordList<T> OwnOrParts<T>(JsonElement entry, string name, Func<JsonElement, bool> wanted,
        Func<int, List<OriginalRecord>> parts, int part, Func<JsonElement, int, T> read)
    {
        var ofEntry = Items(entry, name).Where(wanted).Select(read).ToList();
        // An empty list is an answer; no list is none.
        if (ofEntry.Count > 0 || Find(entry, name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
            return new(ofEntry);
        var others = new List<T>();
        foreach (var record in parts(part))
        {
            using var document = Parse(record.Json);
            others.Add(read(document.RootElement, others.Count));
        }

        return new(others);
    }

    /// <summary>A step that only carries a CSV's column is none.</summary>
    private static bool IsStep(JsonElement step) => step.EnumerateObject().Any(p => !Utf8.Is(p.Name, "details"));

    private static ProvisioningStep Step(JsonElement step, int index, bool showSecret) => new()
    {
        Order = int.TryParse(DetailJson.Text(step, "order"), CultureInfo.InvariantCulture, out var order) ? order : index + 1,
        // provisionOnDemand calls it type.
        Type = ProvisioningWords.Known(ProvisioningWords.StepTypes,
            NullIfEmpty(DetailJson.Text(step, "provisioningStepType")) ?? NullIfEmpty(DetailJson.Text(step, "type"))),
        Name = NullIfEmpty(DetailJson.Text(step, "name")),
        Status = ProvisioningWords.Known(ProvisioningWords.Results, NullIfEmpty(DetailJson.Text(step, "status"))),
        Description = NullIfEmpty(DetailJson.Text(step, "description")),
        Details = Details(Find(step, "details"), showSecret),
    };

    /// <summary>An open dictionary; a list of keys and values; or either as JSON text in a cell.</summary>
    private static RecordList<AuditDetail> Details(JsonElement details, bool showSecret)
    {
        switch (details.ValueKind)
        {
            case JsonValueKind.Object:
                return new([.. Flatten(details, showSecret)]);
            case JsonValueKind.Array:
                return new([.. details.EnumerateArray().Where(d => d.ValueKind == JsonValueKind.Object)
                    .SelectMany(d => Find(d, "key").ValueKind == JsonValueKind.Undefined
                        ? Flatten(d, showSecret) : [Detail(d, showSecret)])]);
            case JsonValueKind.String when BrokenText.Read(details) is { Length: > 0 } text:
                try
                {
                    using var inner = Parse(Encoding.UTF8.GetBytes(text));
                    if (inner.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                        return Details(inner.RootElement, showSecret);
                }
                catch (JsonException)
                {
                    // Plain words.
                }

                return new([new AuditDetail { Key = "Details", Value = TerminalText.Visible(text) }]);
            default:
                return new([]);
        }
    }

    private static IEnumerable<AuditDetail> Flatten(JsonElement details, bool showSecret)
    {
        foreach (var property in details.EnumerateObject())
        {
            // The Graph PowerShell SDK keeps an open dictionary here.
            if (Utf8.Is(property.Name, "AdditionalProperties"))
            {
                if (property.Value.ValueKind != JsonValueKind.Object) continue;
                foreach (var folded in Flatten(property.Value, showSecret)) yield return folded;
                continue;
            }

            yield return new AuditDetail { Key = TerminalText.Visible(property.Name),
                Value = DetailJson.Shown(property.Name, DetailJson.Text(property.Value), showSecret) };
        }
    }
}
