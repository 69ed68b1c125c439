using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Connected organizations (Graph: connectedOrganization).</summary>
public static class ConnectedOrganizationView
{
    internal static void Declare(RecordViews<ConnectedOrganization> record)
    {
        record.Alias("CreatedDateTime", it => it.Created);
        record.Alias("ModifiedDateTime", it => it.Modified);
        record.Code("Original", Original);
        record.Serialized(depth: 3);

        record.Table("ConnectedOrganization")
            .Column("DisplayName", 22, EntitlementCells.Name)
            .Column("State", 10, EntitlementCells.State)
            .Column("Domains", Domains)
            .Column("Sponsors", Sponsors)
            .Column("Created", CreatedDay);

        record.List("ConnectedOrganization")
            .Item("DisplayName", EntitlementCells.Name)
            .Item("ConnectedOrganizationId", it => it.ConnectedOrganizationId)
            .Item("Description", SharedCells.Description)
            .Item("State", EntitlementCells.State)
            .Item("Domains", Domains)
            .Item("IdentitySources", IdentitySources)
            .Item("InternalSponsors", InternalSponsors)
            .Item("ExternalSponsors", ExternalSponsors)
            .Origin();
    }

    /// <summary>The original record.</summary>
    public static object? Original(PSObject instance) => (instance?.BaseObject as ConnectedOrganization)?.GetOriginal();

    /// <summary>Domains in one cell.</summary>
    public static object Domains(PSObject instance) =>
        string.Join(", ", Cell.Items(instance, "Domains").Select(domain => Cell.Line(domain)));

    /// <summary>Identity sources, a line each.</summary>
    public static object IdentitySources(PSObject instance) => EntitlementText.Lines(instance, "IdentitySources", item => Cell.Line(item));

    /// <summary>Sponsors, inside and outside, by name.</summary>
    public static object Sponsors(PSObject instance) =>
        string.Join(", ", Cell.Items(instance, "InternalSponsors").Concat(Cell.Items(instance, "ExternalSponsors"))
            .Select(sponsor => Cell.Line(sponsor)));

    /// <summary>Sponsors inside the tenant, a line each.</summary>
    public static object InternalSponsors(PSObject instance) => EntitlementText.Lines(instance, "InternalSponsors", EntitlementText.Named);

    /// <summary>Sponsors of the organization, a line each.</summary>
    public static object ExternalSponsors(PSObject instance) => EntitlementText.Lines(instance, "ExternalSponsors", EntitlementText.Named);

    /// <summary>The day it was created.</summary>
    public static object CreatedDay(PSObject instance) => EntitlementText.Day(instance, "Created");
}
