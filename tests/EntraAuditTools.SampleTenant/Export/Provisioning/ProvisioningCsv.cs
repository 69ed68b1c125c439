namespace EntraAuditTools.SampleTenant;

/// <summary>
/// The three files of the portal's CSV download, joined by the change id. No public source shows their headers: these are a guess
/// after the portal's column names.
/// </summary>
internal static class ProvisioningCsv
{
    private static readonly string[] Columns =
    [
        "ID", "Date (UTC)", "Tenant ID", "Job ID", "Cycle ID", "Change ID", "Action", "Status", "Duration (ms)", "Initiated by type",
        "Initiated by ID", "Initiated by name",
        "Service principal ID", "Service principal name", "Source system ID", "Source system name", "Target system ID",
            "Target system name",
        "Source identity ID", "Source identity name", "Source identity type", "Target identity ID", "Target identity name",
            "Target identity type",
        "Error code", "Error category", "Reason", "Recommended action", "Additional details",
    ];

    public static void WriteEntries(Stream stream, Tenant tenant, IEnumerable<ProvisioningEntry> entries, bool withId)
    {
        using var csv = new CsvOutput(stream, byteOrderMark: true, quoteAll: false);
        csv.Row(withId ? Columns : Columns[1..]);
        foreach (var entry in entries)
        {
            bool inbound = entry.Job.Kind == ProvisioningTargetKind.Workday;
            string appId = entry.Job.Application.AppId;
            string?[] cells =
            [
                entry.Id, Iso8601.Text(entry.Ticks, "Z"), tenant.Id, entry.Job.JobId, entry.CycleId, entry.ChangeId,
                ProvisioningJson.Capital(entry.Action), ProvisioningJson.Capital(entry.Status),
                entry.DurationMilliseconds is { } duration ? EventParts.Number(duration) : null,
                ProvisioningJson.Capital(entry.InitiatedBy.Type), entry.InitiatedBy.Id, entry.InitiatedBy.DisplayName,
                entry.Job.Application.ServicePrincipalId, entry.Job.Application.DisplayName, inbound ? appId : tenant.Id,
                entry.Job.SourceSystem, inbound ? tenant.Id : appId, entry.Job.TargetSystem,
                entry.Source?.Id, entry.Source?.DisplayName, entry.Source?.Type, entry.Target?.Id, entry.Target?.DisplayName,
                    entry.Target?.Type,
                entry.Error?.Code, entry.Error?.Category, entry.Error?.Reason, entry.Error?.RecommendedAction,
                    entry.Error?.AdditionalDetails,
            ];
            csv.Row(withId ? cells : cells[1..]);
        }
    }

    public static void WriteSteps(Stream stream, IEnumerable<ProvisioningEntry> entries)
    {
        using var csv = new CsvOutput(stream, byteOrderMark: true, quoteAll: false);
        using var text = new JsonText();
        csv.Row(["Change ID", "Step name", "Step type", "Status", "Description", "Details"]);
        foreach (var entry in entries)
        {
            foreach (var step in entry.Steps ?? [])
                csv.Row([entry.ChangeId, step.Name, ProvisioningJson.Capital(step.Type), ProvisioningJson.Capital(step.Status),
                    step.Description, text.Text(json => ProvisioningJson.WriteDetails(json, step.Details))]);
        }
    }

    public static void WriteProperties(Stream stream, IEnumerable<ProvisioningEntry> entries)
    {
        using var csv = new CsvOutput(stream, byteOrderMark: true, quoteAll: false);
        csv.Row(["Change ID", "Property name", "Old value", "New value"]);
        foreach (var entry in entries)
        {
            foreach (var change in entry.Changes)
                csv.Row([entry.ChangeId, change.Name, change.OldValue, change.NewValue]);
        }
    }
}
