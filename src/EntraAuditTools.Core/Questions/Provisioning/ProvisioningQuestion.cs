using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Questions.Provisioning;

/// <summary>What did provisioning do to this identity or application?</summary>
internal static class ProvisioningQuestion
{
    /// <summary>The question.</summary>
    public static readonly RecordQuestion<ProvisioningLogEntry> Instance =
        new("Get-ProvisioningLog", "What did provisioning do to this identity or application? Newest first.")
        {
            What = "Provisioning log entries",
            Fields = [.. ProvisioningLogQuery.Fields, .. TimeFields.All, TimeFields.ShowSecret],
            Examples =
            [
                "--status failure --last 7d", "--identity kavya.lopez@harborline.example --jsonl", "--application Ledgerline --action create",
            ],
            Logs = _ => [KindNames.ProvisioningLog],
            AsksLogsThere = _ => true,
            TableRows = 50,
            PagesItself = true,
            Run = (mirror, input) => ProvisioningLogQuery.Log.Run(mirror, LogInput.Filter(ProvisioningLogQuery.Log, input)),
            Count = (mirror, input) => ProvisioningLogQuery.Log.Count(mirror, LogInput.Filter(ProvisioningLogQuery.Log, input)),
            Description = (mirror, input) => LogInput.Describe(ProvisioningLogQuery.Log, mirror, input),
        };
}
