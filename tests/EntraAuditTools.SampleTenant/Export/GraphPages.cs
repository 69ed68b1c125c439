using System.Globalization;

namespace EntraAuditTools.SampleTenant;

/// <summary>Pages of GET /auditLogs/directoryAudits.</summary>
public static class GraphPages
{
    /// <summary>One page with everything; no next link.</summary>
    public static void WriteOne(Stream stream, IEnumerable<AuditEvent> events, bool beta = false)
    {
        ArgumentNullException.ThrowIfNull(events);
        Write(stream, events, null, beta);
    }

    /// <summary>
    /// Pages in a folder, <c>{name}-001.json</c> and so on, each with the link to the next except the last. Returns the paths.
    /// </summary>
    public static IReadOnlyList<string> WriteFolder(string folder, string name, IEnumerable<AuditEvent> events, int pageSize = 1000,
        bool beta = false)
    {
        ArgumentNullException.ThrowIfNull(events);
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        long taken = 0;
        using var enumerator = events.GetEnumerator();
        var page = new List<AuditEvent>(pageSize);
        bool more = enumerator.MoveNext();
        do
        {
            page.Clear();
            for (; more && page.Count < pageSize; more = enumerator.MoveNext())
                page.Add(enumerator.Current);
            taken += page.Count;
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{paths.Count + 1:000}.json"));
            using var stream = File.Create(path);
            Write(stream, page, more ? $"?$top={pageSize}&$skiptoken={taken:x16}" : null, beta);
            paths.Add(path);
        }
        while (more);
        return paths;
    }

    private static void Write(Stream stream, IEnumerable<AuditEvent> events, string? next, bool beta)
    {
        string version = beta ? "beta" : "v1.0";
        using var output = new JsonOutput(stream);
        var json = output.Json;
        json.WriteStartObject();
        json.WriteString("@odata.context", $"https://graph.microsoft.com/{version}/$metadata#auditLogs/directoryAudits");
        if (next is not null)
            json.WriteString("@odata.nextLink", $"https://graph.microsoft.com/{version}/auditLogs/directoryAudits{next}");
        json.WriteStartArray("value");
        foreach (var audit in events)
        {
            GraphAuditWriter.Write(json, audit, beta);
            output.Breathe();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
