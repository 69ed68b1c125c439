using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>Entries of the provisioning log (Graph: provisioningObjectSummary).</summary>
public static class ProvisioningLogEntryView
{
    internal static void Declare(RecordViews<ProvisioningLogEntry> record)
    {
        record.Alias("ActivityDateTime", it => it.Time);
        record.Alias("ProvisioningAction", it => it.Action);
        record.Alias("ProvisioningSteps", it => it.Steps);
        record.Code("DurationInMilliseconds", DurationInMilliseconds);
        record.Code("ProvisioningStatusInfo", ProvisioningStatusInfo);
        record.Code("ServicePrincipal", ServicePrincipal);
        record.Code("Original", Original);
        record.Serialized(depth: 3);

        record.Table("ProvisioningLog")
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Identity", Identity)
            .Column("Action", 9, ProvisioningCells.Action)
            .Column("Source", Source)
            .Column("Target", Target)
            .Column("Status", 8, ProvisioningCells.Status);

        // Format-Table -View Step: the steps of an entry
        record.Table("Step", wrap: true)
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Identity", 16, Identity)
            .Column("Status", 8, ProvisioningCells.Status)
            .Column("Steps", StepLines);

        // Format-Table -View ModifiedProperty: old and new values
        record.Table("ModifiedProperty", wrap: true)
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Identity", 16, Identity)
            .Column("Action", 9, ProvisioningCells.Action)
            .Column("ModifiedProperties (old → new)", Changes);

        // Format-Table -View Troubleshooting: why it failed, and what to do
        record.Table("Troubleshooting", wrap: true)
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Identity", 16, Identity)
            .Column("Status", 8, ProvisioningCells.Status)
            .Column("Troubleshooting", Troubleshooting);

        // The portal's drawer
        record.List("Drawer")
            .Item("Time (UTC)", it => it.Time, ShownAs.Exact)
            .Item("Status", ProvisioningCells.Status)
            .Item("Action", ProvisioningCells.Action)
            .Item("Identity", Identity)
            .Item("IdentityType", it => it.IdentityType)
            .Item("Application", Application)
            .Item("Steps", Steps)
            .ItemIfAny("Troubleshooting", Troubleshooting)
            .Item("ModifiedProperties", Changes)
            .Item("Summary", Summary)
            .Item("Id", it => it.Id)
            .Item("Evidence", SharedCells.Evidence);
    }

    /// <summary>The original record.</summary>
    public static object? Original(PSObject instance) => (instance?.BaseObject as ProvisioningLogEntry)?.GetOriginal();

    /// <summary>The Graph SDK's DurationInMilliseconds; null when the export does not say.</summary>
    public static object? DurationInMilliseconds(PSObject instance) =>
        Cell.Value(instance, "Duration") is TimeSpan span ? (long)span.TotalMilliseconds : null;

    /// <summary>The Graph SDK's ProvisioningStatusInfo: status, and error information where there was an error.</summary>
    public static object ProvisioningStatusInfo(PSObject instance)
    {
        var info = Note(("Status", Cell.Value(instance, "Status")));
        string[] parts = ["ErrorCode", "ErrorCategory", "Reason", "RecommendedAction"];
        var known = parts.Any(part => Cell.Value(instance, part) is not null);
        info.Properties.Add(new PSNoteProperty("ErrorInformation", known
            ? Note([.. parts.Select(part => (part, Cell.Value(instance, part))),
                    ("AdditionalDetails", Cell.Value(instance, "ErrorDetails"))])
            : null));
        return info;
    }

    /// <summary>The Graph SDK's ServicePrincipal: id and display name of the application.</summary>
    public static object ServicePrincipal(PSObject instance) =>
        Note(("Id", Cell.Value(instance, "ApplicationId")), ("DisplayName", Cell.Value(instance, "Application")));

    /// <summary>The object that it is about.</summary>
    public static object Identity(PSObject instance) =>
        instance.BaseObject is ProvisioningLogEntry entry ? Cell.Line(entry.Identity) : Cell.Line(instance, "Identity");

    /// <summary>The system that is read.</summary>
    public static object Source(PSObject instance) => Cell.Line(instance, "SourceSystem");

    /// <summary>The system that is written.</summary>
    public static object Target(PSObject instance) => Cell.Line(instance, "TargetSystem");

    /// <summary>The application and its id.</summary>
    public static object Application(PSObject instance)
    {
        var (name, id) = (Cell.Line(instance, "Application"), Cell.Line(instance, "ApplicationId"));
        return id.Length == 0 || id == name ? name : $"{name} ({id})";
    }

    /// <summary>The steps, a line each, without their details.</summary>
    public static object StepLines(PSObject instance) => ProvisioningText.Steps(instance, details: false);

    /// <summary>The steps in order with status, description and details.</summary>
    public static object Steps(PSObject instance) => ProvisioningText.Steps(instance, details: true);

    /// <summary>Modified properties, a line each.</summary>
    public static object Changes(PSObject instance) =>
        string.Join('\n', Cell.Items(instance, "ModifiedProperties").Select(ProvisioningText.Change));

    /// <summary>Error, reason and advice; why it was skipped. Empty when all went well.</summary>
    public static object Troubleshooting(PSObject instance) => ProvisioningText.Troubleshooting(instance);

    /// <summary>Both identities with their ids, and the ids of cycle, job and change.</summary>
    public static object Summary(PSObject instance) => ProvisioningText.Summary(instance);

    private static PSObject Note(params (string Name, object? Value)[] properties)
    {
        var note = new PSObject();
        foreach (var (name, value) in properties) note.Properties.Add(new PSNoteProperty(name, value));
        return note;
    }
}
