using System.Text;
using EntraAuditTools.Core.Mirror;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// What every shape of one event carries, as a number: its upper half is a hash of correlation id, activity, result and first target; its
/// lower half holds 16 bits each of the second and third target, 0 where a shape keeps none (the portal's CSV keeps three targets, older ones
/// only the first). The time is compared apart, since shapes write it with different precision.
/// </summary>
internal static class AuditFingerprint
{
    private const int BaseShift = 32;

    /// <summary>The fingerprint; events of different logs never share one.</summary>
    public static long Of(AuditFields fields, int origin)
    {
        var hash = Lower(fields.Get(fields.CorrelationId), (ulong)origin + 11);
        hash = StableHash.Combine(hash, Lower(fields.Get(fields.Activity), 12));
        hash = StableHash.Combine(hash, Lower(fields.Get(fields.Result), 13));
        hash = StableHash.Combine(hash, Target(fields, 0));
        return (Base(hash) << BaseShift) | (long)(Short(Target(fields, 1)) << 16) | Short(Target(fields, 2));
    }

    /// <summary>The half that must be equal, as <c>fingerprint &gt;&gt; 32</c> gives it in SQL.</summary>
    public static long Base(long fingerprint) => fingerprint >> BaseShift;

    /// <summary>Whether two fingerprints can be of one event: further targets are the same, or one of them keeps none.</summary>
    public static bool Agree(long a, long b) =>
        Base(a) == Base(b) && AgreeShort((ushort)(a >> 16), (ushort)(b >> 16)) && AgreeShort((ushort)a, (ushort)b);

    private static bool AgreeShort(ushort a, ushort b) => a == b || a == 0 || b == 0;

    private static uint Short(long hash) => hash == 0 ? 0 : Math.Max((uint)(ushort)hash, 1);

    private static long Target(AuditFields fields, int index)
    {
        if (index >= fields.Targets.Count) return 0;
        var target = fields.Targets[index];
        var name = !target.Id.IsEmpty ? target.Id : !target.UserPrincipalName.IsEmpty ? target.UserPrincipalName : target.Name;
        // A target that has only a type says too little: the CSV may leave it out.
        return name.IsEmpty ? 0 : Lower(fields.Get(name), 14);
    }

    private static long Lower(ReadOnlySpan<byte> text, ulong seed)
    {
        text = text.Trim(" \t\r\n"u8);
        Span<byte> lower = text.Length <= 512 ? stackalloc byte[text.Length] : new byte[text.Length];
        Ascii.ToLower(text, lower, out _);
        return StableHash.OfUtf8(lower, seed);
    }
}
