using System.Globalization;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Provisioning;

namespace EntraAuditTools.Core.Questions.Completion;

/// <summary>
/// Completes ids, which nobody types: of the newest records that the other parameters ask for, each with what it is of. What is typed may
/// be of the id or of that.
/// </summary>
internal static class IdCompletion
{
    /// <summary>How many records are looked at.</summary>
    private const int Newest = 500;

    /// <summary>Ids of assignments, of the users and packages that the command line names.</summary>
    public static IEnumerable<CompletedValue> Assignments(CompletionRequest request) => Best(request, mirror =>
        AccessPackageAssignmentQuery.Run(mirror, new AccessPackageAssignmentFilter { Selectors = Selectors(request), First = Newest })
            .Select(one => (one.AssignmentId, About(one.Start, one.User, one.AccessPackage, one.State))));

    /// <summary>Ids of requests, of the users and packages that the command line names.</summary>
    public static IEnumerable<CompletedValue> Requests(CompletionRequest request) => Best(request, mirror =>
        AccessPackageRequestQuery.Run(mirror, new AccessPackageRequestFilter { Selectors = Selectors(request), First = Newest })
            .Select(one => ((string?)one.RequestId, About(one.RequestedAt, one.User, one.AccessPackage, one.Status))));

    /// <summary>Ids of activities (Id), and of the operations that they belong to (CorrelationId).</summary>
    public static IEnumerable<CompletedValue> Activities(string parameter, CompletionRequest request) =>
        OfLog(AuditActivityQuery.Log, parameter, request, record =>
            (parameter.Equals(nameof(record.CorrelationId), StringComparison.OrdinalIgnoreCase) ? record.CorrelationId : record.Id,
                About(record.Time, record.Activity, record.InitiatedBy)));

    /// <summary>Ids of entries of the provisioning log (Id), of their changes (ChangeId) and of the job's cycles (CycleId).</summary>
    public static IEnumerable<CompletedValue> Provisioning(string parameter, CompletionRequest request) =>
        OfLog(ProvisioningLogQuery.Log, parameter, request, record => (parameter.ToUpperInvariant() switch
        {
            "CYCLEID" => record.CycleId,
            "CHANGEID" => record.ChangeId,
            _ => record.Id,
        }, About(record.Time, record.Application, record.Action, record.Identity)));

    /// <summary>Of a log's records, narrowed by all filters that the command line has.</summary>
    private static IEnumerable<CompletedValue> OfLog<T>(LogQuery<T> log, string parameter, CompletionRequest request,
        Func<T, (string? Id, string About)> of) => Best(request, mirror =>
    {
        var (after, before) = TypedTime.Of(request);
        var filter = new LogFilter { After = after, Before = before, First = Newest };
        foreach (var field in log.Fields.Where(field => field is { IsNumber: false, IsTime: false }))
        {
            if (!field.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase)) filter[field.Name] = request.Given(field.Name);
        }

        return log.Run(mirror, filter).Select(of);
    });

    private static IEnumerable<CompletedValue> Best(CompletionRequest request,
        Func<MirrorReader, IEnumerable<(string? Id, string About)>> ids) =>
        request.Mirror is not { } mirror ? []
        : new TypedText(request.Typed).Best(ids(mirror).Where(found => !string.IsNullOrEmpty(found.Id)), found => [found.Id, found.About])
            .DistinctBy(found => found.Id, StringComparer.OrdinalIgnoreCase)
            .Take(CompletionRequest.Limit)
            .Select(found => new CompletedValue(found.Id!, Tip: found.About));

    private static IReadOnlyList<EntitlementSelector>? Selectors(CompletionRequest request) =>
        (User: request.Given("User"), AccessPackage: request.Given("AccessPackage")) is var given && given is (null, null) ? null
            : [new EntitlementSelector { User = given.User, AccessPackage = given.AccessPackage }];

    // What a record is, in one line: its time in UTC first.
    private static string About(DateTimeOffset? time, params object?[] parts) =>
        string.Join(' ', new[] { time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) }
            .Concat(parts.Select(part => part?.ToString())).Where(text => !string.IsNullOrEmpty(text)));
}
