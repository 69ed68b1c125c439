using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>What a link covers, as it stands in the mirror: a JSON object, whose text is hashed as it is.</summary>
internal sealed record ChainContent
{
    private static readonly JsonSerializerOptions Format = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Its place in the chain, from 1.</summary>
    public long Position { get; init; }

    /// <summary>Why it was made.</summary>
    public ChainReason Reason { get; init; }

    /// <summary>When, UTC, by the clock of the machine.</summary>
    public DateTime Time { get; init; }

    /// <summary>The version of the tool that made it.</summary>
    public string Tool { get; init; } = string.Empty;

    /// <summary>How many imports it covers: those of its rows in <c>chain_import</c>.</summary>
    public long Imports { get; init; }

    /// <summary>The digest of those rows.</summary>
    public byte[] ImportsDigest { get; init; } = [];

    /// <summary>The first block of originals that it covers.</summary>
    public long FirstBlock { get; init; }

    /// <summary>The last one; less than <see cref="FirstBlock"/> when it covers none.</summary>
    public long LastBlock { get; init; }

    /// <summary>The digest of the blocks' digests and of what is kept beside them (<see cref="ChainDigests"/>).</summary>
    public byte[] OriginalsDigest { get; init; } = [];

    /// <summary>What was removed; null for a link that removes nothing.</summary>
    public ChainRemoval? Removal { get; init; }

    /// <summary>What was lost; null for a link that is of no salvaged mirror.</summary>
    public ChainLoss? Loss { get; init; }

    /// <summary>The text that is stored and hashed.</summary>
    public string ToText() => JsonSerializer.Serialize(this, Format);

    /// <summary>The content of a link; null when it is none.</summary>
    public static ChainContent? Of(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ChainContent>(text, Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The digest of a link.</summary>
    /// <param name="before">The digest of the link before it; <see cref="Start"/> for the first.</param>
    /// <param name="text">The content.</param>
    public static byte[] Digest(ReadOnlySpan<byte> before, string text) => SHA256.HashData([.. before, .. Encoding.UTF8.GetBytes(text)]);

    /// <summary>What stands before the first link.</summary>
    public static byte[] Start => new byte[SHA256.HashSizeInBytes];
}
