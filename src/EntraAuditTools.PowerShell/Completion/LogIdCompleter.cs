using System.Collections;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Provisioning;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes ids of a log's records, narrowed by all filters that the command line has.</summary>
/// <typeparam name="T">The log's records.</typeparam>
public abstract class LogIdCompleter<T> : IdCompleter
{
    private readonly LogQuery<T> log;

    private protected LogIdCompleter(LogQuery<T> log) => this.log = log;

    /// <summary>The id that a parameter asks for.</summary>
    private protected abstract string? IdOf(T record, string parameter);

    /// <summary>What the record is.</summary>
    private protected abstract string AboutOf(T record);

    /// <inheritdoc/>
    private protected override IEnumerable<(string? Id, string About)> Ids(MirrorReader mirror, string parameter, IDictionary bound)
    {
        var (after, before) = TypedTime.Of(Given(bound, "After"), Given(bound, "Before"), Given(bound, "Last"), DateTimeOffset.Now);
        var filter = new LogFilter { After = after, Before = before, First = Newest };
        foreach (var field in log.Fields.Where(field => field is { IsNumber: false, IsTime: false }))
        {
            if (!field.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase)) filter[field.Name] = Given(bound, field.Name);
        }

        return log.Run(mirror, filter).Select(record => (IdOf(record, parameter), AboutOf(record)));
    }
}

/// <summary>Completes ids of activities and of the operations that they belong to.</summary>
public sealed class ActivityIdCompleter() : LogIdCompleter<AuditActivity>(AuditActivityQuery.Log)
{
    /// <inheritdoc/>
    private protected override string? IdOf(AuditActivity record, string parameter) =>
        parameter.Equals(nameof(record.CorrelationId), StringComparison.OrdinalIgnoreCase) ? record.CorrelationId : record.Id;

    /// <inheritdoc/>
    private protected override string AboutOf(AuditActivity record) => About(record.Time, record.Activity, record.InitiatedBy);
}

/// <summary>Completes ids of entries of the provisioning log, of their changes and of the job's cycles.</summary>
public sealed class ProvisioningIdCompleter() : LogIdCompleter<ProvisioningLogEntry>(ProvisioningLogQuery.Log)
{
    /// <inheritdoc/>
    private protected override string? IdOf(ProvisioningLogEntry record, string parameter) => parameter.ToUpperInvariant() switch
    {
        "CYCLEID" => record.CycleId,
        "CHANGEID" => record.ChangeId,
        _ => record.Id,
    };

    /// <inheritdoc/>
    private protected override string AboutOf(ProvisioningLogEntry record) =>
        About(record.Time, record.Application, record.Action, record.Identity);
}
