using System.Globalization;

namespace EntraAuditTools.SampleTenant;

/// <summary>What diagnostic settings write to a storage account, and send to an event hub.</summary>
public static class DiagnosticBlobs
{
    private const int DuplicateEvery = 33;

    /// <summary>
    /// Blobs of one hour each, <c>tenantId=…/y=…/m=…/d=…/h=…/m=00/PT1H.json</c>: a record a line, CRLF. Delivery is at least once:
    /// about three of a hundred records come twice, the second time with a later envelope. Returns how many lines were written.
    /// </summary>
    /// <param name="container">The folder that stands for the container.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="oldestFirst">Events in the order of time, so that only one blob is open.</param>
    public static long WriteFolder(string container, Tenant tenant, IEnumerable<AuditEvent> oldestFirst)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(oldestFirst);
        long lines = 0;
        long number = 0;
        long openHour = long.MinValue;
        FileStream? stream = null;
        JsonOutput? output = null;
        try
        {
            foreach (var audit in oldestFirst)
            {
                long hour = audit.Ticks / TimeSpan.TicksPerHour;
                if (hour != openHour)
                {
                    output?.Dispose();
                    stream?.Dispose();
                    stream = File.Create(BlobPath(container, tenant, audit.Time));
                    output = new JsonOutput(stream);
                    openHour = hour;
                }

                lines += WriteLines(output!, audit, tenant, number++);
            }
        }
        finally
        {
            output?.Dispose();
            stream?.Dispose();
        }

        return lines;
    }

    /// <summary>All in one stream: a record a line, CRLF, duplicates as in blobs.</summary>
    public static void WriteLines(Stream stream, Tenant tenant, IEnumerable<AuditEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        using var output = new JsonOutput(stream);
        long number = 0;
        foreach (var audit in events)
            WriteLines(output, audit, tenant, number++);
    }

    /// <summary>The body of an event hub message: <c>{"records":[…]}</c>.</summary>
    public static void WriteEventHub(Stream stream, Tenant tenant, IEnumerable<AuditEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        using var output = new JsonOutput(stream);
        output.Json.WriteStartObject();
        output.Json.WriteStartArray("records");
        foreach (var audit in events)
        {
            DiagnosticAuditWriter.Write(output.Json, audit, tenant, audit.Ticks);
            output.Breathe();
        }

        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
    }

    private static int WriteLines(JsonOutput output, AuditEvent audit, Tenant tenant, long number)
    {
        DiagnosticAuditWriter.Write(output.Json, audit, tenant, audit.Ticks);
        output.EndDocument("\r\n"u8);
        if (number % DuplicateEvery != DuplicateEvery / 8)
            return 1;
        DiagnosticAuditWriter.Write(output.Json, audit, tenant, audit.Ticks + 7 * TimeSpan.TicksPerMillisecond);
        output.EndDocument("\r\n"u8);
        return 2;
    }

    internal static string BlobPath(string container, Tenant tenant, DateTime time)
    {
        string folder = Path.Combine(container, $"tenantId={tenant.Id}", time.ToString("'y='yyyy", CultureInfo.InvariantCulture),
            time.ToString("'m='MM", CultureInfo.InvariantCulture), time.ToString("'d='dd", CultureInfo.InvariantCulture),
            time.ToString("'h='HH", CultureInfo.InvariantCulture), "m=00");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, "PT1H.json");
    }
}
