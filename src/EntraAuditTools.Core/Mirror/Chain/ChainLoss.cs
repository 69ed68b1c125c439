using System.Globalization;

namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>What a salvaged mirror lacks of the damaged one.</summary>
/// <param name="OldHead">The last link of the damaged mirror that could be read; null when none could.</param>
/// <param name="Blocks">How many blocks of originals are lost.</param>
/// <param name="Digest">The digest of the rows of <c>removed_original</c> that name those whose digests are known.</param>
internal sealed record ChainLoss(byte[]? OldHead, long Blocks, byte[] Digest)
{
    /// <summary>How much was lost, in words.</summary>
    public string Describe() => Blocks switch
    {
        0 => "no original was lost",
        1 => "one block of originals was lost",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Blocks:N0} blocks of originals were lost"),
    };
}
