using System.Text;
using EntraAuditTools.Core.Mirror;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// A hash of the fields that every shape of one event carries: correlation id, activity, result and the first three targets (the portal's
/// CSV keeps no more). The time is compared apart, since shapes write it with different precision.
/// </summary>
internal static class AuditFingerprint
{
    private const int Targets = 3;

    /// <summary>The fingerprint; events of different logs never share one.</summary>
    public static long Of(AuditFields fields, int origin)
    {
        var hash = Lower(fields.Get(fields.CorrelationId), (ulong)origin + 11);
        hash = StableHash.Combine(hash, Lower(fields.Get(fields.Activity), 12));
        hash = StableHash.Combine(hash, Lower(fields.Get(fields.Result), 13));
        var count = Math.Min(fields.Targets.Count, Targets);
        for (var i = 0; i < count; i++)
        {
            var target = fields.Targets[i];
            var name = !target.Id.IsEmpty ? target.Id : !target.UserPrincipalName.IsEmpty ? target.UserPrincipalName : target.Name;
            // A target that has only a type says too little: the CSV may leave it out.
            if (!name.IsEmpty) hash = StableHash.Combine(hash, Lower(fields.Get(name), 14));
        }

        return hash;
    }

    private static long Lower(ReadOnlySpan<byte> text, ulong seed)
    {
        text = text.Trim(" \t\r\n"u8);
        Span<byte> lower = text.Length <= 512 ? stackalloc byte[text.Length] : new byte[text.Length];
        Ascii.ToLower(text, lower, out _);
        return StableHash.OfUtf8(lower, seed);
    }
}
