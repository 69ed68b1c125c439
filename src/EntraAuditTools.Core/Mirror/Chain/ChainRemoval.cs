namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>What a link removes.</summary>
/// <param name="Before">Records of before this time, UTC.</param>
/// <param name="Kinds">What they are called, as in sentences.</param>
/// <param name="Records">How many records.</param>
/// <param name="Digest">The digest of the rows of <c>removed_original</c> that name them.</param>
internal sealed record ChainRemoval(DateTime Before, string Kinds, long Records, byte[] Digest)
{
    /// <summary>The kinds of record (<see cref="Schema.KindNames"/>).</summary>
    public IReadOnlyList<string> Logs { get; init; } = [];
}
