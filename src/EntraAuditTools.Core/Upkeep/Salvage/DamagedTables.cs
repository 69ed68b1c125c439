using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>
/// Finds the rows of a damaged mirror's tables: from the root that the schema names down, and then on pages that nothing leads to any more,
/// by what their rows look like. The schema itself is found the same way.
/// </summary>
internal sealed class DamagedTables
{
    private const int MasterColumns = 5;

    private readonly PageFile file;
    private readonly CellReader cells;
    private readonly IReadOnlyList<TableLayout> layouts;
    private readonly Dictionary<string, List<uint>> pages = new(StringComparer.Ordinal);
    private readonly HashSet<string> torn = new(StringComparer.Ordinal);
    private readonly bool[] isSeen;

    /// <summary>Looks at every page once.</summary>
    /// <param name="file">The pages.</param>
    /// <param name="layouts">The tables.</param>
    /// <param name="onProgress">Called with the pages that were looked at.</param>
    /// <param name="cancel">Stops it.</param>
    public DamagedTables(PageFile file, IReadOnlyList<TableLayout> layouts, Action<long> onProgress, CancellationToken cancel)
    {
        this.file = file;
        this.layouts = layouts;
        cells = new(file);
        isSeen = new bool[file.Pages + 1];
        var (roots, indexes) = Roots(cancel);
        Unknown = [.. roots.Keys.Where(name => !name.StartsWith("sqlite", StringComparison.Ordinal)
            && !name.StartsWith(SearchIndexSchema.Table, StringComparison.Ordinal) && layouts.All(layout => layout.Name != name))];
        foreach (var layout in layouts)
        {
            pages.Add(layout.Name, []);
            if (roots.GetValueOrDefault(layout.Name) is > 0 and var root) Walk(layout, root, cancel);
            else torn.Add(layout.Name);
        }

        foreach (var root in indexes) PassOver(root, cancel);
        AddLoose(onProgress, cancel);
    }

    /// <summary>Tables that the schema names, and no mirror has.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Whether all pages of a table were found in their places, with every cell on them.</summary>
    public bool IsWhole(string table) => !torn.Contains(table);

    /// <summary>The rows of a table, each as its layout has it; those on pages in their places first.</summary>
    public IEnumerable<object?[]> Rows(TableLayout layout)
    {
        foreach (var number in pages[layout.Name])
        {
            if (TreePage.Of(number, file.Read(number), file.PageSize) is not { } page) continue;
            for (var i = 0; i < page.Count; i++)
            {
                if (cells.Read(page, i) is var (row, stored) && layout.Row(row, stored) is { } values) yield return values;
                else torn.Add(layout.Name);
            }
        }
    }

    /// <summary>The root of each table, by the rows of the schema that can be read.</summary>
    private (Dictionary<string, uint> Tables, List<uint> Indexes) Roots(CancellationToken cancel)
    {
        var roots = new Dictionary<string, uint>(StringComparer.Ordinal);
        var indexes = new List<uint>();
        void Add(TreePage page)
        {
            for (var i = 0; i < page.Count; i++)
            {
                if (cells.Read(page, i) is not var (_, row) || row is not [string type, string name, string, long root, _]) continue;
                if (root < 2 || root > file.Pages) continue;
                if (type == "table") roots.TryAdd(name, (uint)root);
                else indexes.Add((uint)root);
            }
        }

        for (uint number = 1; number <= file.Pages; number++)
        {
            cancel.ThrowIfCancellationRequested();
            if (TreePage.Of(number, file.Read(number), file.PageSize) is { IsTable: true, IsLeaf: true } page && IsMaster(page)) Add(page);
        }

        return (roots, indexes);
    }

    private bool IsMaster(TreePage page)
    {
        for (var i = 0; i < page.Count; i++)
        {
            if (cells.Read(page, i) is var (_, row)) return row is { Length: MasterColumns } && row[0] is "table" or "index";
        }

        return false;
    }

    private void Walk(TableLayout layout, uint root, CancellationToken cancel)
    {
        var waiting = new Stack<uint>([root]);
        while (waiting.TryPop(out var number))
        {
            cancel.ThrowIfCancellationRequested();
            if (number < 2 || number > file.Pages || TreePage.Of(number, file.Read(number), file.PageSize) is not { } page
                || page.IsTable == layout.IsIndex || isSeen[number] || !Belongs(layout, page))
            {
                torn.Add(layout.Name);
                continue;
            }

            isSeen[number] = true;
            if (page.IsLeaf || layout.IsIndex) pages[layout.Name].Add(number);
            foreach (var child in page.Children()) waiting.Push(child);
        }
    }

    /// <summary>The pages of an index are of no table, whatever their entries look like.</summary>
    private void PassOver(uint root, CancellationToken cancel)
    {
        var waiting = new Stack<uint>([root]);
        while (waiting.TryPop(out var number))
        {
            cancel.ThrowIfCancellationRequested();
            if (number < 2 || number > file.Pages || isSeen[number]
                || TreePage.Of(number, file.Read(number), file.PageSize) is not { IsTable: false } page) continue;
            isSeen[number] = true;
            foreach (var child in page.Children()) waiting.Push(child);
        }
    }

    /// <summary>Whether the first row that can be read on a page is one of the table: pages may have been exchanged.</summary>
    private bool Belongs(TableLayout layout, TreePage page)
    {
        if (!page.IsLeaf && !layout.IsIndex) return true;
        for (var i = 0; i < page.Count; i++)
        {
            if (cells.Read(page, i) is var (row, stored)) return layout.Row(row, stored) != null;
        }

        return true;
    }

    /// <summary>Pages that no tree leads to are given to the only table whose rows look like theirs.</summary>
    private void AddLoose(Action<long> onProgress, CancellationToken cancel)
    {
        for (uint number = 2; number <= file.Pages; number++)
        {
            cancel.ThrowIfCancellationRequested();
            onProgress(number);
            if (isSeen[number] || TreePage.Of(number, file.Read(number), file.PageSize) is not { Count: > 0 } page) continue;
            if (!page.IsLeaf && page.IsTable) continue;
            if (Owner(page) is { } layout) pages[layout.Name].Add(number);
        }
    }

    private TableLayout? Owner(TreePage page)
    {
        // Entries of indexes are numbers too: of tables WITHOUT ROWID only those with texts or bytes can be told.
        var fitting = layouts.Where(layout => layout.IsIndex != page.IsTable && torn.Contains(layout.Name)
            && (!layout.IsIndex || layout.Columns.Any(column => column.Type is "TEXT" or "BLOB"))).ToList();
        var read = 0;
        for (var i = 0; i < page.Count && fitting.Count > 0; i++)
        {
            if (cells.Read(page, i) is not var (row, stored)) continue;
            read++;
            fitting.RemoveAll(layout => layout.Row(row, stored) == null);
        }

        return read > 0 && fitting is [var only] ? only : null;
    }
}
