using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Questions.Asking;

/// <summary>What a command line selects: users, packages and ids that all have to match.</summary>
internal static class Selection
{
    /// <summary>Sets the selector that the fields of an input make; none where they say nothing.</summary>
    public static void Select(Question question, QuestionInput input)
    {
        IReadOnlyList<string>? Of(string part) =>
            question.Fields.Where(field => field.Selects == part).Select(field => input.Texts(field.Name))
                .FirstOrDefault(texts => texts != null);
        var selector = new EntitlementSelector
        {
            User = Of(nameof(EntitlementSelector.User)),
            AccessPackage = Of(nameof(EntitlementSelector.AccessPackage)),
            AssignmentId = Of(nameof(EntitlementSelector.AssignmentId)),
            RequestId = Of(nameof(EntitlementSelector.RequestId)),
        };
        if (selector is not { User: null, AccessPackage: null, AssignmentId: null, RequestId: null }) input.Selectors = [selector];
    }
}
