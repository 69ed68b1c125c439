namespace EntraAuditTools.SampleTenant;

/// <summary>What a scenario is made from.</summary>
internal sealed class ScenarioContext(Tenant tenant, ulong seed, long start)
{
    private readonly List<ScenarioStep> steps = [];

    public Tenant Tenant => tenant;

    public ulong Seed => seed;

    /// <summary>UTC ticks of the beginning.</summary>
    public long Start => start;

    /// <summary>The scenario's own randomness: for its facts, not for the texts of single events.</summary>
    public SampleRandom Random { get; } = new(seed);

    public IReadOnlyList<ScenarioStep> Steps => steps;

    /// <summary>Adds an event so long after the start; never before the one added last.</summary>
    public void Step(TimeSpan offset, Func<SampleRandom, long, AuditEvent> make) => Step(offset.Ticks, make);

    /// <inheritdoc cref="Step(TimeSpan, Func{SampleRandom, long, AuditEvent})"/>
    public void Step(long offset, Func<SampleRandom, long, AuditEvent> make)
    {
        if (steps.Count > 0 && offset < steps[^1].Offset)
            throw new InvalidOperationException("A scenario's events must be given in time order.");
        steps.Add(new ScenarioStep(offset, make));
    }

    /// <summary>So long, give or take, in ticks.</summary>
    public long About(double seconds) => (long)(seconds * (0.5 + Random.Below(1_000_000) / 1_000_000.0) * TimeSpan.TicksPerSecond);
}
