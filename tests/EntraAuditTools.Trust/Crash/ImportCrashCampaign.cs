using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Crash;

/// <summary>
/// Ends imports of every kind of record at random moments, several times one after the other, and lets the last one finish. Somebody
/// reads meanwhile, and sometimes another import of the same files waits for its turn.
/// </summary>
internal sealed class ImportCrashCampaign : ICampaign
{
    private const int MostEndings = 4;

    public string Name => "crash-import";

    public string Promise =>
        "A mirror whose import was killed or stopped opens, is whole, and is what it would be once the import is run again.";

    public int ShortRounds => 1;

    public void Run(Round round)
    {
        var exports = Exports.OfSampleTenant(round.PathOf("exports"), round.Random);
        var promised = Undisturbed.Import(round.PathOf("undisturbed.db"), exports);
        var mirror = round.PathOf("mirror.db");
        var endings = round.Random.Next(1, MostEndings + 1);
        for (var i = 0; i < endings; i++) InterruptedImport.Run(round, mirror, exports);
        InterruptedImport.Finish(round, mirror, exports, promised);
    }
}
