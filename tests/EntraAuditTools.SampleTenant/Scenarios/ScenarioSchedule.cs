namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Which scenarios make up the log: short ones by number, their times following from it, and a table of the long ones
/// (about one for fifty events, 32 bytes each), so that the whole has exactly as many events as asked for.
/// </summary>
internal sealed class ScenarioSchedule
{
    /// <summary>Long scenarios take at most this share of the events once the tenant is large.</summary>
    private const double LongShare = 0.15;

    /// <summary>From so many events on there is room for each long scenario once.</summary>
    private const int EveryScenario = 1000;

    /// <summary>In less room than this what the provisioning log needs would leave no room for anything else.</summary>
    private const int LeastForOrder = 100;

    private readonly Tenant tenant;
    private readonly WorkingHours hours;
    private readonly ShortScenario[] kinds = ScenarioCatalog.Short;
    private readonly int[] kindByWeight;
    private readonly ulong shortSeed;
    private readonly Dictionary<ulong, int> firstPasses = [];
    private long[] quarantines = [];

    public ScenarioSchedule(Tenant tenant)
    {
        this.tenant = tenant;
        var options = tenant.Options;
        long from = options.From.UtcTicks;
        long to = options.To.UtcTicks;
        // A period shorter than a short scenario would leave no room to begin one.
        long latest = Math.Max(from + TimeSpan.TicksPerSecond, to - ShortScenario.Span.Ticks - TimeSpan.TicksPerMinute);
        hours = new WorkingHours(from, latest);
        shortSeed = SampleRandom.Mix((ulong)options.Seed, 2);
        kindByWeight = [.. kinds.SelectMany((kind, index) => Enumerable.Repeat(index, kind.Weight))];

        long left = options.AuditRecords - PlanLong(from, to);
        long number = 0;
        int pass = Array.IndexOf(kinds, ScenarioCatalog.ProvisioningPass);
        for (; left > 0; number++)
        {
            if (firstPasses.Count < ProvisioningCases.InAuditLog.Length && Kind(number) == pass)
                firstPasses.Add(Seed(number), firstPasses.Count);
            int count = kinds[Kind(number)].Count(Seed(number));
            LastCount = (int)Math.Min(count, left);
            left -= count;
        }

        ShortScenarios = number;
    }

    /// <summary>Long scenarios by the order they begin in.</summary>
    public IReadOnlyList<LongScenario> Long { get; private set; } = [];

    /// <summary>How many short scenarios there are.</summary>
    public long ShortScenarios { get; }

    /// <summary>Events of the last short scenario that fit in.</summary>
    public int LastCount { get; }

    /// <summary>When the quarantine began that has not ended, in UTC ticks.</summary>
    public long QuarantineBegan => quarantines.Length > 0 ? quarantines[^1] : tenant.Options.To.UtcTicks - 2 * TimeSpan.TicksPerDay;

    /// <summary>Whether the job that has quarantines is in one, or within the day of failures before the last.</summary>
    public bool InQuarantine(long ticks)
    {
        if (ticks >= QuarantineBegan - TimeSpan.TicksPerDay)
            return true;
        int last = Array.BinarySearch(quarantines, ticks);
        last = last < 0 ? ~last - 1 : last;
        return last >= 0 && ticks < quarantines[last] + ProvisioningPlan.Restart.Ticks;
    }

    /// <summary>What the pass of the short scenario with this seed is: each case once, then by chance.</summary>
    public ProvisioningCase CaseOfPass(ulong seed) => firstPasses.TryGetValue(seed, out int number)
        ? ProvisioningCases.InAuditLog[number].Case
        : ProvisioningCases.InAuditLogByWeight[(int)(SampleRandom.Mix(seed, 42) >> 33) % ProvisioningCases.InAuditLogByWeight.Length];

    /// <summary>When a short scenario begins, in UTC ticks. Some services write whole seconds.</summary>
    public long Start(long number)
    {
        long start = Slot(number);
        return Seed(number) % 16 == 5 ? Math.Max(start - start % TimeSpan.TicksPerSecond, tenant.Options.From.UtcTicks) : start;
    }

    /// <summary>No short scenario from this number on begins earlier; rises with the number.</summary>
    public long Earliest(long number)
    {
        long start = Slot(number);
        return start - start % TimeSpan.TicksPerSecond;
    }

    /// <summary>No event of a short scenario up to this number is later; rises with the number.</summary>
    public long Latest(long number) => Slot(number) + ShortScenario.Span.Ticks;

