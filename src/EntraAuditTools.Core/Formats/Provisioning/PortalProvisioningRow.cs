using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Provisioning;

/// <summary>A row of the portal's ProvisioningLogs CSV, whose columns are named as <see cref="ProvisioningColumns"/> gives them.</summary>
internal static class PortalProvisioningRow
{
    private static readonly string[] Texts =
        ["id", "activityDateTime", "tenantId", "jobId", "cycleId", "changeId", "provisioningAction", "durationInMilliseconds"];

    private static readonly string[] ErrorTexts = ["errorCode", "errorCategory", "reason", "recommendedAction", "additionalDetails"];

    /// <summary>Writes the row as a Graph provisioningObjectSummary.</summary>
    public static void Write(JsonElement row, Utf8JsonWriter writer)
    {
        string? Cell(string column) => row.TryGetProperty(column, out var value) ? JsonCells.AsText(value) : null;

        writer.WriteStartObject();
        foreach (var name in Texts) writer.WriteText(name, Cell(name));
        WriteParty("servicePrincipal", ["id", "displayName"], null);
        WriteParty("sourceSystem", ["id", "displayName"], null);
        WriteParty("targetSystem", ["id", "displayName"], null);
        WriteParty("sourceIdentity", ["id", "displayName", "identityType", "userPrincipalName"], "sourceDetails");
        WriteParty("targetIdentity", ["id", "displayName", "identityType", "userPrincipalName"], "targetDetails");
        WriteParty("initiatedBy", ["id", "displayName", "initiatorType"], null);
        WriteStatus();
        if (Cell("provisioningSteps") is { } steps) writer.WriteNestedText("provisioningSteps", steps);
        else if (Cell("skipReason") is { } skip) WriteSkip(skip);
        if (Cell("modifiedProperties") is { } modified) writer.WriteNestedText("modifiedProperties", modified);
        writer.WriteEndObject();

        void WriteParty(string name, string[] parts, string? details)
        {
            var cells = parts.Select(part => (Part: part, Text: Cell($"{name}.{part}"))).ToArray();
            // A column that is named like the whole may hold it as JSON, or an id where a name could be.
            if (cells[1].Text is ['{' or '[', ..] json)
            {
                writer.WriteNestedText(name, json);
                return;
            }

            if (cells[0].Text == null && Guid.TryParse(cells[1].Text, out _)) (cells[0].Text, cells[1].Text) = (cells[1].Text, null);
            if (Array.TrueForAll(cells, c => c.Text == null)) return;
            writer.WriteStartObject(name);
            foreach (var (part, text) in cells) writer.WriteText(part, text);
            if (details != null && Cell(details) is { } more) writer.WriteNestedText("details", more);
            writer.WriteEndObject();
        }

        void WriteStatus()
        {
            if (Cell("provisioningStatusInfo") is { } info) writer.WriteNestedText("provisioningStatusInfo", info);
            writer.WriteStartObject("statusInfo");
            writer.WriteText("status", Cell("status"));
            foreach (var name in ErrorTexts) writer.WriteText(name, Cell(name));
            writer.WriteEndObject();
        }

        void WriteSkip(string reason)
        {
            writer.WriteStartArray("provisioningSteps");
            writer.WriteStartObject();
            writer.WriteStartObject("details");
            writer.WriteText("SkipReason", reason);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
    }
}
