using System.Text;
using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// What <c>Get-MgAuditLogProvisioning | ConvertTo-Json -Depth 10</c> writes: Pascal case, and whatever stood in details under
/// AdditionalProperties.
/// </summary>
internal static class ProvisioningSdk
{
    public static void Write(Stream stream, Tenant tenant, IEnumerable<ProvisioningEntry> entries, bool windowsPowerShell)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);
        using var text = new JsonText(indented: true);
        writer.Write("[");
        bool first = true;
        foreach (var entry in entries)
        {
            writer.Write(first ? "\r\n  " : ",\r\n  ");
            first = false;
            writer.Write(SdkJson.Lines(text.Text(json => WriteObject(json, tenant, entry, windowsPowerShell)), windowsPowerShell));
        }

        writer.Write("\r\n]\r\n");
    }

    private static void WriteObject(Utf8JsonWriter json, Tenant tenant, ProvisioningEntry entry, bool windowsPowerShell)
    {
        json.WriteStartObject();
        SdkJson.WriteTime(json, "ActivityDateTime", entry.Ticks, windowsPowerShell);
        json.WriteString("ChangeId", entry.ChangeId);
        json.WriteString("CycleId", entry.CycleId);
        if (entry.DurationMilliseconds is { } duration)
            json.WriteNumber("DurationInMilliseconds", duration);
        else
            json.WriteNull("DurationInMilliseconds");
        json.WriteString("Id", entry.Id);
        json.WriteStartObject("InitiatedBy");
        json.WriteString("DisplayName", entry.InitiatedBy.DisplayName);
        json.WriteString("Id", entry.InitiatedBy.Id);
        json.WriteString("InitiatorType", entry.InitiatedBy.Type);
        NothingMore(json);
        json.WriteString("JobId", entry.Job.JobId);
        json.WriteStartArray("ModifiedProperties");
        foreach (var change in entry.Changes)
        {
            json.WriteStartObject();
            json.WriteString("DisplayName", change.Name);
            json.WriteString("NewValue", change.NewValue);
            json.WriteString("OldValue", change.OldValue);
            NothingMore(json);
        }

        json.WriteEndArray();
        json.WriteString("ProvisioningAction", entry.Action);
        json.WriteStartObject("ProvisioningStatusInfo");
        // The SDK makes an object of an error that is not there.
        json.WriteStartObject("ErrorInformation");
        json.WriteString("AdditionalDetails", entry.Error?.AdditionalDetails);
        json.WriteString("ErrorCategory", entry.Error?.Category);
        json.WriteString("ErrorCode", entry.Error?.Code);
        json.WriteString("Reason", entry.Error?.Reason);
        json.WriteString("RecommendedAction", entry.Error?.RecommendedAction);
        NothingMore(json);
        json.WriteString("Status", entry.Status);
        NothingMore(json);
        if (entry.Steps is null)
        {
            json.WriteNull("ProvisioningSteps");
        }
        else
        {
            json.WriteStartArray("ProvisioningSteps");
            foreach (var step in entry.Steps)
            {
                json.WriteStartObject();
                json.WriteString("Description", step.Description);
                WriteDetails(json, step.Details);
                json.WriteString("Name", step.Name);
                json.WriteString("ProvisioningStepType", step.Type);
                json.WriteString("Status", step.Status);
                NothingMore(json);
            }

            json.WriteEndArray();
        }

        var application = entry.Job.Application;
        bool inbound = entry.Job.Kind == ProvisioningTargetKind.Workday;
        EventDetail[] ofApplication =
            [new("ApplicationId", application.AppId), new("ServicePrincipalId", application.ServicePrincipalId),
                new("ServicePrincipalDisplayName", application.DisplayName)];
        json.WriteStartObject("ServicePrincipal");
        json.WriteString("DisplayName", application.DisplayName);
        json.WriteString("Id", application.ServicePrincipalId);
        NothingMore(json);
        WriteThing(json, "SourceIdentity", entry.Source?.Id, entry.Source?.DisplayName, entry.Source?.Details ?? [],
            ("IdentityType", entry.Source?.Type));
        WriteThing(json, "SourceSystem", inbound ? application.AppId : tenant.Id, entry.Job.SourceSystem, inbound ? ofApplication : []);
        WriteThing(json, "TargetIdentity", entry.Target?.Id, entry.Target?.DisplayName, entry.Target?.Details ?? [],
            ("IdentityType", entry.Target?.Type));
        WriteThing(json, "TargetSystem", inbound ? tenant.Id : application.AppId, entry.Job.TargetSystem, inbound ? [] : ofApplication);
        json.WriteString("TenantId", tenant.Id);
        NothingMore(json);
    }

    private static void WriteThing(Utf8JsonWriter json, string property, string? id, string? name, IReadOnlyList<EventDetail> details,
        params (string Name, string? Value)[] more)
    {
        json.WriteStartObject(property);
        WriteDetails(json, details);
        json.WriteString("DisplayName", name);
        json.WriteString("Id", id);
        foreach (var (moreName, value) in more)
            json.WriteString(moreName, value);
        NothingMore(json);
    }

    private static void WriteDetails(Utf8JsonWriter json, IReadOnlyList<EventDetail> details)
    {
        json.WriteStartObject("Details");
        json.WritePropertyName("AdditionalProperties");
        ProvisioningJson.WriteDetails(json, details);
        json.WriteEndObject();
    }

    // Ends an object.
    private static void NothingMore(Utf8JsonWriter json)
    {
        json.WriteStartObject("AdditionalProperties");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
