namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// How many objects a text may have that begin like records and break: each costs an exception of the parser, a thousand times what its
/// bytes cost. Hardly any export has more than a few; 100 KB of braces had the reader busy for twenty minutes.
/// </summary>
internal sealed class SearchBudget
{
    private const int Most = 20_000;
    private const int OfGoodRecord = 4;

    private int left = Most;

    /// <summary>Whether no more of them are looked at: from here on only a line can begin a record.</summary>
    public bool IsSpent => left <= 0;

    /// <summary>Another one broke.</summary>
    public void Spend() => left--;

    /// <summary>A good record was read: what follows may be damaged in its turn.</summary>
    public void Earn() => left = Math.Min(left + OfGoodRecord, Most);
}
