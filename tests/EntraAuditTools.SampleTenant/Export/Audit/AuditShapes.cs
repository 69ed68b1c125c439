using System.IO.Compression;
using System.Text;

namespace EntraAuditTools.SampleTenant;

/// <summary>The shapes that directory audit events are exported in, as far as they fit in one file.</summary>
public enum AuditShape
{
    /// <summary>One page of Graph v1.0, no next link.</summary>
    GraphPage,

    /// <summary>One page of Graph beta: with user agents.</summary>
    GraphBetaPage,

    /// <summary>The portal's JSON download: an array.</summary>
    PortalJson,

    /// <summary>A directoryAudit a line.</summary>
    JsonLines,

    /// <summary>Arrays of at most 40, one after the other in one file; the last may be a bare object.</summary>
    AppendedArrays,

    /// <summary>Whole Graph pages, one after the other in one file.</summary>
    AppendedPages,

    /// <summary>The portal's CSV of today, 86 columns.</summary>
    PortalCsv,

    /// <summary>The generation before.</summary>
    PortalCsvOlder,

    /// <summary>Today's, from a Spanish portal.</summary>
    PortalCsvSpanish,

    /// <summary>Diagnostic settings: a record a line, CRLF, some twice.</summary>
    Diagnostic,

    /// <summary>An event hub message.</summary>
    EventHub,

    /// <summary>Log Analytics rows as JSON lines.</summary>
    LogAnalyticsJsonLines,

    /// <summary>Log Analytics rows as CSV, ISO 8601.</summary>
    LogAnalyticsCsv,

    /// <summary>The portal's CSV of a Log Analytics query: <c>TimeGenerated [UTC]</c>, milliseconds.</summary>
    LogAnalyticsPortalCsv,

    /// <summary>Graph PowerShell SDK objects, PowerShell 7, ConvertTo-Json -Depth 10.</summary>
    Sdk,

    /// <summary>The same from Windows PowerShell 5.1: /Date(ms)/, UTF-16LE as its redirection writes.</summary>
    SdkWindowsPowerShell,

    /// <summary>The same with the default depth: nested values are type names.</summary>
    SdkShallow,

    /// <summary>Search-UnifiedAuditLog | Export-Csv; Core Directory only.</summary>
    UnifiedAuditCsv,

    /// <summary>AuditData objects, one a line; Core Directory only.</summary>
    UnifiedAuditJsonLines,

    /// <summary>Records of a Graph audit log query; Core Directory only.</summary>
    UnifiedAuditGraph,
}

/// <summary>Writes events in one shape.</summary>
public static class AuditShapes
{
    private const int AppendedPageSize = 40;

    /// <summary>The id of the unified audit log's record of an event; null when that log does not have it.</summary>
    public static string? UnifiedRecordId(AuditEvent audit) => UnifiedAudit.Holds(audit) ? UnifiedAudit.RecordId(audit) : null;

    /// <summary>All events of the tenant, newest first.</summary>
    public static void Write(AuditShape shape, Stream stream, Tenant tenant) => Write(shape, stream, tenant, AuditEvents.Enumerate(tenant));

    /// <summary>These events, in this order. The stream stays open.</summary>
    public static void Write(AuditShape shape, Stream stream, Tenant tenant, IEnumerable<AuditEvent> events)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(events);
        switch (shape)
        {
            case AuditShape.GraphPage: GraphPages.WriteOne(stream, events); break;
            case AuditShape.GraphBetaPage: GraphPages.WriteOne(stream, events, beta: true); break;
            case AuditShape.PortalJson: WriteArray(stream, events); break;
            case AuditShape.JsonLines: JsonLines.Write(stream, events); break;
            case AuditShape.AppendedArrays: WriteAppended(stream, events, page => WriteArray(stream, page)); break;
            case AuditShape.AppendedPages: WriteAppended(stream, events, page => GraphPages.WriteOne(stream, page)); break;
            case AuditShape.PortalCsv: PortalCsv.Write(stream, events); break;
            case AuditShape.PortalCsvOlder: PortalCsv.WriteOlder(stream, events); break;
            case AuditShape.PortalCsvSpanish: PortalCsv.Write(stream, events, spanish: true); break;
            case AuditShape.Diagnostic: DiagnosticBlobs.WriteLines(stream, tenant, events); break;
            case AuditShape.EventHub: DiagnosticBlobs.WriteEventHub(stream, tenant, events); break;
            case AuditShape.LogAnalyticsJsonLines: LogAnalytics.WriteJsonLines(stream, tenant, events); break;
            case AuditShape.LogAnalyticsCsv: LogAnalytics.WriteCsv(stream, tenant, events, portal: false); break;
            case AuditShape.LogAnalyticsPortalCsv: LogAnalytics.WriteCsv(stream, tenant, events, portal: true); break;
            case AuditShape.Sdk: SdkJson.Write(stream, events); break;
            case AuditShape.SdkWindowsPowerShell: SdkJson.Write(stream, events, windowsPowerShell: true,
                encoding: new UnicodeEncoding(bigEndian: false, byteOrderMark: true)); break;
            case AuditShape.SdkShallow: SdkJson.Write(stream, events, shallow: true); break;
            case AuditShape.UnifiedAuditCsv: UnifiedAudit.WriteCsv(stream, tenant, events); break;
            case AuditShape.UnifiedAuditJsonLines: UnifiedAudit.WriteJsonLines(stream, tenant, events); break;
            case AuditShape.UnifiedAuditGraph: UnifiedAudit.WriteGraphPage(stream, tenant, events); break;
            default: throw new ArgumentOutOfRangeException(nameof(shape), shape, "Not a shape.");
        }
    }

    /// <summary>The same, compressed with gzip.</summary>
    public static void WriteGzip(AuditShape shape, Stream stream, Tenant tenant, IEnumerable<AuditEvent> events)
    {
        using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        Write(shape, gzip, tenant, events);
    }

    /// <summary>Several exports in one zip; a shape each.</summary>
    public static void WriteZip(Stream stream, Tenant tenant,
        IEnumerable<(string Name, AuditShape Shape, IEnumerable<AuditEvent> Events)> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, shape, events) in entries)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
            entry.LastWriteTime = tenant.Options.To;
            using var content = entry.Open();
            Write(shape, content, tenant, events);
        }
    }

    // A page of one record is an object, not an array: that is what ConvertTo-Json makes of it.
    private static void WriteArray(Stream stream, IEnumerable<AuditEvent> events)
    {
        using var output = new JsonOutput(stream);
        if (events is IReadOnlyList<AuditEvent> { Count: 1 } single)
        {
            GraphAuditWriter.Write(output.Json, single[0], beta: true);
            return;
        }

        output.Json.WriteStartArray();
        foreach (var audit in events)
        {
            GraphAuditWriter.Write(output.Json, audit, beta: true);
            output.Breathe();
        }

        output.Json.WriteEndArray();
    }

    private static void WriteAppended(Stream stream, IEnumerable<AuditEvent> events, Action<AuditEvent[]> writePage)
    {
        foreach (var page in events.Chunk(AppendedPageSize))
        {
            writePage(page);
            stream.Write("\r\n"u8);
        }
    }
}
