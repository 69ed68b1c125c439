using System.Text.RegularExpressions;
using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>An event on its way into a trail: from the audit log, from a step of the provisioning log, or from both.</summary>
internal sealed partial class TrailEvent
{
    public const string Import = "Import", Rule = "Synchronization rule action", Export = "Export", Escrow = "Process escrow",
        Other = "Other";

    private const string AuditLog = "AuditLog", ProvisioningLog = "ProvisioningLog";

    // Details of Account Provisioning's audit records that say how, not what of the object.
    private static readonly HashSet<string> MetaDetails =
        new(StringComparer.OrdinalIgnoreCase) { "EventName", "ErrorCode", "Details", "JobId", "ipaddr", "User-Agent", "CycleId",
            "RunProfileIdentifier" };

    private TrailEvent()
    {
    }

    public DateTimeOffset Time { get; private init; }

    /// <summary>Where it stands in its pass: steps have no time of their own.</summary>
    public DateTimeOffset SortTime { get; set; }

    public string Activity { get; private init; } = Other;

    public string? Status { get; private set; }

    public string? Reason { get; private set; }

    public string? Application { get; private set; }

    public string? Identity { get; set; }

    /// <summary>
    /// The object's id as the portal's column Target(s) has it: what it is matched by, for instance a UPN or an employee number.
    /// </summary>
    public string? TargetId { get; set; }

    public string? EventName { get; private set; }

    public string? ErrorCode { get; private set; }

    public string? Pass { get; private init; }

    public string? TenantId { get; private init; }

    public string? RecordId { get; private init; }

    public string? Note { get; set; }

    /// <summary>Names and ids of the application.</summary>
    public List<string> ApplicationTexts { get; } = [];

    /// <summary>Names and ids of the object.</summary>
    public List<string> IdentityTexts { get; } = [];

    public bool IsFromAudit { get; private init; }

    public bool IsMatched { get; private set; }

    public bool IsFailure => Status is { } status && (Utf8.Is(status, "failure") || Utf8.Is(status, "failed"));

    public bool IsSkip => (Status is { } status && Utf8.Is(status, "skipped")) || Mentions("skip");

    /// <summary>Its place in the normal order: retrieved, matched, ruled on, written, retried.</summary>
    public int Rank => Activity switch
    {
        Import when EventName?.Contains("Matching", StringComparison.OrdinalIgnoreCase) == true
            || EventName?.Contains("Joining", StringComparison.OrdinalIgnoreCase) == true || stepRank == 2 => 1,
        Import => 0,
        Rule => 2 + Math.Max(stepRank, 0),
        Export => 10,
        Escrow => 11,
        _ => 12,
    };

    private List<ModifiedProperty> Attributes { get; } = [];

    private int stepRank = -1;

    public static TrailEvent Of(AuditActivity activity)
    {
        var details = activity.AdditionalDetails.Where(d => !string.IsNullOrEmpty(d.Value)).ToList();
        string? Detail(string key) => details.Find(d => Utf8.Is(d.Key, key))?.Value;
        var result = new TrailEvent
        {
            Time = activity.Time, SortTime = activity.Time, Activity = Canonical(activity.Activity), Status = activity.Result,
                Reason = activity.ResultReason, EventName = Detail("EventName"),
            ErrorCode = Detail("ErrorCode"), Pass = activity.CorrelationId, TenantId = activity.TenantId, RecordId = activity.Id,
                IsFromAudit = true,
        };
        if (result.ErrorCode is { } code && ProvisioningWords.IsNone(System.Text.Encoding.UTF8.GetBytes(code))) result.ErrorCode = null;
        var application = activity.Targets.FirstOrDefault(t => t.Type is { } type
            && (Utf8.Is(type, "ServicePrincipal") || Utf8.Is(type, "Application"))) ?? (activity.Targets.Count > 1
            ? activity.Targets[0] : null);
        if (application != null)
        {
            result.Application = application.DisplayName ?? application.Id;
            Add(result.ApplicationTexts, application.DisplayName, application.Id);
        }

        foreach (var target in activity.Targets.Where(t => t != application))
        {
            result.Identity ??= target.DisplayName ?? target.UserPrincipalName ?? target.Id;
            result.TargetId ??= target.UserPrincipalName;
            Add(result.IdentityTexts, target.DisplayName, target.UserPrincipalName, target.Id);
        }

        if (activity.ResultReason is { } reason && Quoted().Match(reason) is { Success: true } named)
        {
            // The target often has no name: the sentence does.
            result.Identity ??= named.Groups["name"].Value;
            result.TargetId ??= named.Groups["name"].Value;
            Add(result.IdentityTexts, named.Groups["name"].Value);
        }

        result.Attributes.AddRange(activity.Targets.SelectMany(t => t.ModifiedProperties));
        result.Attributes.AddRange(details.Where(d => !MetaDetails.Contains(d.Key)).Select(d => Attribute(d)));
        return result;
    }

    /// <summary>The steps of an entry in their normal order; of an entry without steps, what its outcome says.</summary>
    public static IEnumerable<TrailEvent> Of(ProvisioningLogEntry entry)
    {
        if (entry.Steps.Count == 0)
        {
            var isSkip = entry.Status is { } status && Utf8.Is(status, "skipped");
            yield return Of(entry, isSkip ? Rule : Export, entry.Status, entry.Reason, null, -1, entry.ModifiedProperties);
            yield break;
        }

        foreach (var step in entry.Steps.Select(s => Of(entry, s)).OrderBy(s => s.Rank)) yield return step;
    }

