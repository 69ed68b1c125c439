namespace EntraAuditTools.Core.Importing.Records;

/// <summary>
/// Finds pages whose next page was not imported: a source that ends with an <c>@odata.nextLink</c> is complete only when the next source,
/// of the same folder, continues with pages.
/// </summary>
internal sealed class LeftLinks
{
    private readonly List<(long Import, string Source)> left = [];
    private (long Import, string Source, string Folder)? open;

    /// <summary>Looks at a source that was read to its end.</summary>
    public void Add(SourceFacts facts, ImportResult result, string folder)
    {
        if (open is { } before && (facts.Pages == 0 || before.Folder != folder)) left.Add((before.Import, before.Source));
        open = facts.EndsWithLink ? (result.ImportId, result.Source, folder) : null;
    }

    /// <summary>After the last source: those whose next page is missing, with what to say.</summary>
    public IEnumerable<(long Import, string Source, string Note)> End()
    {
        if (open is { } last) left.Add((last.Import, last.Source));
        open = null;
        foreach (var (import, source) in left) yield return (import, source,
            "It ends with an @odata.nextLink, and no page that was imported after it follows: there are more records than were exported.");
    }
}
