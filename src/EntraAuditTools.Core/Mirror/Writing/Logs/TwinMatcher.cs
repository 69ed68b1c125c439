namespace EntraAuditTools.Core.Mirror.Writing.Logs;

/// <summary>
/// Finds the events that both logs have. The unified log writes ids of its own and whole seconds, so what it shares with the directory's
/// record is the correlation id, the activity and the first target, and one correlation id can have several such events. They are paired
/// one to one, nearest first. What could as well be another's twin stays alone: two rows too many are better than evidence that is
/// another's.
/// </summary>
/// <remarks>
/// The answer follows from the events alone, in whatever order they are given. Nearness is counted in seconds, as coarse as the unified log
/// is; within one, events that changed the same properties go together first, and then the nearest. Events of one log that nothing
/// distinguishes are one <see cref="Block"/>: they are paired when each of them finds a partner, for then it does not matter which.
/// </remarks>
internal static class TwinMatcher
{
    /// <summary>How far apart the two logs' times of one event may be.</summary>
    public const long MaxTicks = 5 * TimeSpan.TicksPerSecond;

    /// <summary>An event that has more candidates than this within that time is as good as any other's: it stays alone.</summary>
    private const int MaxCandidates = 500;

    /// <summary>Among so few, each is compared with each.</summary>
    private const int MaxPlain = 16;

    /// <summary>The pairs among events of one correlation id.</summary>
    public static IReadOnlyList<TwinPair> Match(IReadOnlyList<TwinEvent> events)
    {
        if (events.Count < 2) return [];
        if (events.Count <= MaxPlain && Plain(events) is { } plain) return plain;
        var blocks = Blocks(events);
        var edges = Edges(blocks);
        // In an order of their own where they are equally near: the same events give the same pairs.
        edges.Sort((a, b) => (a.CompareTo(b), a.Unified.Sample.Key.CompareTo(b.Unified.Sample.Key),
            a.Directory.Sample.Key.CompareTo(b.Directory.Sample.Key)).CompareTo((0, 0, 0)));
        for (var first = 0; first < edges.Count;)
        {
            var end = first + 1;
            while (end < edges.Count && edges[end].CompareTo(edges[first]) == 0) end++;
            Settle(edges.GetRange(first, end - first).FindAll(edge => edge.Unified.Left > 0 && edge.Directory.Left > 0));
            first = end;
        }

        ForgetHalves(edges);
        return Pairs(edges);
    }

    /// <summary>The pairs where nobody has a choice, as nearly everywhere; null where somebody has.</summary>
    private static List<TwinPair>? Plain(IReadOnlyList<TwinEvent> events)
    {
        var pairs = new List<TwinPair>();
        Span<bool> taken = stackalloc bool[MaxPlain];
        for (var i = 0; i < events.Count; i++)
        {
            if (!events[i].IsUnified) continue;
            var partner = -1;
            for (var j = 0; j < events.Count; j++)
            {
                if (events[j].IsUnified || !IsNear(events[i], events[j]) || !events[i].Fits(events[j])) continue;
                if (partner >= 0 || taken[j]) return null;
                partner = j;
            }

            if (partner < 0) continue;
            taken[partner] = true;
            pairs.Add(new(events[i].Id, events[partner].Id));
        }

        return pairs;
    }

    private static List<Block> Blocks(IReadOnlyList<TwinEvent> events) =>
        [.. events.GroupBy(twin => twin with { Id = 0, Key = 0 })
            .Select(group => new Block([.. group.OrderBy(twin => twin.Key).ThenBy(twin => twin.Id)]))];

    /// <summary>
    /// Every two blocks that fit, found through the texts that name their targets: many events of one request can have a target each.
    /// </summary>
    private static List<Edge> Edges(List<Block> blocks)
    {
        var unified = blocks.FindAll(block => block.Sample.IsUnified);
        if (unified.Count == 0 || unified.Count == blocks.Count) return [];
        var byText = new Dictionary<string, List<Block>>(StringComparer.OrdinalIgnoreCase);
        foreach (var block in blocks)
        {
            if (block.Sample.IsUnified) continue;
            foreach (var text in Texts(block))
            {
                if (!byText.TryGetValue(text, out var known)) byText.Add(text, known = []);
                known.Add(block);
            }
        }

        foreach (var known in byText.Values) known.Sort((a, b) => a.Sample.Ticks.CompareTo(b.Sample.Ticks));
        var edges = new List<Edge>();
        foreach (var block in unified)
        {
            var candidates = new HashSet<Block>();
            foreach (var text in Texts(block))
            {
                if (byText.TryGetValue(text, out var known)) AddNear(candidates, known, block);
                if (candidates.Count > MaxCandidates) break;
            }

            if (candidates.Count <= MaxCandidates) edges.AddRange(candidates.Select(directory => new Edge(block, directory)));
        }

        return edges;
    }

    private static IEnumerable<string> Texts(Block block)
    {
        var target = block.Sample.Target;
        return target.IsNone ? [block.Sample.Activity] : target.Texts.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(text => $"{block.Sample.Activity}\n{text}");
    }

