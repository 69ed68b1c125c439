using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>A mirror.</summary>
public static class AuditMirrorInfoView
{
    internal static void Declare(RecordViews<AuditMirrorInfo> record)
    {
        record.Serialized(depth: 3);

        record.List("Mirror")
            .Item("Path", SharedCells.Path)
            .ItemIfAny("Server", it => it.Server)
            .Item("Basis", it => it.Basis)
            .Item("Exists", it => it.Exists)
            .Item("Size", ImportCells.Size)
            .Item("Activities", it => it.Activities, ShownAs.Count)
            .Item("ProvisioningEntries", it => it.ProvisioningEntries, ShownAs.Count)
            .Item("AccessPackages", it => it.AccessPackages, ShownAs.Count)
            .Item("AccessPackageAssignments", it => it.AccessPackageAssignments, ShownAs.Count)
            .Item("Imports", it => it.Imports, ShownAs.Count)
            .Item("Rejected", it => it.Rejected, ShownAs.Count)
            .Item("Tenants", it => it.Tenants)
            .Item("First (UTC)", it => it.FirstTime, ShownAs.Second)
            .Item("Last (UTC)", it => it.LastTime, ShownAs.Second)
            .Item("LastImport (UTC)", it => it.LastImport, ShownAs.Second)
            .Item("ChainHead", it => it.ChainHead)
            .ItemIfAny("SecretsMasked", it => it.SecretsMasked)
            .ItemIfAny("OnlyTenants", it => it.OnlyTenants)
            .Item("SchemaVersion", it => it.SchemaVersion)
            .Item("OutdatedImports", it => it.OutdatedImports, ShownAs.Count)
            .Item("ImportAgain", it => it.ImportAgain);
    }
}
