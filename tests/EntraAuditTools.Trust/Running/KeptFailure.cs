using System.Globalization;
using EntraAuditTools.Core.Files;

namespace EntraAuditTools.Trust.Running;

/// <summary>Keeps the folder of a round that failed, with what was wrong and how to have it again.</summary>
internal static class KeptFailure
{
    /// <summary>The command that repeats a round.</summary>
    public static string Command(ICampaign campaign, int seed) => string.Create(CultureInfo.InvariantCulture,
        $"dotnet run -c Release --project tests/EntraAuditTools.Trust -- {campaign.Name} --seed {seed} --rounds 1");

    /// <summary>Copies the round's folder below another, and adds failure.txt.</summary>
    /// <returns>The copy.</returns>
    public static string Keep(ICampaign campaign, Round round, string below)
    {
        var kept = Path.Combine(below, string.Create(CultureInfo.InvariantCulture, $"{campaign.Name}-{round.Seed}"));
        if (Directory.Exists(kept)) Directory.Delete(kept, recursive: true);
        Copy(round.Folder, kept);
        File.WriteAllLines(Path.Combine(kept, "failure.txt"),
            [$"Promised: {campaign.Promise}", $"Again: {Command(campaign, round.Seed)}", string.Empty, .. round.Failures]);
        return kept;
    }

    /// <summary>Links are left out: what they name may be anywhere. So are pipes and devices: a copy would wait for what nobody writes.</summary>
    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget != null) continue;
            var target = Path.Combine(to, entry.Name);
            if (entry is DirectoryInfo) Copy(entry.FullName, target);
            else if (FileFacts.Of(entry.FullName).Oddity == null) TryCopy(entry.FullName, target);
        }
    }

    /// <summary>What a hanging import holds is left out: the files that it reads are not.</summary>
    private static void TryCopy(string from, string to)
    {
        try
        {
            File.Copy(from, to);
        }
        catch (IOException)
        {
        }
    }
}
