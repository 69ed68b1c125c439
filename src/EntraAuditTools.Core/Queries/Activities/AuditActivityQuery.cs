using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>What happened in the directory?</summary>
public static class AuditActivityQuery
{
    internal const string Columns =
        "a.id, a.drift, a.kind, a.result, a.actor, a.target, a.target_count, a.address, a.tenant, a.origin, a.correlation, a.record_id, a.block, a.slot";

    /// <summary>The activities that match, newest first, read as they are asked for; the mirror must stay open meanwhile (the objects outlive it).</summary>
    /// <exception cref="AuditToolException">InvalidWildcard, InvalidSearch, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    public static IEnumerable<AuditActivity> Run(MirrorReader mirror, AuditActivityFilter filter) => Run(mirror, filter, oldestFirst: false);

    /// <summary>How many activities match, leaving <see cref="AuditActivityFilter.Skip"/> and <see cref="AuditActivityFilter.First"/> aside.</summary>
    /// <inheritdoc cref="Run(MirrorReader, AuditActivityFilter)" path="/exception"/>
    public static long Count(MirrorReader mirror, AuditActivityFilter filter)
    {
        var conditions = ActivityConditions.Resolve(mirror, filter);
        if (conditions.Impossible) return 0;
        return mirror.Query(new ActivityPlan(mirror, conditions).Count(), row => row.GetInt64(0)).First();
    }

    /// <summary>The filter as it was understood: bounds in UTC and every condition.</summary>
    public static string Describe(AuditActivityFilter filter) => new FilterDescription("Audit activities", filter.After, filter.Before)
        .Add("service", filter.Service)
        .Add("category", filter.Category)
        .Add("activity", filter.Activity)
        .Add("result", filter.Result)
        .Add("initiator's UPN, id or name", filter.InitiatedBy)
        .Add("UPN, id or name of what it is about", filter.Target)
        .Add("UPN, id or name of who did it or what it is about", filter.Involving)
        .Add("correlation id", filter.CorrelationId)
        .Add("record id", filter.Id)
        .Add("address", filter.IPAddress)
        .Add("a modified property", filter.Property)
        .Add("tenant", filter.Tenant)
        .Add("import", filter.ImportId)
        .Add("log", filter.Origin)
        .AddSearch(filter.Search)
        .End("newest first", filter.Skip, filter.First);

    /// <summary>The SQL that answers the filter on this mirror, with the values bound to it.</summary>
    /// <inheritdoc cref="Run(MirrorReader, AuditActivityFilter)" path="/exception"/>
    public static string DescribeSql(MirrorReader mirror, AuditActivityFilter filter)
    {
        var conditions = ActivityConditions.Resolve(mirror, filter);
        return conditions.Impossible ? FilterDescription.NoQuery
            : FilterDescription.OfSql(new ActivityPlan(mirror, conditions).Select(Columns, filter.Skip, filter.First));
    }

    internal static IEnumerable<AuditActivity> Run(MirrorReader mirror, AuditActivityFilter filter, bool oldestFirst)
    {
        var conditions = ActivityConditions.Resolve(mirror, filter);
        if (conditions.Impossible || filter.First == 0) yield break;

        var sql = new ActivityPlan(mirror, conditions).Select(Columns, filter.Skip, filter.First, oldestFirst);
        using var reader = new ActivityRowReader(mirror, filter.ShowSecret);
        using var command = sql.ToCommand(mirror.Connection);
        using var rows = mirror.Execute(command);
        while (mirror.Read(rows)) yield return reader.Read(rows);
    }
}