    private long Slot(long number)
    {
        double jitter = (SampleRandom.Mix(shortSeed ^ 0x5EED, (ulong)number) >> 11) * (1.0 / (1UL << 53));
        return hours.At((number + jitter) / ShortScenarios);
    }

    /// <summary>The short scenarios of one kind, oldest first.</summary>
    public IEnumerable<ScenarioContext> ShortOf(ShortScenario kind)
    {
        int index = Array.IndexOf(kinds, kind);
        for (long number = 0; number < ShortScenarios; number++)
        {
            if (Kind(number) == index)
                yield return new ScenarioContext(tenant, Seed(number), Start(number));
        }
    }

    public IReadOnlyList<ScenarioStep> RunShort(long number)
    {
        ulong seed = Seed(number);
        var scenario = kinds[Kind(number)];
        var steps = scenario.Run(new ScenarioContext(tenant, seed, Start(number)));
        if (steps.Count != scenario.Count(seed) || steps[^1].Offset > ShortScenario.Span.Ticks)
            throw new InvalidOperationException($"'{scenario.Name}' broke its promise of length.");
        return number == ShortScenarios - 1 ? [.. steps.Take(LastCount)] : steps;
    }

    public IReadOnlyList<ScenarioStep> RunLong(LongScenario scenario) =>
        [.. ScenarioCatalog.Long[scenario.Kind].Run(new ScenarioContext(tenant, scenario.Seed, scenario.Start)).Take(scenario.Count)];

    public ulong Seed(long number) => SampleRandom.Mix(shortSeed, (ulong)number);

    // Each kind happens once before chance decides, so that even a small tenant has seen everything.
    private int Kind(long number) => number < kinds.Length ? (int)number * 7 % kinds.Length
        : kindByWeight[(int)(Seed(number) >> 33) % kindByWeight.Length];

    private long PlanLong(long from, long to)
    {
        var all = ScenarioCatalog.Long;
        int[] byWeight = [.. all.SelectMany((kind, index) => Enumerable.Repeat(index, kind.Weight))];
        ulong baseSeed = SampleRandom.Mix((ulong)tenant.Options.Seed, 3);
        long budget = Math.Min(tenant.Options.AuditRecords * 2 / 5,
            Math.Max((long)(tenant.Options.AuditRecords * LongShare), tenant.Options.AuditRecords < EveryScenario ? 130
                : EveryScenario * 2 / 5));
        var planned = new List<LongScenario>();
        long total = 0;
        int tooLong = 0;
        // In a period of minutes no long scenario may fit at all.
        for (int number = 0; total < budget && tooLong < 1000; number++)
        {
            ulong seed = SampleRandom.Mix(baseSeed, (ulong)number);
            int kind = number < all.Length ? budget < LeastForOrder ? number : ScenarioCatalog.LongInOrder[number]
                : byWeight[(int)(seed >> 33) % byWeight.Length];
            // Whatever the order, each kind is first made from the seed of its own place.
            if (number < all.Length)
                seed = SampleRandom.Mix(baseSeed, (ulong)kind);
            var steps = all[kind].Run(new ScenarioContext(tenant, seed, 0));
            int count = (int)Math.Min(steps.Count, budget - total);
            long span = steps[count - 1].Offset;
            if (span >= to - from)
            {
                tooLong++;
                continue;
            }

            tooLong = 0;
            double fraction = (SampleRandom.Mix(seed, 77) >> 11) * (1.0 / (1UL << 53));
            long start = hours.At(fraction);
            if (start + span >= to)
                start = from + (long)((to - from - span) * fraction);
            planned.Add(new LongScenario(kind, seed, start, start + span, count, number));
            total += count;
        }

        planned.Sort((left, right) => (left.Start, left.Number).CompareTo((right.Start, right.Number)));
        Long = planned;
        int quarantine = Array.IndexOf(all, ScenarioCatalog.Quarantine);
        quarantines = [.. planned.Where(scenario => scenario.Kind == quarantine).Select(scenario => scenario.Start)];
        return total;
    }
}

/// <summary>A scenario that may take days.</summary>
/// <param name="Kind">Index in <see cref="ScenarioCatalog.Long"/>.</param>
/// <param name="Start">UTC ticks.</param>
/// <param name="Seed">What it is made from.</param>
/// <param name="End">UTC ticks of its last event.</param>
/// <param name="Count">Events; fewer than it has when the log is full before.</param>
/// <param name="Number">Decides between events of the same tick.</param>
internal readonly record struct LongScenario(int Kind, ulong Seed, long Start, long End, int Count, int Number);
