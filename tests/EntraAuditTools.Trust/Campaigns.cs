using EntraAuditTools.Trust.Crash;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust;

/// <summary>The campaigns. One more is a class in a folder of its room, a line here, and a section of docs/reliability.md.</summary>
internal static class Campaigns
{
    public static IReadOnlyList<ICampaign> All { get; } =
    [
        new ImportCrashCampaign(),
        new LargeImportCrashCampaign(),
    ];
}
