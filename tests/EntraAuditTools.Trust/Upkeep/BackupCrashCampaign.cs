using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Upkeep;

/// <summary>Ends backups at random moments: into a new file, over one that is there, or into a folder, where each has a name of its own.</summary>
internal sealed class BackupCrashCampaign : ICampaign
{
    private const int MostEndings = 3;

    private UpkeepMirror? undisturbed;

    public string Name => "crash-backup";

    public string Promise => "A file of a backup's name is a whole backup, whenever one was killed, and what a kill leaves is cleaned up or named.";

    public int ShortRounds => 1;

    public void Run(Round round)
    {
        var known = undisturbed ??= UpkeepMirror.Make(round.SharedFolder, it => ["backup", it.Path + ".backup", "--force"]);
        var mirror = known.Copy(round);
        var folder = Directory.CreateDirectory(round.PathOf("backups")).FullName;
        var file = Path.Combine(folder, "backup.db");
        var way = round.Random.Next(3);
        round.Count(way switch { 0 => "new files", 1 => "files that are replaced", _ => "folders" });
        if (way == 1) File.Copy(known.Path, file);
        string[] arguments = way switch { 0 => ["backup", file], 1 => ["backup", file, "--force"], _ => ["backup", folder] };

        var activities = long.Parse(MirrorCheck.Texts(mirror, "SELECT count(*) FROM activity")[0], System.Globalization.CultureInfo.InvariantCulture);
        bool isImported;
        ProgramEnd end;
        using (var beside = new BesideUpkeep(round, mirror, known.Later, activities))
        {
            isImported = beside.IsImported;
            for (var i = round.Random.Next(1, MostEndings + 1); i > 0; i--)
            {
                var ending = EndedProgram.Run(round, mirror, known.Time, arguments);
                AreWhole(round, known, folder, $"after {ending}", isImported);
                // A backup that was over before is there now.
                if (way == 0 && ending == null && File.Exists(file)) File.Delete(file);
            }

            if (way == 0) File.Delete(file);
            end = AuditProgram.Run(mirror, arguments);
        }

        round.Expect(end.ExitCode == 0, $"the last backup ended with {end.ExitCode}: {end.Error}");
        MirrorCheck.IsWhole(round, mirror, "the mirror");
        string[] content = [.. Directory.GetFiles(folder, "*.db").Select(Path.GetFileName).OfType<string>()];
        round.Expect(content.Length > 0, "there is no backup");
        AreWhole(round, known, folder, "at the end", isImported);
        Litter.None(round, end.Output + end.Error, ["mirror.db", .. content]);
    }

    private static void AreWhole(Round round, UpkeepMirror known, string folder, string when, bool isImported)
    {
        foreach (var backup in Directory.GetFiles(folder, "*.db"))
        {
            round.Count("backups looked at");
            MirrorCheck.IsWhole(round, backup, $"{when}: {Path.GetFileName(backup)}");
            var found = KnownContent.Of(backup);
            var isSame = isImported ? found.Rows >= known.Content!.Rows : found == known.Content;
            round.Expect(isSame, $"{when}: {Path.GetFileName(backup)} has not the mirror's rows");
            round.Count("rows compared", found.Rows);
        }
    }
}
