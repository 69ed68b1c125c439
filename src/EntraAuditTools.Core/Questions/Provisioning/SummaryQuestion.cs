using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Questions.Provisioning;

/// <summary>Is the provisioning job of this application healthy?</summary>
internal static class SummaryQuestion
{
    private static readonly string[] Shared = ["Application", "JobId", "Tenant"];

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<ProvisioningSummary> Instance = new("Get-ProvisioningSummary",
        "Is the provisioning job of this application healthy? Those in quarantine first, then those with most failures.")
    {
        What = "Provisioning jobs",
        Fields = [.. ProvisioningLogQuery.Fields.Where(field => Shared.Contains(field.Name)), .. TimeFields.All],
        Examples = ["", "--application Ledgerline --json", "--last 7d --csv"],
        Logs = _ => [KindNames.ProvisioningLog],
        Run = (mirror, input) => ProvisioningSummaryQuery.Run(mirror, Filter(input)),
        Description = (_, input) => ProvisioningSummaryQuery.Describe(Filter(input)),
    };

    private static ProvisioningSummaryFilter Filter(QuestionInput input) => new()
    {
        Application = input.Texts("Application"),
        JobId = input.Texts("JobId"),
        Tenant = input.Texts("Tenant"),
        After = input.Window.After,
        Before = input.Window.Before,
    };
}
