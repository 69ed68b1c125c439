using System.Text.Json;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>Reads assignment policies: v1.0 and beta <c>accessPackageAssignmentPolicy</c>, which differ most of all kinds.</summary>
internal static class PolicyReader
{
    /// <summary>A policy; null when it has no id.</summary>
    /// <param name="node">The object.</param>
    /// <param name="package">Id of the package that contains it; null when not known.</param>
    public static EntityObservation? Read(in RecordNode node, string? package)
    {
        if (node.Id(P.Id) is not { } id) return null;
        var policy = new EntityObservation(EntityKind.Policy, id).AddCommon(node);
        var parent = policy.Child(node, P.AccessPackage);
        var catalog = policy.Child(node, P.Catalog, P.AccessPackageCatalog);
        policy.AddLink(FactNames.Package, EntityKind.AccessPackage, parent.Id(P.Id) ?? node.Id(P.AccessPackageId) ?? package);
        policy.AddLink(FactNames.Catalog, EntityKind.Catalog, catalog.Id(P.Id) ?? node.Id(P.CatalogId));
        if (parent.Exists) policy.AddNested(PackageReader.Package(parent, catalog.Id(P.Id)));
        if (catalog.Exists) policy.AddNested(PackageReader.Catalog(catalog));

        AddRequestors(policy, node);
        AddApproval(policy, node);
        if (policy.Child(node, P.Expiration) is { Exists: true } pattern) ExpirationFacts.Add(policy, pattern);
        else ExpirationFacts.AddOfBetaPolicy(policy, node);
        AddAutomatic(policy, node);
        AddQuestions(policy, node);
        PolicySettings.Add(policy, node);
        return policy;
    }

    private static void AddRequestors(EntityObservation policy, in RecordNode node)
    {
        var settings = policy.Child(node, P.RequestorSettings);
        policy.AddKnown(FactNames.Scope, EntitlementWords.Scope(node.Text(P.AllowedTargetScope) ?? settings.Text(P.ScopeType)));
        policy.AddBool(FactNames.AcceptsRequests, settings.Bool(P.EnableTargetsToSelfAddAccess) ?? settings.Bool(P.AcceptRequests));
        if (SubjectSet.Of(policy.Items(node, P.SpecificAllowedTargets) ?? policy.Items(settings, P.AllowedRequestors)) is { } targets)
            policy.AddObjects(FactNames.Targets, targets, SubjectSet.Write);
    }

    private static void AddApproval(EntityObservation policy, in RecordNode node)
    {
        var settings = policy.Child(node, P.RequestApprovalSettings);
        policy.AddBool(FactNames.ApprovalRequired, settings.Bool(P.IsApprovalRequiredForAdd) ?? settings.Bool(P.IsApprovalRequired));
        if (policy.Items(settings, P.Stages, P.ApprovalStages) is not { } items) return;
        var stages = items.ConvertAll(stage => (
            Approvers: SubjectSet.Of(policy.Items(stage, P.PrimaryApprovers), policy.Items(stage, P.FallbackPrimaryApprovers)),
            Escalation: SubjectSet.Of(policy.Items(stage, P.EscalationApprovers), policy.Items(stage, P.FallbackEscalationApprovers)),
            IsDynamic: stage.Text(P.ODataType) is { } type
            && Utf8.Is(ODataTypes.Plain(type) ?? string.Empty, "accessPackageDynamicApprovalStage"),
            Days: stage.Number(P.ApprovalStageTimeOutInDays)
            ?? EntitlementWords.Days(ExpirationFacts.Duration(stage.Get(P.DurationBeforeAutomaticDenial)))));
        policy.AddObjects(FactNames.ApprovalStages, stages, static (json, stage) =>
        {
            json.WritePropertyName("approvers");
            EntitlementFacts.WriteObjects(json, stage.Approvers ?? [], SubjectSet.Write);
            json.WritePropertyName("escalationApprovers");
            EntitlementFacts.WriteObjects(json, stage.Escalation ?? [], SubjectSet.Write);
            // Graph, accessPackageDynamicApprovalStage: a custom extension says who approves.
            if (stage.IsDynamic) json.WriteBoolean("isDynamic", true);
            if (stage.Days is { } days) json.WriteNumber("days", days);
        });
    }

    /// <summary>
    /// v1.0 writes null (the SDK an object of nulls) for a policy that does not assign by a rule; beta may lack the property.
    /// </summary>
    private static void AddAutomatic(EntityObservation policy, in RecordNode node)
    {
        if (!node.Has(P.AutomaticRequestSettings)) return;
        var settings = policy.Child(node, P.AutomaticRequestSettings);
        if (settings.Exists || !node.HasValue(P.AutomaticRequestSettings))
            policy.Add(FactNames.IsAutomatic, settings.Bool(P.RequestAccessForAllowedTargets) ?? false);
        policy.AddBool(FactNames.RemovesOnLeaving, settings.Bool(P.RemoveAccessWhenTargetLeavesAllowedTargets));
        policy.AddKnown(FactNames.GracePeriod, ExpirationFacts.Duration(settings.Get(P.GracePeriodBeforeAccessRemoval)));
    }

    private static void AddQuestions(EntityObservation policy, in RecordNode node)
    {
        if (policy.Items(node, P.Questions) is not { } items) return;
        var questions = items.ConvertAll(q => (Id: q.Id(P.Id), Text: TextOf(q), IsRequired: q.Bool(P.IsRequired)));
        policy.AddObjects(FactNames.Questions, questions, static (json, question) =>
        {
            if (question.Id != null) json.WriteString("id", question.Id);
            if (question.Text != null) json.WriteString("text", question.Text);
            if (question.IsRequired is { } isRequired) json.WriteBoolean("isRequired", isRequired);
        });
    }

    /// <summary>A question's text: v1.0 has it as such, beta as <c>{"defaultText": …}</c>.</summary>
    public static string? TextOf(in RecordNode question) =>
        question.Get(P.Text) is { ValueKind: JsonValueKind.Object } localized
            ? RecordNode.Of(localized).Text(P.DefaultText) : question.Text(P.Text);
}
