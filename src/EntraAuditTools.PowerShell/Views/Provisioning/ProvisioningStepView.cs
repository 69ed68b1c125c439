using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>Graph: provisioningStep</summary>
public static class ProvisioningStepView
{
    internal static void Declare(RecordViews<ProvisioningStep> record)
    {
        record.Alias("ProvisioningStepType", it => it.Type);

        record.Table("Step", wrap: true)
            .Number("#", 3, it => it.Order)
            .Column("Type and name", 30, ProvisioningView.TypeAndName)
            .Column("Status", 8, ProvisioningView.Status)
            .Column("Description", ProvisioningView.Description);

        record.List("StepDetail")
            .Item("Order", it => it.Order)
            .Item("Type", ProvisioningView.Type)
            .Item("Name", RecordView.Name)
            .Item("Status", ProvisioningView.Status)
            .Item("Description", ProvisioningView.Description)
            .Item("Details", ProvisioningView.Details);
    }
}
