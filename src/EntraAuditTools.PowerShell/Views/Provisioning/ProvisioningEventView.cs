using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>ProvisioningEvent</summary>
public static class ProvisioningEventView
{
    internal static void Declare(RecordViews<ProvisioningEvent> record)
    {
        record.Alias("ActivityDateTime", it => it.Time);
        record.Alias("ActivityDisplayName", it => it.Activity);
        record.Serialized(depth: 3);

        // A trail, pass by pass
        record.Table("ProvisioningEvent", wrap: true)
            .GroupedBy(ProvisioningView.Pass, heading => heading.Indented(3, line => line
                        .Show(ProvisioningView.Trail).Text(" · pass ").Show(ProvisioningView.Pass).NewLine()))
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Activity", 16, ProvisioningView.Activity)
            .Column("Status", 8, ProvisioningView.Status)
            .Column("StatusReason", ProvisioningView.What);

        // Format-Table -View Attribute: the values that were retrieved, evaluated or written
        record.Table("Attribute", wrap: true)
            .GroupedBy(ProvisioningView.Pass, heading => heading.Indented(3, line => line
                        .Show(ProvisioningView.Trail).Text(" · pass ").Show(ProvisioningView.Pass).NewLine()))
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Activity", 16, ProvisioningView.Activity)
            .Column("Status", 8, ProvisioningView.Status)
            .Column("Attributes (retrieved, evaluated or written)", ProvisioningView.Attributes);

        // Format-Table -View StatusReason: the columns that the portal's documentation recommends for provisioning events
        record.Table("StatusReason", wrap: true)
            .Column("Date (UTC)", 16, it => it.Time, ShownAs.Minute)
            .Column("Target(s)", ProvisioningView.TargetLines)
            .Column("Activity", 15, ProvisioningView.Activity)
            .Column("Status", 7, ProvisioningView.Status)
            .Column("Status Reason", ProvisioningView.What);

        record.List("EventDetail")
            .Item("Time (UTC)", it => it.Time, ShownAs.Exact)
            .Item("Activity", ProvisioningView.Activity)
            .Item("Status", ProvisioningView.Status)
            .Item("StatusReason", ProvisioningView.StatusReason)
            .ItemIfAny("ErrorCode", it => it.ErrorCode)
            .Item("EventName", it => it.EventName)
            .Item("Targets", ProvisioningView.Targets)
            .Item("Attributes", ProvisioningView.Attributes)
            .ItemIfAny("Incomplete", ProvisioningView.Incomplete)
            .Item("Pass", it => it.Pass)
            .Item("Source", it => it.Source)
            .Item("TenantId", it => it.TenantId)
            .Item("RecordId", it => it.RecordId);
    }
}
