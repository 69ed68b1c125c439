using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Graph: connectedOrganization</summary>
public static class ConnectedOrganizationView
{
    internal static void Declare(RecordViews<ConnectedOrganization> record)
    {
        record.Alias("CreatedDateTime", it => it.Created);
        record.Alias("ModifiedDateTime", it => it.Modified);
        record.Code("Original", EntitlementView.Original);
        record.Serialized(depth: 3);

        record.Table("ConnectedOrganization")
            .Column("DisplayName", 22, EntitlementView.Name)
            .Column("State", 10, EntitlementView.State)
            .Column("Domains", EntitlementView.Domains)
            .Column("Sponsors", EntitlementView.Sponsors)
            .Column("Created", EntitlementView.CreatedDay);

        record.List("ConnectedOrganization")
            .Item("DisplayName", EntitlementView.Name)
            .Item("ConnectedOrganizationId", it => it.ConnectedOrganizationId)
            .Item("Description", EntitlementView.Description)
            .Item("State", EntitlementView.State)
            .Item("Domains", EntitlementView.Domains)
            .Item("IdentitySources", EntitlementView.IdentitySources)
            .Item("InternalSponsors", EntitlementView.InternalSponsors)
            .Item("ExternalSponsors", EntitlementView.ExternalSponsors)
            .Item("Created (UTC)", EntitlementView.Created)
            .Item("Modified (UTC)", EntitlementView.Modified)
            .Item("Observed (UTC)", EntitlementView.Observed)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", EntitlementView.Evidence);
    }
}
