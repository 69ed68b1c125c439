using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>
/// Tables that this module's cmdlets wrote through Export-Csv. Entries of a log are records still. Assignments, requests, packages and the
/// like are conclusions from what was imported: taken in as exports they would become evidence for themselves.
/// </summary>
internal static class OwnAnswers
{
    private static readonly string[] Marks =
    [
        "ObservedAtAssumed", "EndKnown", "WaitingFor", "CanRequest", "ViaEntitlement", "DetailsJson", "Grants", "Decisions",
        "FailingIdentities", "ReferenceState", "DifferenceState", "Attributes",
    ];

    // Other columns than the portal's words for the same.
    private static readonly Dictionary<string, string> OfProvisioning = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TimeUtc"] = "activityDateTime", ["SourceId"] = "sourceIdentity.id", ["TargetId"] = "targetIdentity.id",
            ["Identity"] = "sourceIdentity.displayName", ["IdentityType"] = "sourceIdentity.identityType",
        ["ErrorDetails"] = "additionalDetails",
    };

    private static readonly HashSet<string> LeftOut = new(StringComparer.OrdinalIgnoreCase)
    {
        "Time", "SourceIdentity", "TargetIdentity", "Steps", "ModifiedProperties", "Evidence", "IsOnDemand", "Duration",
    };

    /// <summary>Whether columns are those of such conclusions.</summary>
    public static bool Are(IReadOnlyList<string> names)
    {
        bool Has(string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
        return Has("Evidence") && Array.Exists(Marks, Has);
    }

    /// <summary>
    /// What columns of Get-ProvisioningLog's objects are; null when they are others'. Steps and changes are sentences there, and left out.
    /// </summary>
    public static CsvLayout? ProvisioningLog(string[] names)
    {
        bool Has(string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (!Has("TimeUtc") || !Has("Evidence") || !Has("Steps") || !Has("ChangeId")) return null;
        const RecordShape Shape = RecordShape.PortalProvisioningRow;
        string Kept(string name) =>
            LeftOut.Contains(name)
                ? string.Empty : OfProvisioning.GetValueOrDefault(name) ?? ProvisioningColumns.Canonical(Shape, name) ?? string.Empty;
        return CsvLayout.Of(Shape, Recognized.Of(Shape), [.. names.Select(Kept)], []);
    }
}
