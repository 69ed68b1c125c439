namespace EntraAuditTools.SampleTenant;

/// <summary>
/// A thing that happens in the tenant and the events it leaves. Every scenario is made again from its seed alone, so that the
/// log can be walked from either end, at any length, without being held in memory.
/// </summary>
internal class Scenario(string name, int weight, Action<ScenarioContext> run)
{
    /// <summary>What happens, in a few words.</summary>
    public string Name => name;

    /// <summary>How often it happens, relative to the others.</summary>
    public int Weight => weight;

    /// <summary>The events in time order. Offsets must depend on the seed only, never on the start.</summary>
    public IReadOnlyList<ScenarioStep> Run(ScenarioContext context)
    {
        run(context);
        return context.Steps;
    }
}

/// <summary>A scenario that is over within <see cref="Span"/>; its number of events is known without running it.</summary>
internal sealed class ShortScenario(string name, int weight, Func<ulong, int> count, Action<ScenarioContext> run)
    : Scenario(name, weight, run)
{
    /// <summary>No short scenario takes longer.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(2);

    public ShortScenario(string name, int weight, int count, Action<ScenarioContext> run)
        : this(name, weight, _ => count, run)
    {
    }

    /// <summary>How many events <see cref="Scenario.Run"/> gives for this seed.</summary>
    public int Count(ulong seed) => count(seed);
}

/// <summary>One event to come; made only when its turn comes, so that open scenarios cost little memory.</summary>
internal readonly record struct ScenarioStep(long Offset, Func<SampleRandom, long, AuditEvent> Make);
