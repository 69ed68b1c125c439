using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>What did provisioning do to this identity or application?</summary>
public static class ProvisioningLogQuery
{
    /// <summary>The entries that match, newest first, read as they are asked for; the mirror must stay open meanwhile (the objects outlive it).</summary>
    /// <exception cref="AuditToolException">InvalidWildcard, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    public static IEnumerable<ProvisioningLogEntry> Run(MirrorReader mirror, ProvisioningLogFilter filter) => Run(mirror, filter, oldestFirst: false);

    /// <summary>How many entries match, leaving <see cref="ProvisioningLogFilter.Skip"/> and <see cref="ProvisioningLogFilter.First"/> aside.</summary>
    /// <inheritdoc cref="Run(MirrorReader, ProvisioningLogFilter)" path="/exception"/>
    public static long Count(MirrorReader mirror, ProvisioningLogFilter filter)
    {
        using var kinds = new ProvisioningKinds(mirror);
        var conditions = ProvisioningConditions.Resolve(mirror, kinds, filter);
        if (conditions.Impossible) return 0;
        var sql = new SqlText("SELECT count(*) FROM ");
        sql.Add(new ProvisioningPlan(mirror, conditions).FromWhere(sql));
        return mirror.Query(sql, row => row.GetInt64(0)).First();
    }

    /// <summary>The filter as it was understood: bounds in UTC and every condition.</summary>
    public static string Describe(ProvisioningLogFilter filter) => new FilterDescription("Provisioning log entries", filter.After, filter.Before)
        .Add("action", filter.Action)
        .Add("application's name or id", filter.Application)
        .Add("identity's name, UPN, source or target id", filter.Identity)
        .Add("identity type", filter.IdentityType)
        .Add("source system", filter.SourceSystem)
        .Add("target system", filter.TargetSystem)
        .Add("status", filter.Status)
        .Add("job id", filter.JobId)
        .Add("cycle id", filter.CycleId)
        .Add("change id", filter.ChangeId)
        .Add("error code", filter.ErrorCode)
        .Add("record id", filter.Id)
        .Add("tenant", filter.Tenant)
        .Add("import", filter.ImportId)
        .End("newest first", filter.Skip, filter.First);

    /// <summary>The SQL that answers the filter on this mirror, with the values bound to it.</summary>
    /// <inheritdoc cref="Run(MirrorReader, ProvisioningLogFilter)" path="/exception"/>
    public static string DescribeSql(MirrorReader mirror, ProvisioningLogFilter filter)
    {
        using var kinds = new ProvisioningKinds(mirror);
        var conditions = ProvisioningConditions.Resolve(mirror, kinds, filter);
        return conditions.Impossible ? FilterDescription.NoQuery
            : FilterDescription.OfSql(new ProvisioningPlan(mirror, conditions).Select(ProvisioningRowReader.Columns, filter.Skip, filter.First));
    }

    internal static IEnumerable<ProvisioningLogEntry> Run(MirrorReader mirror, ProvisioningLogFilter filter, bool oldestFirst)
    {
        using var kinds = new ProvisioningKinds(mirror);
        var conditions = ProvisioningConditions.Resolve(mirror, kinds, filter);
        if (conditions.Impossible || filter.First == 0) yield break;

        var sql = new ProvisioningPlan(mirror, conditions).Select(ProvisioningRowReader.Columns, filter.Skip, filter.First, oldestFirst);
        using var reader = new ProvisioningRowReader(mirror, kinds, filter.ShowSecret);
        using var command = sql.ToCommand(mirror.Connection);
        using var rows = mirror.Execute(command);
        while (mirror.Read(rows)) yield return reader.Read(rows);
    }
}
