namespace EntraAuditTools.SampleTenant;

/// <summary>A provisioning job from the directory to an application.</summary>
public sealed record ProvisioningJob(string JobId, string TemplateId, EnterpriseApplication Application, bool Quarantined)
{
    internal static ProvisioningJob[] Create(SampleRandom random, string tenantId, IReadOnlyList<EnterpriseApplication> applications)
    {
        var jobs = new ProvisioningJob[Math.Clamp(applications.Count / 4, 3, 24)];
        for (int index = 0; index < jobs.Length; index++)
        {
            string template = index % 3 == 2 ? "customappsso" : "scim";
            jobs[index] = new ProvisioningJob($"{template}.{tenantId.Replace("-", "", StringComparison.Ordinal)}.{random.NewId()}", template, applications[index], index == 1);
        }

        return jobs;
    }
}
