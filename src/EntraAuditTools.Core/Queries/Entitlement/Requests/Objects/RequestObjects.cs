using System.Text.Json;
using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;

/// <summary>Request objects from the mirror's entities.</summary>
internal sealed class RequestObjects(EntitlementReader reader)
{
    // accessPackageRequestType.
    private static readonly Dictionary<string, RequestType> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["userAdd"] = RequestType.UserRequest, ["onBehalfAdd"] = RequestType.UserRequest, ["adminAdd"] = RequestType.DirectAssignment,
        ["systemAdd"] = RequestType.AutoAssignment, ["userExtend"] = RequestType.Extension,
        ["userUpdate"] = RequestType.Update, ["adminUpdate"] = RequestType.Update, ["systemUpdate"] = RequestType.Update,
        ["userRemove"] = RequestType.Removal, ["adminRemove"] = RequestType.Removal, ["systemRemove"] = RequestType.Removal,
        ["approverRemove"] = RequestType.Removal,
    };

    // accessPackageRequestState.
    private static readonly Dictionary<string, RequestStatus> States = new(StringComparer.OrdinalIgnoreCase)
    {
        ["submitted"] = RequestStatus.Submitted, ["pendingApproval"] = RequestStatus.PendingApproval,
        ["delivering"] = RequestStatus.ReadyToFulfill, ["delivered"] = RequestStatus.Fulfilled, ["deliveryFailed"] = RequestStatus.Failed,
        ["denied"] = RequestStatus.Denied, ["scheduled"] = RequestStatus.Scheduled, ["canceled"] = RequestStatus.Canceled,
        ["partiallyDelivered"] = RequestStatus.PartiallyFulfilled,
    };

    // Mirrors of the audit log alone are not asked request by request.
    private readonly Lazy<bool> any = new(() => reader.Mirror.Query($"SELECT 1 FROM entity WHERE kind = {(int)EntityKind.Request} LIMIT 1", row => true).Any());

    /// <summary>The objects that the selectors are about, at least; all when there are none.</summary>
    public IReadOnlyCollection<RequestObject> Find(IReadOnlyList<EntitlementSelector>? selectors) =>
        Read(selectors is not { Count: > 0 } ? reader.All(EntityKind.Request) : selectors.SelectMany(Find).Distinct().ToList());

    /// <summary>The objects of requests made in a span.</summary>
    public IReadOnlyCollection<RequestObject> InSpan(DateTimeOffset? after, DateTimeOffset? before)
    {
        var sql = new SqlText();
        sql.Add($"SELECT DISTINCT s.entity FROM entity e CROSS JOIN entity_state s ON s.entity = e.id WHERE e.kind = {(int)EntityKind.Request}");
        // Texts of one form: they sort as the times do.
        const string Created = $"json_extract(s.facts, '$.{FactNames.Created}')";
        if (after is { } from) sql.Add($" AND {Created} >= {sql.Bind(EntityObservation.TimeText(from.UtcTicks))}");
        if (before is { } to) sql.Add($" AND {Created} < {sql.Bind(EntityObservation.TimeText(to.UtcTicks))}");
        return Read(reader.Mirror.Query(sql, row => row.GetInt64(0)).ToList());
    }

    /// <summary>The objects of requests that wait for approval, or did so at another time.</summary>
    public IReadOnlyCollection<RequestObject> Waiting()
    {
        var sql = new SqlText();
        sql.Add($"SELECT DISTINCT s.entity FROM entity e CROSS JOIN entity_state s ON s.entity = e.id WHERE e.kind = {(int)EntityKind.Request} "
            + $"AND json_extract(s.facts, '$.{FactNames.State}') = 'pendingApproval' COLLATE NOCASE");
        return Read(reader.Mirror.Query(sql, row => row.GetInt64(0)).ToList());
    }

    /// <summary>Objects by the ids of their requests, as far as there are any.</summary>
    public IReadOnlyCollection<RequestObject> ById(IEnumerable<string> requestIds) =>
        !any.Value ? [] : Read(requestIds.Select(id => reader.Ref(EntityKind.Request, id)?.Number ?? 0).Where(n => n != 0).ToList());

    /// <summary>A person by all that was exported; null when nothing was.</summary>
    public EntitlementSubject? Person(string? id) => reader.Ref(EntityKind.User, id) is { } person ? ToSubject(person) : null;

    /// <summary>A person with what exports say besides; null for nobody.</summary>
    public EntitlementSubject? Complete(EntitlementSubject? person)
    {
        if (person?.Id == null || person.Type == "ServicePrincipal" || Person(person.Id) is not { } known) return person;
        return new() { Id = person.Id, DisplayName = person.DisplayName ?? known.DisplayName, UserPrincipalName = person.UserPrincipalName
            ?? known.UserPrincipalName, Type = known.Type };
    }

    /// <summary>A package by all that was exported; null when nothing was.</summary>
    public EntitlementReference? Package(string? id) => reader.Ref(EntityKind.AccessPackage, id)?.ToReference();

    /// <summary>Whom a policy asks to approve in a stage (from 1), as text; null when nothing shows it.</summary>
    public string? Approvers(string? policyId, int stage)
    {
        if (reader.Ref(EntityKind.Policy, policyId) is not { } policy
            || reader.StateOf(policy.Number)?.Json(FactNames.ApprovalStages) is not { ValueKind: JsonValueKind.Array } stages
            || stages.GetArrayLength() < stage) return null;
        var approvers = DetailJson.Items(stages[stage - 1], "approvers").Select(Approver).Where(a => a != null).Distinct().ToList();
        return approvers.Count == 0 ? null : string.Join(", ", approvers);
    }

    /// <summary>Who decides for whom.</summary>
    public ApproverDelegates Delegates { get; } = new(reader);

    /// <summary>
    /// Ids of users whom a policy asks by name or as members of a group in a stage (from 1); managers and sponsors are not among them.
    /// </summary>
    public IReadOnlySet<string> ApproverIds(string? policyId, int stage)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (reader.Ref(EntityKind.Policy, policyId) is not { } policy
            || reader.StateOf(policy.Number)?.Json(FactNames.ApprovalStages) is not { ValueKind: JsonValueKind.Array } stages
            || stages.GetArrayLength() < stage) return found;
        var settings = stages[stage - 1];
        foreach (var approver in settings.List("approvers").Items().Concat(settings.List("escalationApprovers").Items()))
        {
            if (approver.Text("id") is not { } id) continue;
            found.Add(id);
            if (reader.Ref(EntityKind.Group, id) is not { } group) continue;
            found.UnionWith(Memberships.MembersOf(reader, group.Number).Select(member => reader.Ref(member)?.Id).OfType<string>());
        }

        return found;
    }

    /// <summary>
    /// How assignments ended by what was exported of them, by their ids; those of which exports show no end are left out.
    /// </summary>
    public IReadOnlyDictionary<string, AssignmentEnd> Ends(IEnumerable<string> assignmentIds) =>
        any.Value ? ExportedEnds.Find(reader, assignmentIds) : new Dictionary<string, AssignmentEnd>();

    private string? Approver(JsonElement approver)
    {
        var id = DetailJson.Text(approver, "id");
        var known = reader.Ref(EntityKind.User, id) ?? reader.Ref(EntityKind.Group, id);
        return DetailJson.NullIfEmpty(DetailJson.Text(approver, "name"))
            ?? known?.Name ?? known?.UserPrincipalName ?? id ?? DetailJson.Text(approver, "type");
    }

    private IEnumerable<long> Find(EntitlementSelector selector)
    {
        if (selector.RequestId != null || selector.AssignmentId != null)
        {
            var byId = EntityIds.Numbers(reader.Mirror, EntityKind.Request, selector.RequestId ?? []).Values;
            return byId.Concat(EntityIds.Numbers(reader.Mirror, EntityKind.Assignment, selector.AssignmentId
                ?? []).Values.SelectMany(a => reader.Referring(a, EntityKind.Request)));
        }

        var ofUser = selector.User == null ? null
            : reader.Find(EntityKind.User, selector.User).SelectMany(u => reader.Referring(u, EntityKind.Request));
        var ofPackage = selector.AccessPackage == null ? null : reader.Find(EntityKind.AccessPackage, selector.AccessPackage)
            .SelectMany(p => reader.Referring(p, EntityKind.Request));
        return ofUser == null ? ofPackage ?? reader.All(EntityKind.Request) : ofPackage == null ? ofUser : ofUser.Intersect(ofPackage);
    }

    private List<RequestObject> Read(IReadOnlyCollection<long> requests)
    {
        reader.Prefetch(requests, withStates: true);
        var objects = new List<RequestObject>(requests.Count);
        foreach (var number in requests)
        {
            if (reader.Ref(number) is { } request && reader.StateOf(number) is { Current: not null } state
                && !IsLater(state.Ticks(FactNames.Created))) objects.Add(Read(request, state));
        }

        return objects;
    }

    private bool IsLater(long? ticks) => ticks > reader.AsOf;

    private RequestObject Read(EntityRef request, EntityState state)
    {
        var approval = reader.Ref(EntityKind.Approval, request.Id);
        var (word, finer) = (state.Text(FactNames.State), state.Text(FactNames.Status));
        // What became of it later was not known at the time asked for: it had been submitted.
        var isOpen = IsLater(state.Ticks(FactNames.Completed));
        if (isOpen) (word, finer) = ("submitted", null);
        return new RequestObject(request.Id)
        {
            Entities = approval == null ? [request.Number] : [request.Number, approval.Number],
            Type = state.Text(FactNames.RequestType) is { } type && Types.TryGetValue(type, out var known) ? known : null,
            Status = StatusOf(word, finer),
            Words = finer == null || (word != null && Utf8.Is(finer, word)) ? word : $"{word}, {finer}",
            ObservedTicks = state.LastSeen ?? 0,
            Created = Time(state, FactNames.Created),
            Completed = isOpen ? null : Time(state, FactNames.Completed),
            Justification = DetailJson.NullIfEmpty(state.Text(FactNames.Justification)),
            Answers = state.Json(FactNames.Answers) is { ValueKind: JsonValueKind.Array } answers
                ? [.. answers.EnumerateArray()
                    .Select(a => new AuditDetail { Key = DetailJson.Text(a, "key") ?? string.Empty, Value = DetailJson.Text(a, "value") })]
                : [],
            Approvals = approval == null ? [] : Steps(approval),
            Callouts = isOpen ? [] : Callouts(state),
            BypassesApproval = state.Flag(FactNames.BypassApproval),
            Subject = Person(state.Text(FactNames.Subject)),
            Requestor = Person(state.Text(FactNames.Requestor)),
            Package = Package(state.Text(FactNames.Package) ?? OfAssignment(state, FactNames.Package)),
            Policy = reader.Ref(EntityKind.Policy, state.Text(FactNames.Policy) ?? OfAssignment(state, FactNames.Policy))?.ToReference(),
            AssignmentId = state.Text(FactNames.Assignment),
            TenantId = reader.Term(request.Tenant),
        };
    }

    // Those of the request, and those of its assignment that the request does not contain; names stand in the policy.
    private List<ExtensionCallout> Callouts(EntityState request)
    {
        var assignment = reader.Ref(EntityKind.Assignment, request.Text(FactNames.Assignment));
        var callouts = request.Json(FactNames.Callouts).Items();
        if (assignment != null) callouts = callouts.Concat(reader.StateOrGone(assignment.Number).Json(FactNames.Callouts).Items());
        var all = callouts.DistinctBy(callout => callout.Text("id") ?? callout.GetRawText()).ToList();
        if (all.Count == 0) return [];
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (reader.Ref(EntityKind.Policy, request.Text(FactNames.Policy) ?? OfAssignment(request, FactNames.Policy)) is { } policy)
        {
            foreach (var extension in reader.StateOrGone(policy.Number).Json(FactNames.Extensions).Items())
            {
                if (extension.Text("id") is { } id && extension.Text("name") is { } name) names.TryAdd(id, name);
            }
        }

        return all.ConvertAll(callout => new ExtensionCallout(
            callout.Text("extension") is { } id ? names.GetValueOrDefault(id) ?? id : null, callout.Text("status"), callout.Text("detail"),
            callout.Text("run")));
    }

    // What only the assignment that a request is of contains.
    private string? OfAssignment(EntityState request, string fact) =>
        reader.Ref(EntityKind.Assignment, request.Text(FactNames.Assignment)) is { } assignment
            ? reader.StateOrGone(assignment.Number).Text(fact) : null;

    // Of an approval whose time ran out the state is the same as of one that was denied: only the finer status shows which.
    private static RequestStatus? StatusOf(string? word, string? finer)
    {
        if (word == null) return null;
        if (finer != null && Utf8.Is(finer, "ApprovalTimedOut")) return RequestStatus.TimedOut;
        return States.TryGetValue(word, out var status) ? status : null;
    }

    private List<ApprovalStep> Steps(EntityRef approval) =>
        reader.StateOf(approval.Number)?.Json(FactNames.Stages) is { ValueKind: JsonValueKind.Array } stages
            ? [.. stages.EnumerateArray().Select(Step).Where(step => !IsLater(step.Time?.UtcTicks))] : [];

    private static ApprovalStep Step(JsonElement stage, int index)
    {
        var reviewer = DetailJson.Find(stage, "reviewer");
        return new(index + 1, DecisionOf(DetailJson.Text(stage, "result"), DetailJson.Text(stage, "status")))
        {
            Time = StoredState.Ticks(DetailJson.Text(stage, "time")) is { } ticks ? UtcTime.Of(ticks) : null,
            Justification = DetailJson.NullIfEmpty(DetailJson.Text(stage, "justification")),
            Approver = reviewer.ValueKind != JsonValueKind.Object ? null : new EntitlementSubject
            {
                Id = DetailJson.Text(reviewer, "id"), DisplayName = DetailJson.Text(reviewer, "name"),
                UserPrincipalName = DetailJson.Text(reviewer, "upn"),
            },
        };
    }

    private static ApprovalDecision DecisionOf(string? result, string? status) => result switch
    {
        "Approve" => ApprovalDecision.Approved,
        "Deny" => ApprovalDecision.Denied,
        _ => status == "Expired" ? ApprovalDecision.TimedOut : ApprovalDecision.Pending,
    };

    private EntitlementSubject ToSubject(EntityRef person) =>
        new() { Id = person.Id.StartsWith(SubjectReader.OutsidePrefix, StringComparison.Ordinal) ? null : person.Id,
            DisplayName = person.Name, UserPrincipalName = person.UserPrincipalName,
            Type = reader.StateOrGone(person.Number).Text(FactNames.UserType) };

    private static DateTimeOffset? Time(EntityState state, string fact) => state.Ticks(fact) is { } ticks ? UtcTime.Of(ticks) : null;
}
