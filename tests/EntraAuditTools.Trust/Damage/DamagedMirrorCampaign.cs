using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Damage;

/// <summary>Damages the file of a mirror as disks and copies do: bytes, sectors and pages that are other ones, an end that is missing.</summary>
internal sealed class DamagedMirrorCampaign : ICampaign
{
    public string Name => "damaged-mirror";

    public string Promise =>
        "A mirror whose file is damaged never crashes a question; one that answers otherwise than before is found by Test-AuditMirror.";

    public int ShortRounds => 12;

    public void Run(Round round)
    {
        var known = KnownMirror.Of(round);
        var copy = known.Copy(round);
        var what = FileDamage.Make(round.Random, copy);
        round.Count("mirrors damaged");
        AnswerComparison.Run(round, known, copy, what);
    }
}
