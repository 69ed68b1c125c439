using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>What the audit log contains about an identity's provisioning, pass by pass.</summary>
public static class ProvisioningEventView
{
    internal static void Declare(RecordViews<ProvisioningEvent> record)
    {
        record.Alias("ActivityDateTime", it => it.Time);
        record.Alias("ActivityDisplayName", it => it.Activity);
        record.Serialized(depth: 3);

        // A trail, pass by pass
        record.Table("ProvisioningEvent", wrap: true)
            .GroupedBy(Pass, PassHeading)
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Activity", 16, SharedCells.Activity)
            .Column("Status", 8, ProvisioningCells.Status)
            .Column("StatusReason", What);

        // Format-Table -View Attribute: the values that were retrieved, evaluated or written
        record.Table("Attribute", wrap: true)
            .GroupedBy(Pass, PassHeading)
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Activity", 16, SharedCells.Activity)
            .Column("Status", 8, ProvisioningCells.Status)
            .Column("Attributes (retrieved, evaluated or written)", Attributes);

        // Format-Table -View StatusReason: the columns that the portal's documentation recommends for provisioning events
        record.Table("StatusReason", wrap: true)
            .Column("Date (UTC)", 16, it => it.Time, ShownAs.Minute)
            .Column("Target(s)", TargetLines)
            .Column("Activity", 15, SharedCells.Activity)
            .Column("Status", 7, ProvisioningCells.Status)
            .Column("Status Reason", What);

        record.List("EventDetail")
            .Item("Time (UTC)", it => it.Time, ShownAs.Exact)
            .Item("Activity", SharedCells.Activity)
            .Item("Status", ProvisioningCells.Status)
            .Item("StatusReason", SharedCells.StatusReason)
            .ItemIfAny("ErrorCode", it => it.ErrorCode)
            .Item("EventName", it => it.EventName)
            .Item("Targets", Targets)
            .Item("Attributes", Attributes)
            .ItemIfAny("Incomplete", Incomplete)
            .Item("Pass", it => it.Pass)
            .Item("Source", it => it.Source)
            .Item("TenantId", it => it.TenantId)
            .Item("RecordId", it => it.RecordId);
    }

    private static void PassHeading(FreeText heading) =>
        heading.Indented(3, line => line.Show(Trail).Text(" · pass ").Show(Pass).NewLine());

    /// <summary>Whose trail it is: identity and application.</summary>
    public static object Trail(PSObject instance)
    {
        var (identity, application) = (Cell.Line(instance, "Identity"), Cell.Line(instance, "Application"));
        if (identity.Length == 0) identity = "(unnamed)";
        return application.Length == 0 ? identity : $"{identity} · {application}";
    }

    /// <summary>What an event's pass is grouped by: events without a pass are groups of their own.</summary>
    public static object Pass(PSObject instance) =>
        Cell.Line(instance, "Pass") is { Length: > 0 } pass ? pass : Cell.Line(instance, "RecordId");

    /// <summary>What happened; the error's code; and, on the last event of a pass, where the trail is incomplete.</summary>
    public static object What(PSObject instance)
    {
        var (reason, code, name, note) =
            (Cell.Line(instance, "StatusReason"), Cell.Line(instance, "ErrorCode"),
                Cell.Line(instance, "EventName"), Cell.Line(instance, "Note"));
        if (reason.Length == 0) reason = name;
        if (code.Length > 0 && !reason.Contains(code, StringComparison.OrdinalIgnoreCase))
            reason = reason.Length == 0 ? code : $"{code}: {reason}";
        return note.Length == 0 ? reason : $"{reason}\n{Palette.Warning("Incomplete: " + note)}".TrimStart('\n');
    }

    /// <summary>Where the trail is incomplete.</summary>
    public static object Incomplete(PSObject instance) =>
        Cell.Line(instance, "Note") is { Length: > 0 } note ? Palette.Warning(note) : string.Empty;

    /// <summary>The portal's column Target(s).</summary>
    public static object Targets(PSObject instance) =>
        string.Join(", ", Cell.Items(instance, "Targets").Select(target => Cell.Line(target)));

    /// <summary>The application, and below it the object's id.</summary>
    public static object TargetLines(PSObject instance) =>
        string.Join('\n', Cell.Items(instance, "Targets").Select(target => Cell.Line(target)));

    /// <summary>Attributes that were retrieved, evaluated or written, a line each.</summary>
    public static object Attributes(PSObject instance) =>
        string.Join('\n', Cell.Items(instance, "Attributes").Select(ProvisioningText.Attribute));
}
