using System.Globalization;
using System.IO.Compression;

namespace EntraAuditTools.SampleTenant;

/// <summary>The shapes that the provisioning log is exported in, as far as they fit in one file.</summary>
public enum ProvisioningShape
{
    /// <summary>One page of Graph v1.0, no next link.</summary>
    GraphPage,

    /// <summary>One page of Graph beta: the service principal as a collection.</summary>
    GraphBetaPage,

    /// <summary>One page of Graph beta as it was in 2019: action and statusInfo.</summary>
    GraphOldBetaPage,

    /// <summary>An entry a line.</summary>
    JsonLines,

    /// <summary>The portal's JSON download: an array.</summary>
    PortalJson,

    /// <summary>The portal's ProvisioningLogs.csv: the entries, without steps and modified properties.</summary>
    PortalCsv,

    /// <summary>The same without a column for the record's id, in case the portal has none.</summary>
    PortalCsvWithoutId,

    /// <summary>The portal's ProvisioningLogs_ProvisioningSteps.csv.</summary>
    PortalStepsCsv,

    /// <summary>The portal's ProvisioningLogs_ModifiedProperties.csv.</summary>
    PortalPropertiesCsv,

    /// <summary>Diagnostic settings: a record a line, CRLF, some twice.</summary>
    Diagnostic,

    /// <summary>An event hub message.</summary>
    EventHub,

    /// <summary>AADProvisioningLogs rows as JSON lines.</summary>
    LogAnalyticsJsonLines,

    /// <summary>AADProvisioningLogs rows as CSV, ISO 8601.</summary>
    LogAnalyticsCsv,

    /// <summary>The portal's CSV of a Log Analytics query: <c>TimeGenerated [UTC]</c>, milliseconds.</summary>
    LogAnalyticsPortalCsv,

    /// <summary>Graph PowerShell SDK objects, PowerShell 7, ConvertTo-Json -Depth 10.</summary>
    Sdk,

    /// <summary>The same from Windows PowerShell 5.1: /Date(ms)/.</summary>
    SdkWindowsPowerShell,
}

/// <summary>Writes entries of the provisioning log in one shape.</summary>
public static class ProvisioningShapes
{
    private const int DuplicateEvery = 29;

    /// <summary>All entries of the tenant, newest first.</summary>
    public static void Write(ProvisioningShape shape, Stream stream, Tenant tenant) =>
        Write(shape, stream, tenant, ProvisioningLog.Enumerate(tenant));

    /// <summary>These entries, in this order. The stream stays open.</summary>
    public static void Write(ProvisioningShape shape, Stream stream, Tenant tenant, IEnumerable<ProvisioningEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(entries);
        switch (shape)
        {
            case ProvisioningShape.GraphPage: WritePage(stream, tenant, entries, "v1.0", ProvisioningDialect.Graph, null); break;
            case ProvisioningShape.GraphBetaPage: WritePage(stream, tenant, entries, "beta", ProvisioningDialect.GraphBeta, null); break;
            case ProvisioningShape.GraphOldBetaPage: WritePage(stream, tenant, entries, "beta", ProvisioningDialect.GraphOldBeta,
                null); break;
            case ProvisioningShape.JsonLines: WriteLines(stream, tenant, entries); break;
            case ProvisioningShape.PortalJson: WriteArray(stream, tenant, entries); break;
            case ProvisioningShape.PortalCsv: ProvisioningCsv.WriteEntries(stream, tenant, entries, withId: true); break;
            case ProvisioningShape.PortalCsvWithoutId: ProvisioningCsv.WriteEntries(stream, tenant, entries, withId: false); break;
            case ProvisioningShape.PortalStepsCsv: ProvisioningCsv.WriteSteps(stream, entries); break;
            case ProvisioningShape.PortalPropertiesCsv: ProvisioningCsv.WriteProperties(stream, entries); break;
            case ProvisioningShape.Diagnostic: WriteDiagnostic(stream, tenant, entries); break;
            case ProvisioningShape.EventHub: WriteEventHub(stream, tenant, entries); break;
            case ProvisioningShape.LogAnalyticsJsonLines: ProvisioningLogAnalytics.WriteJsonLines(stream, tenant, entries); break;
            case ProvisioningShape.LogAnalyticsCsv: ProvisioningLogAnalytics.WriteCsv(stream, tenant, entries, portal: false); break;
            case ProvisioningShape.LogAnalyticsPortalCsv: ProvisioningLogAnalytics.WriteCsv(stream, tenant, entries, portal: true); break;
            case ProvisioningShape.Sdk: ProvisioningSdk.Write(stream, tenant, entries, windowsPowerShell: false); break;
            case ProvisioningShape.SdkWindowsPowerShell: ProvisioningSdk.Write(stream, tenant, entries, windowsPowerShell: true); break;
            default: throw new ArgumentOutOfRangeException(nameof(shape), shape, "Not a shape.");
        }
    }

    /// <summary>The same, compressed with gzip.</summary>
    public static void WriteGzip(ProvisioningShape shape, Stream stream, Tenant tenant, IEnumerable<ProvisioningEntry> entries)
    {
        using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        Write(shape, gzip, tenant, entries);
    }