    private static void AddNear(HashSet<Block> candidates, List<Block> inTimeOrder, Block block)
    {
        var (from, to) = (block.Sample.Ticks - MaxTicks - TimeSpan.TicksPerSecond, block.Sample.Ticks + MaxTicks + TimeSpan.TicksPerSecond);
        var (low, high) = (0, inTimeOrder.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (inTimeOrder[middle].Sample.Ticks < from) low = middle + 1;
            else high = middle;
        }

        for (; low < inTimeOrder.Count && inTimeOrder[low].Sample.Ticks <= to && candidates.Count <= MaxCandidates; low++)
        {
            var other = inTimeOrder[low];
            if (IsNear(block.Sample, other.Sample) && block.Sample.Fits(other.Sample)) candidates.Add(other);
        }
    }

    /// <summary>
    /// Pairs what is equally near. Of blocks that compete for one that has not enough events for all of them, none is paired, now or later.
    /// </summary>
    private static void Settle(List<Edge> level)
    {
        var asked = new Dictionary<Block, int>();
        foreach (var edge in level)
        {
            asked[edge.Unified] = asked.GetValueOrDefault(edge.Unified) + edge.Directory.Left;
            asked[edge.Directory] = asked.GetValueOrDefault(edge.Directory) + edge.Unified.Left;
        }

        var several = level.SelectMany(edge => new[] { edge.Unified, edge.Directory }).GroupBy(block => block)
            .Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        var given = new Dictionary<Edge, int>();
        var contested = new HashSet<Block>();
        foreach (var edge in level)
        {
            var (a, b) = (several.Contains(edge.Unified), several.Contains(edge.Directory));
            // One that has room for all that ask for it takes them all; else nobody can say whose it is.
            var isClear = (!a && !b) || (a && !b && asked[edge.Unified] <= edge.Unified.Left)
                || (b && !a && asked[edge.Directory] <= edge.Directory.Left);
            if (isClear) given[edge] = Math.Min(edge.Unified.Left, edge.Directory.Left);
            else contested.UnionWith([edge.Unified, edge.Directory]);
        }

        foreach (var (edge, count) in given)
        {
            edge.Count = count;
            edge.Unified.Left -= count;
            edge.Directory.Left -= count;
        }

        foreach (var block in contested) block.Left = 0;
    }

    /// <summary>Of events that nothing distinguishes and of which only some found a partner, nobody can say which: they stay alone.</summary>
    private static void ForgetHalves(List<Edge> edges)
    {
        for (var again = true; again;)
        {
            again = false;
            foreach (var group in edges.Where(edge => edge.Count > 0)
                .SelectMany(edge => new[] { (Block: edge.Unified, Edge: edge), (Block: edge.Directory, Edge: edge) })
                .GroupBy(end => end.Block, end => end.Edge).ToList())
            {
                var matched = group.Sum(edge => edge.Count);
                if (matched == 0 || matched == group.Key.Events.Count) continue;
                foreach (var edge in group) edge.Count = 0;
                again = true;
            }
        }
    }

    private static List<TwinPair> Pairs(List<Edge> edges)
    {
        var pairs = new List<TwinPair>();
        var next = new Dictionary<Block, int>();
        foreach (var edge in edges.Where(edge => edge.Count > 0))
        {
            var (unified, directory) = (next.GetValueOrDefault(edge.Unified), next.GetValueOrDefault(edge.Directory));
            for (var i = 0; i < edge.Count; i++)
                pairs.Add(new(edge.Unified.Events[unified + i].Id, edge.Directory.Events[directory + i].Id));
            next[edge.Unified] = unified + edge.Count;
            next[edge.Directory] = directory + edge.Count;
        }

        return pairs;
    }

    private static bool IsNear(in TwinEvent a, in TwinEvent b) => Seconds(a, b) * TimeSpan.TicksPerSecond <= MaxTicks;

    private static long Seconds(in TwinEvent a, in TwinEvent b) =>
        Math.Abs((a.Ticks / TimeSpan.TicksPerSecond) - (b.Ticks / TimeSpan.TicksPerSecond));

    /// <summary>Events of one log that differ in nothing that is looked at.</summary>
    private sealed class Block(List<TwinEvent> events)
    {
        public List<TwinEvent> Events => events;

        public TwinEvent Sample => events[0];

        /// <summary>How many of them have no partner yet and may have one.</summary>
        public int Left { get; set; } = events.Count;
    }

    /// <summary>Two blocks that fit, ordered by how near they are.</summary>
    private sealed class Edge(Block unified, Block directory) : IComparable<Edge>
    {
        private readonly (long Seconds, bool OtherProperties, long Ticks) distance =
            (Seconds(unified.Sample, directory.Sample), unified.Sample.PropertySet != directory.Sample.PropertySet,
                Math.Abs(unified.Sample.Ticks - directory.Sample.Ticks));

        public Block Unified => unified;

        public Block Directory => directory;

        /// <summary>How many pairs there are between them.</summary>
        public int Count { get; set; }

        public int CompareTo(Edge? other) => distance.CompareTo(other!.distance);
    }
}
