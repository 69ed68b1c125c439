using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>What a log tells, from all to little.</summary>
internal enum LogDetail
{
    /// <summary>As the sample tenant writes it.</summary>
    Whole,

    /// <summary>No event names its request.</summary>
    NoRequestIds,

    /// <summary>No event names its request or its assignment.</summary>
    NoIds,

    /// <summary>No ids, and no two events share a correlation id: only person, package and time are left.</summary>
    NoCorrelation,
}

/// <summary>Reconstructs the requests of one sample tenant from a log in no order with records twice, and counts what is right.</summary>
internal static class MatchingTrial
{
    /// <summary>Adds one tenant to a score.</summary>
    /// <param name="score">Takes the counts.</param>
    /// <param name="records">Audit records.</param>
    /// <param name="seed">Of the tenant, and of the order of its log.</param>
    /// <param name="detail">What the log tells.</param>
    public static void Run(MatchingScore score, int records, int seed, LogDetail detail)
    {
        var folder = Directory.CreateTempSubdirectory("entra-audit-matching-").FullName;
        try
        {
            var tenant = new Tenant(new SampleTenantOptions { AuditRecords = records, Seed = seed });
            var events = AuditEvents.Enumerate(tenant).Select(e => Reduced(e, detail)).ToList();
            var mirror = Path.Combine(folder, "mirror.db");
            using (var session = ImportSession.Open(new ImportOptions { MirrorPath = mirror }, CancellationToken.None))
            {
                foreach (var file in ScatteredPages.Write(folder, events, seed))
                    session.ImportFile(file, Path.GetFileName(file), _ => { }, error => throw error, _ => { }, CancellationToken.None);
                session.Complete();
            }

            using var reader = MirrorReader.Open(mirror);
            score.Add(RequestLabel.All(tenant),
                [.. AccessPackageRequestQuery.Run(reader, new() { AsOf = new(events.Max(e => e.Ticks), TimeSpan.Zero) })], byLink: detail == LogDetail.Whole);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>An event as a log of that detail has it.</summary>
    public static AuditEvent Reduced(AuditEvent one, LogDetail detail)
    {
        if (detail == LogDetail.Whole) return one;
        var noAssignments = detail != LogDetail.NoRequestIds;
        return new AuditEvent
        {
            Id = one.Id,
            Ticks = one.Ticks,
            Category = one.Category,
            Service = one.Service,
            Activity = one.Activity,
            OperationType = one.OperationType,
            Result = one.Result,
            ResultReason = one.ResultReason,
            CorrelationId = detail == LogDetail.NoCorrelation ? SampleRandom.Of(one.Id).NewId() : one.CorrelationId,
            Actor = one.Actor,
            Targets = [.. one.Targets.Where(t =>
                !(t.Type is "AccessPackageAssignmentRequest" or "Other" || (noAssignments && t.Type == "AccessPackageAssignment")))],
            Details = [.. one.Details.Where(d => !(d.Key == "ApprovalId" || (noAssignments && d.Key == "AssignmentId")))],
            UserAgent = one.UserAgent,
        };
    }
}
