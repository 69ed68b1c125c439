using EntraAuditTools.Core.Questions.Activities;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Entitlement;
using EntraAuditTools.Core.Questions.Mirrors;
using EntraAuditTools.Core.Questions.Provisioning;

namespace EntraAuditTools.Core.Questions;

/// <summary>Every question that can be asked, in the order of the program's help.</summary>
internal static class AllQuestions
{
    /// <summary>The questions.</summary>
    public static readonly IReadOnlyList<Question> List =
    [
        ActivityQuestion.Instance,
        MeasureQuestion.Instance,
        CompareActivityQuestion.Instance,
        TypesQuestion.Instance,
        ProvisioningQuestion.Instance,
        TrailQuestion.Instance,
        SummaryQuestion.Instance,
        PackagesQuestion.Instance,
        AssignmentsQuestion.Instance,
        CompareQuestion.Instance,
        ResourcesQuestion.Instance,
        RequestsQuestion.Instance,
        PackageActivityQuestion.Instance,
        AppRolesQuestion.Instance,
        ConflictsQuestion.Instance,
        OrganizationsQuestion.Instance,
        CoverageQuestion.Instance,
        ImportsQuestion.Instance,
        MirrorQuestion.Instance,
    ];
}
