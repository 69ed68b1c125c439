using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Questions.Provisioning;

/// <summary>The trail of an identity: imported, matched, ruled on, exported, retried; pass by pass, oldest first.</summary>
internal static class TrailQuestion
{
    /// <summary>The events on a trail, in their normal order.</summary>
    public static readonly IReadOnlyList<string> Activities = ["Import", "Synchronization rule action", "Export", "Process escrow"];

    /// <summary>Filters that the log has too.</summary>
    private static readonly string[] Shared = ["Identity", "Application", "Status", "Tenant"];

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<ProvisioningEvent> Instance = new("Get-ProvisioningEvent",
        "How did this identity go through provisioning: imported, matched, ruled on, exported, retried? Pass by pass, oldest first.")
    {
        What = "Provisioning events",
        Fields =
        [
            .. ProvisioningLogQuery.Fields.Where(field => Shared.Contains(field.Name)),
            new QuestionField("Activity", "activity", "Import, Synchronization rule action, Export, Process escrow.")
            {
                TakesAll = true, Usual = Activities,
            },
            .. TimeFields.All, TimeFields.ShowSecret,
        ],
        Examples =
        [
            "--identity 'Kavya Lopez'", "--application Ledgerline --status failure --last 7d",
            "--identity kavya.lopez@harborline.example --json",
        ],
        // A trail comes from two logs.
        Logs = _ => [KindNames.ProvisioningLog, KindNames.AuditActivity],
        TableRows = 50,
        PagesItself = true,
        Run = (mirror, input) => ProvisioningEventQuery.Run(mirror, Filter(input)),
        Count = (mirror, input) => ProvisioningEventQuery.Count(mirror, Filter(input)),
        Description = (_, input) => ProvisioningEventQuery.Describe(Filter(input)),
    };

    private static ProvisioningEventFilter Filter(QuestionInput input) => new()
    {
        Identity = input.Texts("Identity"),
        Application = input.Texts("Application"),
        Activity = input.Texts("Activity"),
        Status = input.Texts("Status"),
        Tenant = input.Texts("Tenant"),
        After = input.Window.After,
        Before = input.Window.Before,
        Skip = input.Skip,
        First = input.First,
        ShowSecret = input.Has("ShowSecret"),
    };
}
