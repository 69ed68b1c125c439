using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What Initialize-AuditMirror made.</summary>
public static class AuditMirrorInitializationView
{
    internal static void Declare(RecordViews<AuditMirrorInitialization> record)
    {
        record.Serialized(depth: 3);

        record.List("MirrorInitialization")
            .Item("Server", Server)
            .Item("IsNew", it => it.IsNew)
            .Item("LogsOnServer", it => it.LogsOnServer)
            .Item("Owner", Owner)
            .Item("ReaderRole", ReaderRole)
            .Item("Readers", Readers)
            .Item("OriginalReaderRole", OriginalReaderRole)
            .Item("OriginalReaders", OriginalReaders)
            .Item("ImporterRole", ImporterRole)
            .Item("Importers", Importers)
            .ItemIfAny("TenantReaderRole", TenantReaderRole)
            .ItemIfAny("TenantReaders", TenantReaders)
            .ItemIfAny("Notes", ImportCells.Notes);
    }

    /// <summary>The server.</summary>
    public static object Server(PSObject instance) => Cell.Line(instance, "Server");

    /// <summary>The owner of the tables.</summary>
    public static object Owner(PSObject instance) => Cell.Line(instance, "Owner");

    /// <summary>The group that may ask.</summary>
    public static object ReaderRole(PSObject instance) => Cell.Line(instance, "ReaderRole");

    /// <summary>The group that may see secrets.</summary>
    public static object OriginalReaderRole(PSObject instance) => Cell.Line(instance, "OriginalReaderRole");

    /// <summary>The group that may import.</summary>
    public static object ImporterRole(PSObject instance) => Cell.Line(instance, "ImporterRole");

    /// <summary>Who may ask.</summary>
    public static object Readers(PSObject instance) => Names(instance, "Readers");

    /// <summary>Who may see secrets.</summary>
    public static object OriginalReaders(PSObject instance) => Names(instance, "OriginalReaders");

    /// <summary>Who may import.</summary>
    public static object Importers(PSObject instance) => Names(instance, "Importers");

    /// <summary>The group that may ask about some tenants only.</summary>
    public static object? TenantReaderRole(PSObject instance) => Cell.Line(instance, "TenantReaderRole") is { Length: > 0 } role ? role : null;

    /// <summary>Who may ask about which tenants only.</summary>
    public static object? TenantReaders(PSObject instance) =>
        string.Join("; ", Cell.Items(instance, "TenantReaders").Select(reader => Cell.Line(reader))) is { Length: > 0 } readers ? readers : null;

    private static string Names(PSObject instance, string property) =>
        string.Join(", ", Cell.Items(instance, property).Select(name => Cell.Line(name)));
}
