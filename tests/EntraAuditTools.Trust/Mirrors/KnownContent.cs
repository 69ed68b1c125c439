using System.Security.Cryptography;
using System.Text;
using EntraAuditTools.Core.Tests.Mirror;

namespace EntraAuditTools.Trust.Mirrors;

/// <summary>What is in a mirror, as a digest: the lines of a large one are many megabytes, and campaigns of one process measure its memory.</summary>
/// <param name="Digest">Of all rows.</param>
/// <param name="Rows">How many.</param>
/// <param name="Activities">How many of them are activities.</param>
internal sealed record KnownContent(string Digest, int Rows, long Activities)
{
    /// <summary>That of a mirror.</summary>
    public static KnownContent Of(string mirror)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = MirrorContent.Of(mirror);
        foreach (var line in lines) hash.AppendData(Encoding.UTF8.GetBytes(line + '\n'));
        return new(Convert.ToHexString(hash.GetHashAndReset()), lines.Count,
            lines.Count(line => line.StartsWith("activity: ", StringComparison.Ordinal)));
    }
}
