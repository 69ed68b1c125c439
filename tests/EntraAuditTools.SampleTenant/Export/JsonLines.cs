namespace EntraAuditTools.SampleTenant;

/// <summary>One directoryAudit object a line.</summary>
public static class JsonLines
{
    public static void Write(Stream stream, IEnumerable<AuditEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        using var output = new JsonOutput(stream);
        foreach (var audit in events)
        {
            GraphAuditWriter.Write(output.Json, audit);
            output.EndDocument("\n"u8);
        }
    }
}
