using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>
/// What a policy contains besides who can request and who approves: requests on behalf, custom schedules, own removal, access reviews,
/// custom extensions. Sources: Graph v1.0 <c>accessPackageAssignmentRequestorSettings</c>, <c>accessPackageAssignmentApprovalSettings</c>,
/// <c>accessPackageAssignmentReviewSettings</c>, <c>customExtensionStageSetting</c>; beta <c>assignmentReviewSettings</c>,
/// <c>canExtend</c>.
/// </summary>
internal static class PolicySettings
{
    /// <summary>Adds the settings that a policy contains.</summary>
    public static void Add(EntityObservation policy, in RecordNode node)
    {
        var approval = policy.Child(node, P.RequestApprovalSettings);
        policy.AddBool(FactNames.UpdateApprovalRequired,
            approval.Bool(P.IsApprovalRequiredForUpdate) ?? approval.Bool(P.IsApprovalRequiredForExtension));
        policy.AddBool(FactNames.JustificationRequired, approval.Bool(P.IsRequestorJustificationRequired));

        var requestors = policy.Child(node, P.RequestorSettings);
        policy.AddBool(FactNames.SelfUpdate, requestors.Bool(P.EnableTargetsToSelfUpdateAccess) ?? node.Bool(P.CanExtend))
            .AddBool(FactNames.SelfRemove, requestors.Bool(P.EnableTargetsToSelfRemoveAccess))
            .AddBool(FactNames.CustomSchedule, requestors.Bool(P.AllowCustomAssignmentSchedule))
            .AddBool(FactNames.OnBehalfAdd, requestors.Bool(P.EnableOnBehalfRequestorsToAddAccess))
            .AddBool(FactNames.OnBehalfUpdate, requestors.Bool(P.EnableOnBehalfRequestorsToUpdateAccess))
            .AddBool(FactNames.OnBehalfRemove, requestors.Bool(P.EnableOnBehalfRequestorsToRemoveAccess));
        if (SubjectSet.Of(policy.Items(requestors, P.OnBehalfRequestors)) is { } others)
            policy.AddObjects(FactNames.OnBehalfRequestors, others, SubjectSet.Write);
        AddReview(policy, node);
        AddExtensions(policy, node);
    }

    private static void AddReview(EntityObservation policy, in RecordNode node)
    {
        var property = node.Has(P.ReviewSettings) ? P.ReviewSettings : P.AccessReviewSettings;
        if (!node.Has(property)) return;
        var review = policy.Child(node, property);
        if (!review.Exists)
        {
            if (!node.HasValue(property)) policy.Add(FactNames.Review, (string?)null);
            return;
        }

        var enabled = review.Bool(P.IsEnabled);
        var schedule = policy.Child(review, P.Schedule);
        var pattern = policy.Child(policy.Child(schedule, P.Recurrence), P.Pattern);
        var frequency = Frequency(pattern.Text(P.Type), pattern.Number(P.Interval) ?? 1) ?? BetaFrequency(review.Text(P.RecurrenceType));
        var days = EntitlementWords.Days(ExpirationFacts.Duration(policy.Child(schedule, P.Expiration).Get(P.Duration)))
            ?? review.Number(P.DurationInDays);
        var start = schedule.Ticks(P.StartDateTime) ?? review.Ticks(P.StartDateTime) ?? 0;
        var kind = review.Text(P.ReviewerType);
        var self = review.Bool(P.IsSelfReview) ?? (kind == null ? null : Utf8.Is(kind, "Self"));
        var reviewers = SubjectSet.Of(policy.Items(review, P.PrimaryReviewers) ?? policy.Items(review, P.Reviewers),
            policy.Items(review, P.FallbackReviewers)) ?? [];
        // Beta: "Manager" has no reviewers of its own.
        if (reviewers.Count == 0 && kind != null && Utf8.Is(kind, "Manager"))
            reviewers.Add(new("targetManager", null, null, 1, null, IsBackup: false));
        var noResponse = review.Text(P.ExpirationBehavior, P.AccessReviewTimeoutBehavior);
        var recommendations = review.Bool(P.IsRecommendationEnabled) ?? review.Bool(P.IsAccessRecommendationEnabled);
        var justification = review.Bool(P.IsReviewerJustificationRequired) ?? review.Bool(P.IsApprovalJustificationRequired);
        if (enabled == null && frequency == null && reviewers.Count == 0) return; // An SDK object that was not filled.
        policy.Add(FactNames.Review, json =>
        {
            json.WriteStartObject();
            Write(json, "enabled", enabled);
            if (frequency != null) json.WriteString("frequency", frequency);
            if (days is { } length) json.WriteNumber("days", length);
            if (start > 0) json.WriteString("start", EntityObservation.TimeText(start));
            Write(json, "self", self);
            json.WritePropertyName("reviewers");
            EntitlementFacts.WriteObjects(json, reviewers, SubjectSet.Write);
            if (noResponse != null) json.WriteString("noResponse", noResponse);
            Write(json, "recommendations", recommendations);
            Write(json, "justification", justification);
            json.WriteEndObject();
        });
    }

    // The portal's choices (access-reviews-create, "Review frequency"): weekly, monthly, quarterly, bi-annually, annually.
    private static string? Frequency(string? type, int interval) => type?.ToUpperInvariant() switch
    {
        null => null,
        "WEEKLY" => interval == 1 ? "weekly" : Every(interval, "weeks"),
        "DAILY" => interval == 1 ? "daily" : Every(interval, "days"),
        "ABSOLUTEMONTHLY" or "RELATIVEMONTHLY" =>
            interval switch { 1 => "monthly", 3 => "quarterly", 6 => "bi-annually", 12 => "annually", _ => Every(interval, "months") },
        "ABSOLUTEYEARLY" or "RELATIVEYEARLY" => interval == 1 ? "annually" : Every(interval, "years"),
        _ => type,
    };

    // Beta assignmentReviewSettings.recurrenceType.
    private static string? BetaFrequency(string? type) => type?.ToUpperInvariant() switch
    {
        null => null,
        "WEEKLY" or "MONTHLY" or "QUARTERLY" => type.ToLowerInvariant(),
        "HALFYEARLY" => "bi-annually",
        "ANNUAL" => "annually",
        "ONETIME" => "once",
        _ => type,
    };

    private static string Every(int count, string units) => string.Create(CultureInfo.InvariantCulture, $"every {count} {units}");

    // v1.0 customExtensionStageSettings; beta's older customExtensionHandlers.
    private static void AddExtensions(EntityObservation policy, in RecordNode node)
    {
        if (policy.Items(node, P.CustomExtensionStageSettings, P.CustomExtensionHandlers) is not { } items) return;
        var extensions = items.ConvertAll(item =>
        {
            var extension = policy.Child(item, P.CustomExtension);
            return (Stage: item.Text(P.Stage), Id: extension.Id(P.Id), Name: extension.Text(P.DisplayName));
        });
        policy.AddObjects(FactNames.Extensions, extensions, static (json, extension) =>
        {
            if (extension.Stage != null) json.WriteString("stage", extension.Stage);
            if (extension.Id != null) json.WriteString("id", extension.Id);
            if (extension.Name != null) json.WriteString("name", extension.Name);
        });
    }

    private static void Write(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } known) json.WriteBoolean(name, known);
    }
}
