using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What Update-AuditMirror changed.</summary>
public static class AuditMirrorUpdateView
{
    internal static void Declare(RecordViews<AuditMirrorUpdate> record)
    {
        record.Serialized(depth: 3);

        record.List("MirrorUpdate")
            .Item("Path", SharedCells.Path)
            .Item("Backup", Backup)
            .Item("Imports", it => it.Imports, ShownAs.Count)
            .Item("Originals", it => it.Originals, ShownAs.Count)
            .Item("InitiatorsChanged", it => it.InitiatorsChanged, ShownAs.Count)
            .Item("TargetsChanged", it => it.TargetsChanged, ShownAs.Count)
            .Item("TimesChanged", it => it.TimesChanged, ShownAs.Count)
            .Item("AddressesChanged", it => it.AddressesChanged, ShownAs.Count)
            .Item("TenantsChanged", it => it.TenantsChanged, ShownAs.Count)
            .Item("ObjectsChanged", it => it.ObjectsChanged, ShownAs.Count)
            .Item("ActivitiesBefore", it => it.ActivitiesBefore, ShownAs.Count)
            .Item("Activities", it => it.Activities, ShownAs.Count)
            .Item("ProvisioningEntriesBefore", it => it.ProvisioningEntriesBefore, ShownAs.Count)
            .Item("ProvisioningEntries", it => it.ProvisioningEntries, ShownAs.Count)
            .Item("RejectedBefore", it => it.RejectedBefore, ShownAs.Count)
            .Item("Rejected", it => it.Rejected, ShownAs.Count)
            .Item("ImportAgain", it => it.ImportAgain)
            .Item("Duration", it => it.Duration);
    }

    /// <summary>The copy of the mirror as it was.</summary>
    public static object Backup(PSObject instance) => Cell.Line(instance, "Backup");
}
