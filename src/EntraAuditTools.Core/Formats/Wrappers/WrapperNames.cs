namespace EntraAuditTools.Core.Formats.Wrappers;

/// <summary>
/// Names under which shippers, SIEMs and answers of services keep the record that they carry. What is found under another name is taken in
/// too, if it is unmistakably a record of a log; under these, any kind is. docs/known-sources.md says which products use them.
/// </summary>
internal static class WrapperNames
{
    /// <summary>
    /// Those that hold the record as it came, which contains more than what the carrier made of it: looked at first, in this order.
    /// </summary>
    private static readonly string[] AsItCame =
    [
        "_raw", "event.original", "original", "RawEventData", "@rawstring", "rawstring", "full_log", "full_message", "RawData", "raw_data",
        "raw_event", "rawEvent", "raw_log", "rawLog",
        "raw_message", "original_message", "o365audit", "rawMessage", "raw", "AuditData", "utf8_payload", "message", "Message",
        "short_message", "log", "msg", "line", "Line", "logMessage", "log_message", "eventMessage",
    ];

    /// <summary>The others.</summary>
    private static readonly string[] Others =
    [
        "result", "results", "_source", "source", "_record", "record", "records", "value", "values", "Value", "data", "data_base64", "body",
        "Body", "payload", "Payload", "event", "events", "Event",
        "json", "Json", "json_data", "jsonData", "content", "Content", "properties", "attributes", "fields", "hits", "response",
        "responses", "responseBody", "output", "outputs", "input", "item", "items",
        "log_data", "logs", "logRecords", "resourceLogs", "scopeLogs", "stringValue", "textPayload", "jsonPayload", "map", "messages",
        "streams", "entries", "entry", "document", "doc", "object", "rows",
        "tables", "d", "raw_json", "source_json", "details", "kafka_value", "unstructured", "text", "affected_items", "audit", "auditlogs",
        "azure", "o365", "office365", "ms-graph",
    ];

    private static readonly Dictionary<string, int> Ranks = Build();

    /// <summary>Whether there may be a record under that name; also the last part of a name with dots.</summary>
    public static bool IsKnown(string name) => Rank(name) < int.MaxValue;

    /// <summary>Whether the record under that name is as it came.</summary>
    public static bool HoldsOriginal(string name) => Rank(name) < AsItCame.Length;

    /// <summary>Where it comes in the order of looking; the greatest number for a name that is not known.</summary>
    public static int Rank(string name)
    {
        if (Ranks.TryGetValue(name, out var rank)) return rank;
        var dot = name.LastIndexOf('.');
        return dot >= 0 && Ranks.TryGetValue(name[(dot + 1)..], out rank) ? rank : int.MaxValue;
    }

    private static Dictionary<string, int> Build()
    {
        var ranks = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in AsItCame.Concat(Others)) ranks.TryAdd(name, ranks.Count);
        return ranks;
    }
}
