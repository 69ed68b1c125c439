using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Wrappers;

/// <summary>What Kusto's answers carry besides the result: frames of the protocol, and tables about the query.</summary>
internal static class QueryFrame
{
    private static readonly string[] Frames = ["DataSetHeader", "DataTable", "TableHeader", "TableProgress", "TableCompletion",
        "DataSetCompletion"];

    /// <summary>Whether an object is a frame without records: a header, an end, a table about the query.</summary>
    public static bool IsIdle(JsonElement record)
    {
        if (record.Text("frameType") is not { } frame) return IsStatusRow(record);
        if (!Array.Exists(Frames, known => Utf8.Is(known, frame))) return false;
        return record.Text("tableKind") is { } kind ? kind is not "PrimaryResult" : record.Find("rows").ValueKind != JsonValueKind.Array;
    }

    /// <summary>A row of v1's tables of contents and of the query's status.</summary>
    private static bool IsStatusRow(JsonElement record)
    {
        if (!record.TryGetProperty("Severity", out _) && !record.TryGetProperty("Ordinal", out _)) return false;
        return record.TryGetProperty("StatusCode", out _) && record.TryGetProperty("StatusDescription", out _)
            && record.TryGetProperty("SeverityName", out _)
            || (record.TryGetProperty("PrettyName", out _) && record.TryGetProperty("Kind", out _) && record.TryGetProperty("Name", out _));
    }
}
