using System.Text;
using EntraAuditTools.Core.Mirror;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// What every shape of one event carries, as a number: 24 bits of a hash of correlation id, activity and result, then 16, 12 and 12 bits of the
/// first three targets; 0 stands for a target that a shape does not keep (the portal's CSV keeps three, older ones fewer, an export that was too
/// shallow none). The time is compared apart, since shapes write it with different precision.
/// </summary>
internal static class AuditFingerprint
{
    private const int BaseShift = 40;

    private static readonly (int Shift, int Bits)[] TargetParts = [(24, 16), (12, 12), (0, 12)];

    /// <summary>The fingerprint; events of different logs hardly ever share one.</summary>
    public static long Of(AuditFields fields, int origin)
    {
        var hash = Lower(fields.Get(fields.CorrelationId), (ulong)origin + 11);
        hash = StableHash.Combine(hash, Lower(fields.Get(fields.Activity), 12));
        hash = StableHash.Combine(hash, Lower(fields.Get(fields.Result), 13));
        var fingerprint = hash >> BaseShift << BaseShift;
        var part = 0;
        foreach (var target in fields.Targets)
        {
            // A target that has only a type says too little: the CSV may leave it out.
            var name = !target.Id.IsEmpty ? target.Id : !target.UserPrincipalName.IsEmpty ? target.UserPrincipalName : target.Name;
            if (name.IsEmpty) continue;
            var (shift, bits) = TargetParts[part];
            fingerprint |= Math.Max(Lower(fields.Get(name), 14) & ((1L << bits) - 1), 1) << shift;
            if (++part == TargetParts.Length) break;
        }

        return fingerprint;
    }

    /// <summary>The part that must be equal, as <c>fingerprint &gt;&gt; 40</c> gives it in SQL.</summary>
    public static long Base(long fingerprint) => fingerprint >> BaseShift;

    /// <summary>Whether two fingerprints can be of one event: each target is the same, or one of them does not keep it.</summary>
    public static bool Agree(long a, long b)
    {
        if (Base(a) != Base(b)) return false;
        foreach (var (shift, bits) in TargetParts)
        {
            var mask = (1L << bits) - 1;
            var (x, y) = ((a >> shift) & mask, (b >> shift) & mask);
            if (x != y && x != 0 && y != 0) return false;
        }

        return true;
    }

    private static long Lower(ReadOnlySpan<byte> text, ulong seed)
    {
        text = text.Trim(" \t\r\n"u8);
        Span<byte> lower = text.Length <= 512 ? stackalloc byte[text.Length] : new byte[text.Length];
        Ascii.ToLower(text, lower, out _);
        return StableHash.OfUtf8(lower, seed);
    }
}
