using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>Reads requests: v1.0 and beta <c>accessPackageAssignmentRequest</c>.</summary>
internal static class RequestReader
{
    /// <summary>A request; null when it has no id.</summary>
    /// <param name="node">The object.</param>
    /// <param name="parent">The assignment that contains it; null when it is a record of its own.</param>
    public static EntityObservation? Read(in RecordNode node, EntityObservation? parent = null)
    {
        if (node.Id(P.Id) is not { } id) return null;
        var request = new EntityObservation(EntityKind.Request, id)
            .AddKnown(FactNames.RequestType, EntitlementWords.RequestTypes.Known(node.Text(P.RequestType)))
            .AddKnown(FactNames.State, EntitlementWords.RequestStates.Known(node.Text(P.State, P.RequestState)))
            .AddKnown(FactNames.Status, node.Text(P.Status, P.RequestStatus))
            .AddKnownTime(FactNames.Created, node.Ticks(P.CreatedDateTime))
            .AddTime(FactNames.Completed, node.Ticks(P.CompletedDateTime) ?? node.Ticks(P.CompletedDate))
            .AddText(FactNames.Justification, node, P.Justification);
        request.AddBool(FactNames.BypassApproval, request.Child(node, P.Parameters).Bool(P.BypassApproval));
        CalloutReader.Add(request, node);
        AssignmentReader.AddSchedule(request, node);
        AddAnswers(request, node);

        var assignment = request.Child(node, P.Assignment, P.AccessPackageAssignment);
        var package = request.Child(node, P.AccessPackage);
        var nested = assignment.Exists ? AssignmentReader.Read(assignment, package.Id(P.Id)) : null;
        // An assignment that is still to be made has ids of package and policy, and none of its own.
        var packageId = package.Id(P.Id) ?? nested?.Link(FactNames.Package) ?? assignment.Id(P.AccessPackageId)
            ?? request.Child(assignment, P.AccessPackage).Id(P.Id) ?? parent?.Link(FactNames.Package);
        var policyId = nested?.Link(FactNames.Policy) ?? assignment.Id(P.AssignmentPolicyId)
            ?? request.Child(assignment, P.AssignmentPolicy, P.AccessPackageAssignmentPolicy).Id(P.Id) ?? parent?.Link(FactNames.Policy);
        request.AddLink(FactNames.Package, EntityKind.AccessPackage, packageId);
        request.AddLink(FactNames.Policy, EntityKind.Policy, policyId);
        request.AddLink(FactNames.Assignment, EntityKind.Assignment, nested?.Id ?? parent?.Id);
        if (package.Exists) request.AddNested(PackageReader.Package(package));
        request.AddNested(nested);
        AddPeople(request, node, assignment);
        return request;
    }

    /// <summary>
    /// The requestor is the one who asked or, for a direct assignment, was assigned (documentation of the property). Where the assignment
    /// is for another person (requests on behalf), that person is the subject.
    /// </summary>
    private static void AddPeople(EntityObservation request, in RecordNode node, in RecordNode assignment)
    {
        var requestor = request.Child(node, P.Requestor);
        var target = request.Child(assignment, P.Target);
        if (SubjectReader.Id(target) is { } targetId && SubjectReader.Id(requestor) is { } requestorId && targetId != requestorId)
        {
            SubjectReader.Add(request, target, null);
            request.AddLink(FactNames.Requestor, EntityKind.User, requestorId);
            request.AddNested(SubjectReader.Read(requestor));
            return;
        }

        // accessPackageAssignmentRequest: onBehalfAdd is requested for another person; without the target that person is not named.
        if (SubjectReader.Id(target) == null && SubjectReader.Id(requestor) is { } asker && node.Text(P.RequestType) is { } type
            && Utf8.Is(type, "onBehalfAdd"))
        {
            request.AddLink(FactNames.Requestor, EntityKind.User, asker);
            request.AddNested(SubjectReader.Read(requestor));
            return;
        }

        SubjectReader.Add(request, requestor.Id(P.Id) != null || requestor.Id(P.ObjectId) != null ? requestor : target, null);
    }

    private static void AddAnswers(EntityObservation request, in RecordNode node)
    {
        if (request.Items(node, P.Answers) is not { } items) return;
        var answers = items.ConvertAll(answer =>
        {
            var question = request.Child(answer, P.AnsweredQuestion);
            return (Key: PolicyReader.TextOf(question) ?? question.Id(P.Id), Value: answer.Text(P.DisplayValue, P.Value));
        });
        request.AddObjects(FactNames.Answers, answers, static (json, answer) =>
        {
            json.WriteString("key", answer.Key);
            json.WriteString("value", answer.Value);
        });
    }
}
