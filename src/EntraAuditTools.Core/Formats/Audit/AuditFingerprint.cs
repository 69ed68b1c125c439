using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// What every shape of one activity carries: correlation id, activity and result, and of the first three targets those that a shape keeps
/// (the portal's CSV keeps three, older ones fewer, an export that was too shallow none).
/// </summary>
internal static class AuditFingerprint
{
    private const int Targets = 3;

    /// <param name="fields">The activity.</param>
    /// <param name="origin">Which log it is of.</param>
    /// <param name="keepsTargets">Whether its shape names targets as others do.</param>
    /// <summary>The fingerprint; events of different logs hardly ever share one.</summary>
    public static long Of(AuditFields fields, int origin, bool keepsTargets = true)
    {
        var hash = Fingerprint.Hash(fields.Get(fields.CorrelationId), (ulong)origin + 11);
        hash = StableHash.Combine(hash, Fingerprint.Hash(fields.Get(fields.Activity), 12));
        hash = StableHash.Combine(hash, Fingerprint.Hash(fields.Get(fields.Result), 13));
        Span<long> targets = stackalloc long[Targets];
        var count = 0;
        foreach (var target in fields.Targets)
        {
            if (!keepsTargets) break;
            // A target that has only a type says too little: the CSV may leave it out.
            var name = !target.Id.IsEmpty ? target.Id : !target.UserPrincipalName.IsEmpty ? target.UserPrincipalName : target.Name;
            if (name.IsEmpty) continue;
            targets[count++] = Fingerprint.Part(fields.Get(name), 14);
            if (count == Targets) break;
        }

        return Fingerprint.Of(hash, targets);
    }
}
