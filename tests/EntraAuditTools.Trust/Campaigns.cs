using EntraAuditTools.Trust.Beside;
using EntraAuditTools.Trust.Crash;
using EntraAuditTools.Trust.Damage;
using EntraAuditTools.Trust.Hostile.Coverage;
using EntraAuditTools.Trust.Hostile;
using EntraAuditTools.Trust.Place;
using EntraAuditTools.Trust.PowerCut;
using EntraAuditTools.Trust.Running;
using EntraAuditTools.Trust.Team;
using EntraAuditTools.Trust.Upkeep;

namespace EntraAuditTools.Trust;

/// <summary>The campaigns. One more is a class in a folder of its room, a line here, and a section of docs/reliability.md.</summary>
internal static class Campaigns
{
    public static IReadOnlyList<ICampaign> All { get; } =
    [
        new ImportCrashCampaign(),
        new LargeImportCrashCampaign(),
        new SearchIndexCrashCampaign(),
        new UpgradeCrashCampaign(),
        new BackupCrashCampaign(),
        new RemovalCrashCampaign(),
        new OptimizeCrashCampaign(),
        new PowerCutCampaign(),
        new FullDiskCampaign(),
        new MovedMirrorCampaign(),
        new ReadOnlyPlaceCampaign(),
        new MutatedFilesCampaign(),
        new NeighboursCampaign(),
        new ArchivesCampaign(),
        new FoldersCampaign(),
        new SizesCampaign(),
        new CoverageCampaign(),
        new TeamCrashCampaign(),
        new TeamCopyCampaign(),
        new ImportersCampaign(),
        new SessionsCampaign(),
        new OwnFilesCampaign(),
        new DamagedMirrorCampaign(),
        new SalvageCampaign(),
        new TamperCampaign(),
    ];
}
