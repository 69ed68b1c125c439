using System.Globalization;

namespace EntraAuditTools.SampleTenant;

/// <summary>The audit log as a careless collection of downloads: in no order, some events twice, in several files.</summary>
public static class ScatteredPages
{
    /// <summary>
    /// Writes Graph v1.0 pages, each a file of its own without a next link, and returns their paths in the order to import them. The
    /// same arguments give the same files. All events are held in memory.
    /// </summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="events">Every one is in at least one file.</param>
    /// <param name="seed">The order of events and files, and what is there twice.</param>
    /// <param name="files">How many files; some may have no event when there are few.</param>
    /// <param name="twicePercent">So many of a hundred events are in two places, sometimes in one file.</param>
    public static IReadOnlyList<string> Write(string folder, IEnumerable<AuditEvent> events, int seed, int files = 4, int twicePercent = 10)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfLessThan(files, 1);
        Directory.CreateDirectory(folder);
        var random = new SampleRandom(SampleRandom.Mix((ulong)seed, 91));
        var pages = Enumerable.Range(0, files).Select(_ => new List<AuditEvent>()).ToArray();
        var all = new List<AuditEvent>();
        foreach (var audit in events)
        {
            all.Add(audit);
            if (random.Chance(twicePercent))
                all.Add(audit);
        }

        Shuffle(all, random);
        foreach (var audit in all)
            random.Pick(pages).Add(audit);
        var paths = new List<string>();
        for (int page = 0; page < files; page++)
        {
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"scattered-{page + 1:000}.json"));
            using var stream = File.Create(path);
            GraphPages.WriteOne(stream, pages[page]);
            paths.Add(path);
        }

        Shuffle(paths, random);
        return paths;
    }

    private static void Shuffle<T>(List<T> list, SampleRandom random)
    {
        for (int last = list.Count - 1; last > 0; last--)
        {
            int other = random.Below(last + 1);
            (list[last], list[other]) = (list[other], list[last]);
        }
    }
}
