using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>
/// Takes in synchronization jobs. They don't name their application: it is given, or stands in the URL that they were asked from.
/// </summary>
internal sealed partial class SynchronizationJobImporter(Dimensions dimensions, ImportStatistics statistics, ImportOptions options,
    DateTime fileTime) : IKindImporter
{
    /// <inheritdoc/>
    public bool TryTakeNext(ReadOnlySpan<byte> record, ImportBatch batch) => false;

    /// <inheritdoc/>
    public void Take(ReadOnlyMemory<byte> record, RecordShape shape, string? context, ImportBatch batch)
    {
        using var document = RecordJson.ParseShown(record);
        var job = new SynchronizationJobRecord(document.RootElement);
        if (job.Id is not { } id) throw new RecordException("has no id");
        var (observed, isAssumed) = ObservedAt(job);
        var tenant = dimensions.Tenant(Encoding.UTF8.GetBytes(options.Tenant ?? TenantOf(id) ?? string.Empty), batch);
        if (tenant != 0) statistics.Tenant = tenant;
        batch.Jobs.Add(new(
            batch.Add(Encoding.UTF8.GetBytes(id)), observed, isAssumed, Application(job.Context ?? context, batch), tenant,
            StableHash.OfUtf8(record.Span), batch.Add(record.Span), shape) { Context = context, Place = batch.Place });
        statistics.Accept(KindNames.SynchronizationJob, ShapeInfo.Of(shape).Name, observed, job.IsCut);
    }

    /// <summary>The tenant in <c>tag.tenant without dashes.guid</c>; null when there is none.</summary>
    private static string? TenantOf(string jobId) =>
        jobId.Split('.') is [_, var tenant, _] && Guid.TryParseExact(tenant, "N", out var id) ? id.ToString() : null;

    [GeneratedRegex(@"servicePrincipals(?:\('|/)(?<id>[0-9a-f-]{36})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ServicePrincipal();

    private int Application(string? context, ImportBatch batch)
    {
        var type = dimensions.Term("ServicePrincipal"u8, batch);
        var id = context != null && ServicePrincipal().Match(context) is { Success: true } match ? match.Groups["id"].Value : string.Empty;
        var name = options.Application ?? string.Empty;
        if (Guid.TryParse(name, out _)) (id, name) = (name, string.Empty);
        return dimensions.Identity(type, Encoding.UTF8.GetBytes(id), Encoding.UTF8.GetBytes(name), default, batch);
    }

    private (long Ticks, bool IsAssumed) ObservedAt(SynchronizationJobRecord job)
    {
        if (options.ObservedAt is { } given) return (given.UtcTicks, false);
        var latest = ImportClock.Now.AddDays(1).Ticks;
        var latestDate = job.Dates.Where(ticks => ticks < latest).DefaultIfEmpty().Max();
        return (latestDate > 0 ? latestDate : fileTime.Ticks, true);
    }
}