    /// <summary>The pages of one Graph v1.0 chain to its end, <c>page-001.json</c> and so on. Returns how many there are.</summary>
    public static int WriteFolder(string folder, Tenant tenant, IEnumerable<ProvisioningEntry> entries, int pageSize = 1000)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(entries);
        Directory.CreateDirectory(folder);
        int pages = 0;
        long taken = 0;
        using var chunks = entries.Chunk(pageSize).GetEnumerator();
        bool more = chunks.MoveNext();
        do
        {
            var page = more ? chunks.Current : [];
            more = more && chunks.MoveNext();
            taken += page.Length;
            using var stream = File.Create(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"page-{++pages:000}.json")));
            WritePage(stream, tenant, page, "v1.0", ProvisioningDialect.Graph, more
                ? $"https://graph.microsoft.com/v1.0/auditLogs/provisioning?$top={pageSize}&$skiptoken={taken:x16}" : null);
        }
        while (more);
        return pages;
    }

    /// <summary>
    /// Blobs of one hour each, <c>tenantId=…/y=…/m=…/d=…/h=…/m=00/PT1H.json</c>; some records come twice. Returns how many lines there are.
    /// </summary>
    public static long WriteBlobs(string container, Tenant tenant, IEnumerable<ProvisioningEntry> oldestFirst)
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
            foreach (var entry in oldestFirst)
            {
                long hour = entry.Ticks / TimeSpan.TicksPerHour;
                if (hour != openHour)
                {
                    output?.Dispose();
                    stream?.Dispose();
                    stream = File.Create(DiagnosticBlobs.BlobPath(container, tenant, new DateTime(entry.Ticks, DateTimeKind.Utc)));
                    output = new JsonOutput(stream);
                    openHour = hour;
                }

                lines += WriteLines(output!, tenant, entry, number++);
            }
        }
        finally
        {
            output?.Dispose();
            stream?.Dispose();
        }

        return lines;
    }

    private static void WritePage(Stream stream, Tenant tenant, IEnumerable<ProvisioningEntry> entries, string version,
        ProvisioningDialect dialect, string? next)
    {
        using var output = new JsonOutput(stream);
        output.Json.WriteStartObject();
        output.Json.WriteString("@odata.context", $"https://graph.microsoft.com/{version}/$metadata#auditLogs/provisioning");
        if (next is not null)
            output.Json.WriteString("@odata.nextLink", next);
        output.Json.WriteStartArray("value");
        WriteAll(output, tenant, entries, dialect);
        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
    }

    private static void WriteArray(Stream stream, Tenant tenant, IEnumerable<ProvisioningEntry> entries)
    {
        using var output = new JsonOutput(stream);
        output.Json.WriteStartArray();
        WriteAll(output, tenant, entries, ProvisioningDialect.Portal);
        output.Json.WriteEndArray();
    }

    private static void WriteAll(JsonOutput output, Tenant tenant, IEnumerable<ProvisioningEntry> entries, ProvisioningDialect dialect)
    {
        foreach (var entry in entries)
        {
            ProvisioningJson.Write(output.Json, tenant, entry, dialect);
            output.Breathe();
        }
    }

    private static void WriteLines(Stream stream, Tenant tenant, IEnumerable<ProvisioningEntry> entries)
    {
        using var output = new JsonOutput(stream);
        foreach (var entry in entries)
        {
            ProvisioningJson.Write(output.Json, tenant, entry, ProvisioningDialect.Graph);
            output.EndDocument("\n"u8);
        }
    }

    private static void WriteDiagnostic(Stream stream, Tenant tenant, IEnumerable<ProvisioningEntry> entries)
    {
        using var output = new JsonOutput(stream);
        long number = 0;
        foreach (var entry in entries)
            WriteLines(output, tenant, entry, number++);
    }

    private static void WriteEventHub(Stream stream, Tenant tenant, IEnumerable<ProvisioningEntry> entries)
    {
        using var output = new JsonOutput(stream);
        output.Json.WriteStartObject();
        output.Json.WriteStartArray("records");
        foreach (var entry in entries)
        {
            WriteEnvelope(output, tenant, entry, entry.Ticks);
            output.Breathe();
        }

        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
    }

    private static int WriteLines(JsonOutput output, Tenant tenant, ProvisioningEntry entry, long number)
    {
        WriteEnvelope(output, tenant, entry, entry.Ticks);
        output.EndDocument("\r\n"u8);
        if (number % DuplicateEvery != DuplicateEvery / 8)
            return 1;
        WriteEnvelope(output, tenant, entry, entry.Ticks + 7 * TimeSpan.TicksPerMillisecond);
        output.EndDocument("\r\n"u8);
        return 2;
    }

    private static void WriteEnvelope(JsonOutput output, Tenant tenant, ProvisioningEntry entry, long envelopeTicks)
    {
        var json = output.Json;
        json.WriteStartObject();
        json.WriteString("time", Iso8601.Text(envelopeTicks, "Z"));
        json.WriteString("resourceId", $"/tenants/{tenant.Id}/providers/Microsoft.aadiam");
        json.WriteString("operationName", "Provisioning activity");
        json.WriteString("operationVersion", "1.0");
        json.WriteString("category", "ProvisioningLogs");
        json.WriteString("tenantId", tenant.Id);
        json.WriteString("resultType", ProvisioningJson.Capital(entry.Status));
        json.WriteString("resultSignature", entry.Error?.Code ?? "None");
        if (entry.Error is not null)
            json.WriteString("resultDescription", entry.Error.Reason);
        json.WriteNumber("durationMs", entry.DurationMilliseconds ?? 0);
        json.WriteString("correlationId", entry.ChangeId);
        json.WriteString("identity", entry.Id);
        json.WriteNumber("Level", 4);
        json.WritePropertyName("properties");
        ProvisioningJson.Write(json, tenant, entry, ProvisioningDialect.Diagnostic);
        json.WriteEndObject();
    }
}
