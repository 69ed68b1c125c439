using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Own;

/// <summary>
/// Recognises what this tool itself wrote as JSON: the program's <c>--json</c>, and objects of the module through ConvertTo-Json. Events
/// are read back, and meet the record that they were made of by its id; answers of questions are no records, and are left out by their
/// name.
/// </summary>
internal static class OwnObjects
{
    /// <summary>Answers, each by two properties that nothing else has together.</summary>
    private static readonly (string One, string Other, string Cmdlet)[] Answers =
    [
        ("AssignmentId", "EndKnown", "Get-AccessPackageAssignment"),
        ("ResourceRolesKnown", "PoliciesKnown", "Get-AccessPackage"),
        ("RequestId", "TimeToDecision", "Get-AccessPackageRequest"),
        ("ConnectedOrganizationId", "ObservedAtAssumed", "Get-ConnectedOrganization"),
        ("SuccessRate", "SynchronizedByType", "Get-ProvisioningSummary"),
        ("ObservedAtAssumed", "TenantId", "Get-…"),
    ];

    /// <summary>What an object of ours is; null for any other.</summary>
    /// <param name="has">Whether it has a property.</param>
    /// <param name="isUnified">Whether its origin is the unified audit log.</param>
    public static Recognized? Recognize(Func<string, bool> has, Func<bool> isUnified)
    {
        if (has("Time") && has("Activity") && has("Origin") && has("InitiatedBy"))
            return Recognized.Of(isUnified() ? RecordShape.OwnUnifiedActivity : RecordShape.OwnActivity);
        if (has("Time") && has("Action") && has("Steps") && has("SourceIdentity") && has("SourceSystem"))
            return Recognized.Of(RecordShape.OwnProvisioning);
        foreach (var (one, other, cmdlet) in Answers)
        {
            if (has(one) && has(other)) return new(RecordKind.NotSupported, RecordShape.Unknown, $"answer of this module ({cmdlet})");
        }

        // Other objects are made from evidence: import that.
        return has("Evidence") && (has("TimeUtc") || has("TenantId")) && !has("activityDateTime")
            ? new(RecordKind.NotSupported, RecordShape.Unknown, "answer of this module") : null;
    }
}
