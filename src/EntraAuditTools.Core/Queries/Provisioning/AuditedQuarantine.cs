using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>
/// A quarantine as the audit log has it, for jobs without an export: the activity Quarantine of Account Provisioning, unless the job
/// was started anew or provisioned something since.
/// </summary>
internal static class AuditedQuarantine
{
    private const int Most = 200;

    private static readonly string[] Quarantine = ["Quarantine"];
    private static readonly string[] Start = ["Enable/restart provisioning configuration", "Enable/start provisioning configuration"];

    /// <summary>The quarantine that lasts as far as the logs know; null when they have none.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="application">The job's application.</param>
    /// <param name="jobId">The job; null when unknown.</param>
    /// <param name="lastSuccess">When the job last provisioned something; null when never.</param>
    /// <param name="before">Only what was logged before; null for all.</param>
    public static ProvisioningQuarantine? Find(MirrorReader mirror, IdentityText application, string? jobId, DateTimeOffset? lastSuccess,
        DateTimeOffset? before)
    {
        if (application.ObjectId is null && application.DisplayName is null) return null;
        var ended = Of(mirror, application, Start, before).Where(a => a.Result is "success").Select(a => (DateTimeOffset?)a.Time)
            .Append(lastSuccess).Max();
        var events = Of(mirror, application, Quarantine, before).TakeWhile(a => !(a.Time <= ended)).Where(a => IsOf(a, jobId)).ToList();
        if (events.Count == 0) return null;
        var code = Detail(events[0], "ErrorCode");
        return new ProvisioningQuarantine { Since = events[^1].Time, LastImposed = events[0].Time, Reason = events[0].ResultReason,
            Error = code, Attempts = events.Count };
    }

    private static IEnumerable<AuditActivity> Of(MirrorReader mirror, IdentityText application, string[] activities,
        DateTimeOffset? before) => AuditActivityQuery.Run(mirror, new()
    {
        Service = ["Account Provisioning"],
        Activity = activities,
        Target = [WildcardText.Escape(application.ObjectId ?? application.DisplayName!)],
        Before = before,
        First = Most,
    });

    /// <summary>An application can have several jobs: the record may say which.</summary>
    private static bool IsOf(AuditActivity activity, string? jobId) =>
        jobId is null || Detail(activity, "JobId") is not { } named || Utf8.Is(named, jobId);

    private static string? Detail(AuditActivity activity, string key) =>
        activity.AdditionalDetails.FirstOrDefault(d => Utf8.Is(d.Key, key) && !string.IsNullOrEmpty(d.Value))?.Value;
}
