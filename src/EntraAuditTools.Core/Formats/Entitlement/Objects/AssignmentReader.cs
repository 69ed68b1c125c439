using EntraAuditTools.Core.Schema;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>Reads assignments of access packages: v1.0 and beta <c>accessPackageAssignment</c>.</summary>
internal static class AssignmentReader
{
    /// <summary>An assignment; null when it has no id.</summary>
    /// <param name="node">The object.</param>
    /// <param name="known">Id of its package, where the object around it gives it; null when not known.</param>
    public static EntityObservation? Read(in RecordNode node, string? known = null)
    {
        if (node.Id(P.Id) is not { } id) return null;
        var assignment = new EntityObservation(EntityKind.Assignment, id)
            .AddKnown(FactNames.State, EntitlementWords.AssignmentStates.Known(node.Text(P.State, P.AssignmentState)))
            .AddKnown(FactNames.Status, node.Text(P.Status, P.AssignmentStatus))
            .AddTime(FactNames.Expired, node.Ticks(P.ExpiredDateTime));
        AddSchedule(assignment, node);

        var package = assignment.Child(node, P.AccessPackage);
        var policy = assignment.Child(node, P.AssignmentPolicy, P.AccessPackageAssignmentPolicy);
        var packageId = package.Id(P.Id) ?? node.Id(P.AccessPackageId) ?? policy.Id(P.AccessPackageId) ?? known;
        assignment.AddLink(FactNames.Package, EntityKind.AccessPackage, packageId);
        assignment.AddLink(FactNames.Policy, EntityKind.Policy, policy.Id(P.Id) ?? node.Id(P.AssignmentPolicyId));
        var nested = package.Exists ? PackageReader.Package(package, node.Id(P.CatalogId)) : null;
        assignment.AddLink(FactNames.Catalog, EntityKind.Catalog, node.Id(P.CatalogId) ?? nested?.Link(FactNames.Catalog));
        assignment.AddNested(nested);
        if (policy.Exists) assignment.AddNested(PolicyReader.Read(policy, packageId));
        SubjectReader.Add(assignment, assignment.Child(node, P.Target), node.Id(P.TargetId));
        CalloutReader.Add(assignment, node);
        AddRequests(assignment, node);
        AddResourceRoles(assignment, node);
        return assignment;
    }

    /// <summary>Adds the start and the end of a <c>schedule</c>.</summary>
    public static void AddSchedule(EntityObservation entity, in RecordNode node)
    {
        var schedule = entity.Child(node, P.Schedule, P.ScheduleInfo);
        if (!schedule.Exists) return;
        entity.AddKnownTime(FactNames.Start, schedule.Ticks(P.StartDateTime));
        var expiration = entity.Child(schedule, P.Expiration);
        if (expiration.Exists) ExpirationFacts.Add(entity, expiration);
        if (!entity.Has(FactNames.ExpirationType))
            ExpirationFacts.AddOfSchedule(entity, schedule, entity.Child(entity.Child(schedule, P.Recurrence), P.Range));
    }

    private static void AddRequests(EntityObservation assignment, in RecordNode node)
    {
        if (!node.HasValue(P.AccessPackageAssignmentRequests)) return;
        foreach (var item in assignment.Items(node, P.AccessPackageAssignmentRequests) ?? [])
        {
            if (RequestReader.Read(item, assignment) is not { } request) continue;
            assignment.AddNested(request);
            // The request that led to it is the one to add; those to update or remove came later.
            if (EntitlementWords.RequestTypes.Known(item.Text(P.RequestType))?.EndsWith("Add", StringComparison.Ordinal) == true)
                assignment.AddLink(FactNames.Request, EntityKind.Request, request.Id);
        }
    }

    private static void AddResourceRoles(EntityObservation assignment, in RecordNode node)
    {
        if (!node.HasValue(P.AccessPackageAssignmentResourceRoles)) return;
        foreach (var item in assignment.Items(node, P.AccessPackageAssignmentResourceRoles) ?? [])
            assignment.AddNested(ResourceReader.Assignment(item, assignment.Id));
    }
}
