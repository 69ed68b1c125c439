namespace EntraAuditTools.Core.Formats.Json;

/// <summary>What the pages of a source say about themselves, in constant space.</summary>
internal sealed class PageSet
{
    private const int MaxContexts = 16;

    /// <summary>How many contexts are kept.</summary>
    public const int MaxRecordContexts = 1024;

    private readonly List<string?> contexts = [];
    private readonly HashSet<string?> recordContexts = [];
    private long last;

    /// <summary>How many pages there are.</summary>
    public long Count { get; private set; }

    /// <summary>How many of them have a next page.</summary>
    public long Linked { get; private set; }

    /// <summary>Whether the last page has a next one.</summary>
    public bool IsLastLinked { get; private set; }

    /// <summary>Whether the last page is part of a <c>$batch</c>.</summary>
    public bool IsLastPart { get; private set; }

    /// <summary>The contexts of the pages that hold records themselves, each once; of very many the first.</summary>
    public IReadOnlyCollection<string?> RecordContexts => recordContexts;

    /// <summary>Whether a page's link contains a filter.</summary>
    public bool IsFiltered { get; private set; }

    /// <summary>Whether all pages but the last have a next one.</summary>
    public bool IsChain => Count > 0 && Linked + (IsLastLinked ? 0 : 1) == Count;

    /// <summary>Adds a page that was read to its end.</summary>
    public void Add(PageInfo page)
    {
        Count++;
        if (page.Ordinal >= last) (last, IsLastLinked, IsLastPart) = (page.Ordinal, page.NextLink != null, page.Status != null);
        if (page.IsOfRecords && recordContexts.Count < MaxRecordContexts) recordContexts.Add(page.Context);
        if (page.NextLink is { } link)
        {
            Linked++;
            IsFiltered |= link.Contains("$filter", StringComparison.OrdinalIgnoreCase)
                || link.Contains("%24filter", StringComparison.OrdinalIgnoreCase);
        }

        if (contexts.Count <= MaxContexts && !contexts.Contains(page.Context)) contexts.Add(page.Context);
    }

    /// <summary>
    /// Whether all pages say that they are of one thing, as part of their context. Very many different contexts are of several.
    /// </summary>
    public bool AreAllOf(string part) =>
        contexts.Count <= MaxContexts && contexts.TrueForAll(c => c?.Contains(part, StringComparison.OrdinalIgnoreCase) == true);
}