    /// <summary>Names and ids of the object of an entry; its row has them.</summary>
    public static List<string> IdentityTextsOf(ProvisioningLogEntry entry)
    {
        var texts = new List<string>();
        foreach (var side in new[] { entry.SourceIdentity, entry.TargetIdentity })
            Add(texts, side.DisplayName, side.UserPrincipalName, side.Id);
        return texts;
    }

    /// <summary>Takes in what a step says of the same event.</summary>
    public void Merge(TrailEvent step)
    {
        IsMatched = true;
        EventName ??= step.EventName;
        ErrorCode ??= step.ErrorCode;
        Status ??= step.Status;
        Reason ??= step.Reason;
        Application ??= step.Application;
        Identity ??= step.Identity;
        TargetId ??= step.TargetId;
        if (stepRank < 0) stepRank = step.stepRank;
        ApplicationTexts.AddRange(step.ApplicationTexts);
        IdentityTexts.AddRange(step.IdentityTexts);
        Attributes.AddRange(step.Attributes.Where(a => !Attributes.Exists(known => Utf8.Is(known.Name, a.Name))).ToList());
    }

    /// <summary>Whether an audit record and a step are of the same event.</summary>
    public bool IsSameAs(TrailEvent step) =>
        EventName != null && step.EventName != null ? Utf8.Is(EventName, step.EventName) : Activity == step.Activity;

    /// <summary>Whether an audit record is of the retry whose write a step reports.</summary>
    public bool IsRetryOf(TrailEvent step) =>
        Activity == Escrow && step.Activity == Export && (Time - step.Time).Duration() < TimeSpan.FromMinutes(5);

    public bool Mentions(string word) =>
        EventName?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
            || Reason?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    public ProvisioningEvent ToEvent() => new()
    {
        Time = SortTime,
        Activity = Activity,
        Status = Status,
        StatusReason = Reason,
        Application = Application,
        Identity = Identity,
        EventName = EventName,
        ErrorCode = ErrorCode,
        Pass = Pass,
        Note = Note,
        Source = IsMatched ? $"{AuditLog}, {ProvisioningLog}" : IsFromAudit ? AuditLog : ProvisioningLog,
        TenantId = TenantId,
        RecordId = RecordId,
        Targets = new([.. new[] { Application, TargetId ?? Identity }.OfType<string>()]),
        Attributes = new([.. Attributes]),
    };

    private static TrailEvent Of(ProvisioningLogEntry entry, ProvisioningStep step)
    {
        var activity = ActivityOf(step);
        var isExport = activity == Export;
        var written = step.Details.Select(Attribute).Concat(isExport ? entry.ModifiedProperties : []);
        return Of(entry, activity, step.Status, step.Description ?? (isExport ? entry.Reason : null), step.Name,
            ProvisioningWords.PhaseOf(step.Name, step.Type), written);
    }

    private static TrailEvent Of(ProvisioningLogEntry entry, string activity, string? status, string? reason, string? name, int stepRank,
        IEnumerable<ModifiedProperty> attributes)
    {
        var result = new TrailEvent
        {
            Time = entry.Time, SortTime = entry.Time, Activity = activity, Status = status, Reason = reason, EventName = name,
            Application = entry.Application, Identity = entry.Identity, Pass = entry.ChangeId, TenantId = entry.TenantId,
            RecordId = entry.Id, stepRank = stepRank,
        };
        if (result.IsFailure) result.ErrorCode = entry.ErrorCode;
        Add(result.ApplicationTexts, entry.Application, entry.ApplicationId);
        // ReportableIdentifier is the value of the matching attribute; reporting page: "The format of ID value should match whatever you
        // selected as the primary matching ID". Where no step names it, the source's own name or id.
        result.TargetId = entry.Steps.SelectMany(s => s.Details)
            .FirstOrDefault(d => Utf8.Is(d.Key, "ReportableIdentifier") && !string.IsNullOrEmpty(d.Value))?.Value
            ?? entry.SourceIdentity.UserPrincipalName ?? entry.TargetIdentity.UserPrincipalName ?? entry.SourceIdentity.Id
            ?? entry.TargetIdentity.Id;
        result.IdentityTexts.AddRange(IdentityTextsOf(entry));
        result.Attributes.AddRange(attributes);
        return result;
    }

    /// <summary>
    /// What a step is in the words of the audit log: by its name, which shows the phase, else by its type. Applications write the creation
    /// that a rule decides (<c>EntrySynchronizationAdd</c>) under the type matching.
    /// </summary>
    private static string ActivityOf(ProvisioningStep step) => ProvisioningWords.PhaseOf(step.Name, step.Type) switch
    {
        0 or 2 => Import,
        1 or 3 or 4 => Rule,
        5 => Export,
        _ when step.Name?.Contains("Escrow", StringComparison.OrdinalIgnoreCase) == true => Escrow,
        _ => Other,
    };

    private static string Canonical(string activity) =>
        Array.Find([Import, Rule, Export, Escrow, Other], known => Utf8.Is(known, activity)) ?? activity;

    private static ModifiedProperty Attribute(AuditDetail detail) =>
        new() { Name = detail.Key, NewValue = detail.Value, RawNewValue = detail.Value };

    private static void Add(List<string> texts, params ReadOnlySpan<string?> more)
    {
        foreach (var text in more)
        {
            if (!string.IsNullOrEmpty(text)) texts.Add(text);
        }
    }

    [GeneratedRegex("'(?<name>[^']{1,256})'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
