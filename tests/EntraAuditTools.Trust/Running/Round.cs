using System.Globalization;

namespace EntraAuditTools.Trust.Running;

/// <summary>One round of a campaign: its seed, its folder, what it counted, and what it found.</summary>
/// <param name="seed">Everything random follows from it.</param>
/// <param name="folder">Empty folder of this round; it is kept when the round fails, and deleted else.</param>
/// <param name="sharedFolder">Folder of all rounds of the campaign; deleted when the run ends.</param>
/// <param name="cancel">Ends the round early; what it found by then counts.</param>
internal sealed class Round(int seed, string folder, string sharedFolder, CancellationToken cancel)
{
    private readonly Dictionary<string, long> figures = new(StringComparer.Ordinal);
    private readonly List<string> failures = [];
    private readonly object gate = new();

    public int Seed => seed;

    public string Folder => folder;

    public string SharedFolder => sharedFolder;

    public CancellationToken Cancel => cancel;

    /// <summary>The only source of chance in a round. For one thread; others get a <c>new Random(Random.Next())</c> of their own.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>What was counted, by name, in no order.</summary>
    public IReadOnlyDictionary<string, long> Figures => figures;

    /// <summary>What is not as promised; empty when all is.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <summary>Adds to a figure, such as "kills" or "records". Any thread.</summary>
    public void Count(string figure, long more = 1)
    {
        lock (gate) figures[figure] = figures.GetValueOrDefault(figure) + more;
    }

    /// <summary>Says what is not as promised; the round goes on. Any thread.</summary>
    public void Fail(string what)
    {
        lock (gate) failures.Add(what);
    }

    /// <summary>Says that something is not as promised, unless it is.</summary>
    public void Expect(bool isAsPromised, string what)
    {
        if (!isAsPromised) Fail(what);
    }

    /// <summary>Says that a value is not the promised one, unless it is.</summary>
    public void ExpectEqual<T>(T promised, T found, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(promised, found))
            Fail(string.Create(CultureInfo.InvariantCulture, $"{what}: {found}, not {promised}"));
    }

    /// <summary>The path of a file in the round's folder.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);
}
