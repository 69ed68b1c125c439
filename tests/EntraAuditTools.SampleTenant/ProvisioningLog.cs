namespace EntraAuditTools.SampleTenant;

/// <summary>The provisioning log of a tenant as a stream.</summary>
public static class ProvisioningLog
{
    /// <summary>
    /// Every entry in time order, made one at a time, exactly <see cref="SampleTenantOptions.ProvisioningCount"/>. Newest first is the
    /// reverse of oldest first.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="newestFirst">The order of Graph and the portal; false for the order of writing.</param>
    public static IEnumerable<ProvisioningEntry> Enumerate(Tenant tenant, bool newestFirst = true)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return tenant.ProvisioningPlan.Moments(newestFirst).Select(moment => ProvisioningEntryFactory.Make(tenant, moment));
    }
}
