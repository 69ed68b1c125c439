using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>Steps of an entry of the provisioning log (Graph: provisioningStep).</summary>
public static class ProvisioningStepView
{
    internal static void Declare(RecordViews<ProvisioningStep> record)
    {
        record.Alias("ProvisioningStepType", it => it.Type);

        record.Table("Step", wrap: true)
            .Number("#", 3, it => it.Order)
            .Column("Type and name", 30, TypeAndName)
            .Column("Status", 8, ProvisioningCells.Status)
            .Column("Description", SharedCells.Description);

        record.List("StepDetail")
            .Item("Order", it => it.Order)
            .Item("Type", SharedCells.Type)
            .Item("Name", SharedCells.Name)
            .Item("Status", ProvisioningCells.Status)
            .Item("Description", SharedCells.Description)
            .Item("Details", Details);
    }

    /// <summary>The type of a step, and below it its name.</summary>
    public static object TypeAndName(PSObject instance) => $"{SharedCells.Type(instance)}\n{Cell.Line(instance, "Name")}".Trim('\n');

    /// <summary>Details of a step, a line each.</summary>
    public static object Details(PSObject instance) => DetailText.Pairs(instance, "Details");
}
