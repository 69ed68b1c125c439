using System.Globalization;

namespace EntraAuditTools.SampleTenant;

/// <summary>What a job provisions to; each kind has ids, types and errors of its own.</summary>
public enum ProvisioningTargetKind
{
    /// <summary>An application that speaks SCIM.</summary>
    Scim,
    ServiceNow,
    Dropbox,
    Salesforce,

    /// <summary>Its roles are imported, which only the audit log has.</summary>
    AmazonWebServices,

    /// <summary>Cross-tenant synchronization to a partner's directory.</summary>
    CrossTenant,

    /// <summary>Inbound: workers, matched by employee number, become users of the on-premises Active Directory.</summary>
    Workday,

    /// <summary>Set up, but never started.</summary>
    NeverRun,
}

/// <summary>A provisioning job of an application.</summary>
/// <param name="JobId">Template tag, tenant id without dashes and a GUID.</param>
/// <param name="TemplateId">The template tag.</param>
/// <param name="Application">The application whose service principal holds the job.</param>
/// <param name="Kind">What it provisions to.</param>
/// <param name="Quarantined">Whether it ends the period in quarantine.</param>
public sealed record ProvisioningJob(string JobId, string TemplateId, EnterpriseApplication Application, ProvisioningTargetKind Kind,
    bool Quarantined)
{
    public const string Directory = "Azure Active Directory";

    public string SourceSystem => Kind == ProvisioningTargetKind.Workday ? "Workday" : Directory;

    public string TargetSystem => Kind == ProvisioningTargetKind.Workday ? "On-premises Active Directory" : Application.DisplayName;

    /// <summary>What the service puts before a general error code to say whose it is.</summary>
    public string ErrorPrefix => Kind switch
    {
        ProvisioningTargetKind.Dropbox => "DropboxBusiness",
        ProvisioningTargetKind.Workday => "HybridSynchronizationActiveDirectory",
        ProvisioningTargetKind.CrossTenant => "AzureActiveDirectory",
        _ => Application.DisplayName.Replace(" ", "", StringComparison.Ordinal),
    };

    internal static ProvisioningJob[] Create(SampleRandom random, int seed, string tenantId,
        IReadOnlyList<EnterpriseApplication> applications, PartnerOrganization partner)
    {
        string tenant = tenantId.Replace("-", "", StringComparison.Ordinal);
        var jobs = new List<ProvisioningJob>();
        for (int index = 0; index < Math.Clamp(applications.Count / 4, 3, 24); index++)
        {
            string template = index % 3 == 2 ? "customappsso" : "scim";
            jobs.Add(new ProvisioningJob($"{template}.{tenant}.{random.NewId()}", template, applications[index],
                ProvisioningTargetKind.Scim, index == 1));
        }

        var own = new SampleRandom(SampleRandom.Mix((ulong)seed, 5));
        foreach (var (kind, template, name) in ((ProvisioningTargetKind, string, string)[])
        [
            (ProvisioningTargetKind.ServiceNow, "ServiceNowOutDelta", "ServiceNow"),
            (ProvisioningTargetKind.Dropbox, "DropboxSCIMOutDelta", "Dropbox Business"),
            (ProvisioningTargetKind.Salesforce, "SalesforceOutDelta", "Salesforce"),
            (ProvisioningTargetKind.AmazonWebServices, "AWSSingleAccountRoles", "Amazon Web Services (AWS)"),
            (ProvisioningTargetKind.CrossTenant, "Azure2Azure", partner.DisplayName + " (cross-tenant)"),
            (ProvisioningTargetKind.Workday, "WorkdayToADProvisioning", "Workday to Active Directory User Provisioning"),
            (ProvisioningTargetKind.NeverRun, "scim", "Pilotage Survey"),
        ])
        {
            var application = new EnterpriseApplication(own.NewId(), own.NewId(), own.NewId(), name, []);
            jobs.Add(new ProvisioningJob($"{template}.{tenant}.{own.NewId()}", template, application, kind, false));
        }

        return [.. jobs];
    }

    /// <summary>The id that an object of the source has in the target; the same whenever it is asked for.</summary>
    internal string TargetIdOf(string sourceId)
    {
        var random = SampleRandom.Of(JobId + "/" + sourceId);
        return Kind switch
        {
            ProvisioningTargetKind.Dropbox => "dbmid:AA" + random.Code(31),
            ProvisioningTargetKind.Salesforce => "005" + random.Code(15),
            ProvisioningTargetKind.ServiceNow => random.NewId().Replace("-", "", StringComparison.Ordinal),
            _ => random.NewId(),
        };
    }

    /// <summary>One run of the job takes everything of the same forty minutes.</summary>
    internal string CycleAt(long ticks) =>
        SampleRandom.Of(string.Create(CultureInfo.InvariantCulture, $"{JobId}/{ticks / (40 * TimeSpan.TicksPerMinute)}")).NewId();
}
