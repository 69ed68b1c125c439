using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Recognition;

/// <summary>
/// What an object is meant as, when it lacks something that every record of its kind has or says something else of itself: such a record
/// is rejected with its reason and kept, not left out as of a kind that is not taken in.
/// </summary>
internal static class RecordLooks
{
    private static readonly string[] AuditPages = ["directoryAudits", "customSecurityAttributeAudits"];

    /// <summary>Whether an object has the properties of a directoryAudit, though not all of them, or is on a page of such.</summary>
    public static bool IsAudit(Func<string, bool> has, string? context) =>
        (has("targetResources") && (has("initiatedBy") || has("activityDisplayName") || has("activityDateTime") || has("loggedByService")))
        || (has("activityDisplayName") && (has("activityDateTime") || has("initiatedBy") || has("loggedByService")))
        || (has("initiatedBy") && has("loggedByService"))
        || (RecordRecognizer.LabelOfContext(context) is { } page && Array.Exists(AuditPages, name => Utf8.Is(name, page)));

    /// <summary>Whether an object has the properties of a provisioningObjectSummary.</summary>
    public static bool IsProvisioning(Func<string, bool> has) =>
        has("provisioningSteps") || has("provisioningAction") || has("provisioningStatusInfo") || (has("changeId") && has("jobId"));

    /// <summary>Whether an object is the AuditData of a unified record of the directory that lacks its time or its operation.</summary>
    public static bool IsUnified(Func<string, bool> has) =>
        (has("Operation") && (has("Workload") || has("RecordType")) && (has("UserId") || has("UserKey") || has("Actor")))
        || (has("AzureActiveDirectoryEventType") && has("CreationTime"));

    /// <summary>
    /// What the properties of an Azure Monitor envelope hold, whatever its category says; null for no kind of log that is taken in.
    /// </summary>
    public static RecordShape? InEnvelope(JsonElement envelope)
    {
        try
        {
            var (owner, properties) = DiagnosticAuditRecord.PropertiesOf(envelope);
            using (owner)
            {
                if (properties.ValueKind != JsonValueKind.Object) return null;
                var names = new HashSet<string>(properties.EnumerateObject().Select(p => p.Name), StringComparer.OrdinalIgnoreCase);
                if (IsProvisioning(names.Contains)) return RecordShape.DiagnosticProvisioning;
                return IsAudit(names.Contains, null) ? RecordShape.DiagnosticAudit : null;
            }
        }
        catch (RecordException)
        {
            return null; // Text that is not JSON: the category alone decides.
        }
    }
}
