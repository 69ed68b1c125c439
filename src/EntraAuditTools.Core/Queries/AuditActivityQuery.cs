using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Mirror;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries;

/// <summary>What happened in the directory?</summary>
public static class AuditActivityQuery
{
    private const string Columns = "a.id, a.drift, a.kind, a.result, a.actor, a.target, a.target_count, a.address, a.tenant, a.origin, a.correlation, a.record_id, a.block, a.slot";

    /// <summary>The activities that match, newest first, read as they are asked for; the mirror must stay open meanwhile (the objects outlive it).</summary>
    /// <exception cref="AuditToolException">InvalidWildcard, InvalidSearch, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    public static IEnumerable<AuditActivity> Run(MirrorReader mirror, AuditActivityFilter filter)
    {
        var conditions = ActivityConditions.Resolve(mirror, filter);
        if (conditions.Impossible || filter.First == 0) yield break;

        var sql = new ActivityPlan(mirror, conditions).Select(Columns, filter.Skip, filter.First);
        using var reader = new ActivityRowReader(mirror, filter.ShowSecret);
        using var command = sql.ToCommand(mirror.Connection);
        using var rows = mirror.Execute(command);
        while (mirror.Read(rows)) yield return reader.Read(rows);
    }

    /// <summary>How many activities match, leaving <see cref="AuditActivityFilter.Skip"/> and <see cref="AuditActivityFilter.First"/> aside.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public static long Count(MirrorReader mirror, AuditActivityFilter filter)
    {
        var conditions = ActivityConditions.Resolve(mirror, filter);
        if (conditions.Impossible) return 0;
        var sql = new SqlText("SELECT count(*) FROM ");
        sql.Add(new ActivityPlan(mirror, conditions).FromWhere(sql));
        return mirror.Query(sql, row => row.GetInt64(0)).First();
    }

    /// <summary>The filter as it was understood: bounds in UTC and every condition.</summary>
    public static string Describe(AuditActivityFilter filter)
    {
        var text = new StringBuilder("Audit activities");
        if (filter.After is { } after) text.Append(CultureInfo.InvariantCulture, $" from {after.UtcDateTime:yyyy-MM-dd HH:mm:ss.FFFFFFF}Z (included)");
        if (filter.Before is { } before) text.Append(CultureInfo.InvariantCulture, $" to {before.UtcDateTime:yyyy-MM-dd HH:mm:ss.FFFFFFF}Z (excluded)");
        Append("service", filter.Service);
        Append("category", filter.Category);
        Append("activity", filter.Activity);
        Append("result", filter.Result);
        Append("initiator's UPN, id or name", filter.InitiatedBy);
        Append("a target's UPN, id or name", filter.Target);
        Append("correlation id", filter.CorrelationId);
        Append("record id", filter.Id);
        Append("address", filter.IPAddress);
        Append("a modified property", filter.Property);
        Append("tenant", filter.Tenant);
        if (!string.IsNullOrWhiteSpace(filter.Search)) text.Append(CultureInfo.InvariantCulture, $"; containing {filter.Search}");
        text.Append("; newest first");
        if (filter.Skip > 0) text.Append(CultureInfo.InvariantCulture, $", without the first {filter.Skip}");
        if (filter.First is { } first) text.Append(CultureInfo.InvariantCulture, $", at most {first}");
        return text.Append('.').ToString();

        void Append(string what, IReadOnlyList<string>? texts)
        {
            if (texts is { Count: > 0 }) text.Append("; ").Append(what).Append(" like ").AppendJoin(" or ", texts.Select(one => $"'{one}'"));
        }
    }

    /// <summary>The SQL that answers the filter on this mirror, with the values bound to it.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public static string DescribeSql(MirrorReader mirror, AuditActivityFilter filter)
    {
        var conditions = ActivityConditions.Resolve(mirror, filter);
        if (conditions.Impossible) return "No query: nothing in this mirror has such a name.";
        var sql = new ActivityPlan(mirror, conditions).Select(Columns, filter.Skip, filter.First);
        var text = new StringBuilder(sql.ToString());
        for (var i = 0; i < sql.Values.Count; i++) text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? " -- " : ", ")}@p{i} = {(sql.Values[i] is byte[] bytes ? $"x'{Convert.ToHexString(bytes)}'" : sql.Values[i])}");
        return text.ToString();
    }
}
