using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Wrappers;

/// <summary>What Kusto's answers carry besides the result: frames of the protocol, and tables about the query.</summary>
internal static class QueryFrame
{
    /// <summary>Whether an object is a frame without records: a header, an end, a table that tells of the query.</summary>
    public static bool IsIdle(JsonElement record)
    {
        if (record.Text("frameType") == null) return IsStatusRow(record);
        return record.Text("tableKind") is { } kind ? kind is not "PrimaryResult" : record.Find("rows").ValueKind != JsonValueKind.Array;
    }

    /// <summary>A row of v1's tables of contents and of the query's status.</summary>
    private static bool IsStatusRow(JsonElement record)
    {
        if (!record.TryGetProperty("Severity", out _) && !record.TryGetProperty("Ordinal", out _)) return false;
        return record.TryGetProperty("StatusCode", out _) && record.TryGetProperty("StatusDescription", out _) && record.TryGetProperty("SeverityName", out _)
            || (record.TryGetProperty("PrettyName", out _) && record.TryGetProperty("Kind", out _) && record.TryGetProperty("Name", out _));
    }
}
