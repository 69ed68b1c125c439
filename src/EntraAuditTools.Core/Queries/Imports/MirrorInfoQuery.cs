using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Imports;

/// <summary>Where is the mirror, and what does it hold?</summary>
internal static class MirrorInfoQuery
{
    private const string Sql = """
        SELECT
            (SELECT user_version FROM pragma_user_version),
            (SELECT count(*) FROM import),
            (SELECT count(*) FROM rejection),
            (SELECT max(finished) FROM import),
            (SELECT count(DISTINCT job) FROM synchronization_job)
        """;

    private static readonly string LogSql = $"""
        SELECT
            (SELECT count(*) FROM activity),
            (SELECT (id >> {ActivityTime.SequenceBits}) - drift FROM activity ORDER BY id LIMIT 1),
            (SELECT (id >> {ActivityTime.SequenceBits}) - drift FROM activity ORDER BY id DESC LIMIT 1),
            (SELECT count(*) FROM provisioning)
        """;

    /// <summary>The mirror at a place; with <see cref="AuditMirrorInfo.Exists"/> false when there is none.</summary>
    /// <exception cref="AuditToolException">What is there is no mirror, or cannot be read.</exception>
    public static AuditMirrorInfo Run(MirrorLocation location)
    {
        try
        {
            location = location.RefreshForLogs(null, CancellationToken.None);
        }
        catch (AuditToolException e) when (location.Server != null && e.ErrorId == "MirrorNotFound")
        {
            return new AuditMirrorInfo { Path = location.Path, Server = location.Server.ToString(), Basis = location.Basis };
        }

        if (!Directory.Exists(location.Path) && !MirrorReader.Exists(location.Path))
            return new AuditMirrorInfo { Path = location.Path, Basis = location.Basis };

        using var mirror = MirrorReader.Open(location.Path);
        // One state for all numbers: between two of them an import may end, whose events of both logs are counted once by the second alone.
        using var state = mirror.BeginRead();
        var tenants = TenantScope.KnownTenants(mirror).Order(StringComparer.Ordinal).ToList();
        var (packages, assignments) = mirror.SchemaVersion < EntitySchema.Since ? (0, 0) : mirror.Query(
            $"SELECT (SELECT count(*) FROM entity WHERE kind = {(int)EntityKind.AccessPackage}), (SELECT count(*) FROM assignment)",
            row => (row.GetInt64(0), row.GetInt64(1))).First();
        // An event that both logs contain is one activity.
        var twins = mirror.SchemaVersion < ReadingSchema.Since
            ? 0 : mirror.NumberOfLog(mirror.LogText("SELECT count(*) FROM activity_twin"));
        var logs = mirror.QueryLog(mirror.LogText(LogSql), row => (Activities: row.Number(0), First: row.NumberOrNull(1),
            Last: row.NumberOrNull(2), Provisioning: row.Number(3))).First();
        var head = mirror.SchemaVersion < ChainSchema.Since || TenantPart.List(mirror.Connection) != null
            ? null : mirror.Query(ChainHead.Sql, row => ChainHead.Text((byte[])row.GetValue(0))).FirstOrDefault();
        return mirror.Query(Sql, row => new AuditMirrorInfo
        {
            Path = location.Path,
            Server = location.Server?.ToString(),
            Basis = location.Basis,
            Exists = true,
            Bytes = MirrorFiles.Size(location.Path),
            SchemaVersion = row.GetInt32(0),
            OutdatedImports = OldReading.Count(mirror),
            ImportAgain = new(OldReading.Incomplete(mirror)),
            SecretsMasked = mirror.HasMaskedOriginals,
            OnlyTenants = new([.. TenantPart.List(mirror.Connection) ?? []]),
            Activities = logs.Activities - twins,
            ProvisioningEntries = logs.Provisioning,
            SynchronizationJobs = row.GetInt64(4),
            AccessPackages = packages,
            AccessPackageAssignments = assignments,
            Imports = row.GetInt64(1),
            Rejected = row.GetInt64(2),
            Tenants = new(tenants),
            FirstTime = logs.First is { } first ? UtcTime.Of(first + ActivityTime.Epoch) : null,
            LastTime = logs.Last is { } last ? UtcTime.Of(last + ActivityTime.Epoch) : null,
            LastImport = UtcTime.Of(row, 3),
            ChainHead = head,
        }).First();
    }
}
