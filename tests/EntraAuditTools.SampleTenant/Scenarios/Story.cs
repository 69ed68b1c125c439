namespace EntraAuditTools.SampleTenant;

/// <summary>
/// A thing that happens in the tenant and the events it leaves. Every story is retold from its seed alone, so that the
/// log can be walked from either end, at any length, without being held in memory.
/// </summary>
internal class Story(string name, int weight, Action<StoryContext> tell)
{
    /// <summary>What happens, in a few words.</summary>
    public string Name => name;

    /// <summary>How often it happens, relative to the others.</summary>
    public int Weight => weight;

    /// <summary>The events in time order. Offsets must depend on the seed only, never on the start.</summary>
    public IReadOnlyList<StoryStep> Tell(StoryContext context)
    {
        tell(context);
        return context.Steps;
    }
}

/// <summary>A story that is over within <see cref="Span"/>; its number of events is known without telling it.</summary>
internal sealed class ShortStory(string name, int weight, Func<ulong, int> count, Action<StoryContext> tell) : Story(name, weight, tell)
{
    /// <summary>No short story takes longer.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(2);

    public ShortStory(string name, int weight, int count, Action<StoryContext> tell)
        : this(name, weight, _ => count, tell)
    {
    }

    /// <summary>How many events <see cref="Story.Tell"/> gives for this seed.</summary>
    public int Count(ulong seed) => count(seed);
}

/// <summary>One event to come; made only when its turn comes, so that open stories cost little memory.</summary>
internal readonly record struct StoryStep(long Offset, Func<SampleRandom, long, AuditEvent> Make);

/// <summary>What a story is told from.</summary>
internal sealed class StoryContext(Tenant tenant, ulong seed, long start)
{
    private readonly List<StoryStep> steps = [];

    public Tenant Tenant => tenant;

    public ulong Seed => seed;

    /// <summary>UTC ticks of the beginning.</summary>
    public long Start => start;

    /// <summary>The story's own randomness: for its facts, not for the texts of single events.</summary>
    public SampleRandom Random { get; } = new(seed);

    public IReadOnlyList<StoryStep> Steps => steps;

    /// <summary>Adds an event so long after the start; never before the one added last.</summary>
    public void Step(TimeSpan offset, Func<SampleRandom, long, AuditEvent> make) => Step(offset.Ticks, make);

    /// <inheritdoc cref="Step(TimeSpan, Func{SampleRandom, long, AuditEvent})"/>
    public void Step(long offset, Func<SampleRandom, long, AuditEvent> make)
    {
        if (steps.Count > 0 && offset < steps[^1].Offset)
            throw new InvalidOperationException("A story's events must be given in time order.");
        steps.Add(new StoryStep(offset, make));
    }

    /// <summary>So long, give or take, in ticks.</summary>
    public long About(double seconds) => (long)(seconds * (0.5 + Random.Below(1_000_000) / 1_000_000.0) * TimeSpan.TicksPerSecond);
}
