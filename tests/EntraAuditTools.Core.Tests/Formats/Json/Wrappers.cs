namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>Everything that records stand in.</summary>
internal static class Wrappers
{
    public static readonly IReadOnlyDictionary<string, Func<IReadOnlyList<string>, string>> All = new Dictionary<string, Func<IReadOnlyList<string>, string>>
    {
        ["array"] = records => $"[{string.Join(',', records)}]",
        ["array of lines"] = records => $"[\n{string.Join(",\n", records)}\n]\n",
        ["indented array"] = records => $"[\r\n  {string.Join(",\r\n  ", records)}\r\n]",
        ["lines"] = records => string.Join('\n', records) + "\n",
        ["lines of Windows"] = records => string.Join("\r\n", records),
        ["in a row"] = records => string.Concat(records),
        ["sequence"] = records => string.Concat(records.Select(r => $"\u001e{r}\n")),
        ["page"] = records => $"{{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#x\",\"value\":[{string.Join(',', records)}]}}",
        ["page with a link behind"] = records =>
            $"{{\"@odata.context\":\"c\",\"@odata.count\":3,\"value\":[{string.Join(',', records)}],\"@odata.nextLink\":\"https://x\"}}",
        ["event hub"] = records => $"{{\"records\":[{string.Join(',', records)}]}}",
        ["array of pages"] = records => $"[{string.Join(',', records.Select(r => $"{{\"value\":[{r}]}}"))}]",
        ["pages in lines"] = records => string.Join('\n', records.Select(r => $"{{\"value\":[{r}]}}")),
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
