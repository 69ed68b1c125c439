namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Which entries make up the provisioning log: those that the audit log has too and those that take several tries stand in a
/// table; the rest are single ones by number, their times following from it, so that the whole has exactly as many as asked for.
/// </summary>
internal sealed class ProvisioningPlan
{
    /// <summary>When, after a quarantine began, the administrator restarts the job.</summary>
    public static readonly TimeSpan Restart = TimeSpan.FromDays(2) + TimeSpan.FromMinutes(3);

    /// <summary>One episode with retries, and one with a shared change id, for so many entries.</summary>
    private const int EntriesForAnEpisode = 60;

    private readonly Tenant tenant;
    private readonly WorkingHours hours;
    private readonly ulong singleSeed;
    private readonly ProvisioningMoment[] planned;

    public ProvisioningPlan(Tenant tenant)
    {
        this.tenant = tenant;
        var options = tenant.Options;
        long from = options.From.UtcTicks;
        long to = options.To.UtcTicks;
        hours = new WorkingHours(from, Math.Max(from + 1, to - TimeSpan.TicksPerMinute));
        singleSeed = SampleRandom.Mix((ulong)options.Seed, 6);
        long count = options.ProvisioningCount;
        var all = new List<ProvisioningMoment>();
        foreach (var scenario in tenant.Plan.ShortOf(ScenarioCatalog.ProvisioningPass))
        {
            var moment = ProvisioningScenarios.MomentOf(scenario);
            if (moment.Case != ProvisioningCase.RolesImported)
                all.Add(moment);
        }

        int escrow = Array.IndexOf(ScenarioCatalog.Long, ScenarioCatalog.Escrow);
        foreach (var scenario in tenant.Plan.Long.Where(scenario => scenario.Kind == escrow))
            all.AddRange(ProvisioningScenarios.MomentsOfEscrow(scenario.Seed, scenario.Start, inAuditLog: true)
                .Take(ProvisioningScenarios.EntriesOfEscrow(scenario.Count)));
        all.AddRange(QuarantineFailures(Math.Min(10, count / 12)));
        all.AddRange(Episodes(count / EntriesForAnEpisode));
        all.RemoveAll(moment => moment.Ticks < from || moment.Ticks >= to);
        all.Sort(Order);
        // The log keeps what is newest.
        planned = [.. all.Skip((int)Math.Max(0, all.Count - count))];
        Singles = count - planned.Length;
    }

    /// <summary>Entries that are not in the table.</summary>
    private long Singles { get; }

    /// <summary>Every moment, oldest or newest first; one order is the reverse of the other.</summary>
    public IEnumerable<ProvisioningMoment> Moments(bool newestFirst)
    {
        int step = newestFirst ? -1 : 1;
        long single = newestFirst ? Singles - 1 : 0;
        int next = newestFirst ? planned.Length - 1 : 0;
        while (single >= 0 && single < Singles || next >= 0 && next < planned.Length)
        {
            bool takePlanned = single < 0 || single >= Singles;
            if (!takePlanned && next >= 0 && next < planned.Length)
            {
                long time = At(single);
                takePlanned = newestFirst ? planned[next].Ticks > time : planned[next].Ticks <= time;
            }

            if (takePlanned)
            {
                yield return planned[next];
                next += step;
            }
            else
            {
                yield return Single(single);
                single += step;
            }
        }
    }

    private static int Order(ProvisioningMoment left, ProvisioningMoment right) =>
        (left.Ticks, left.Seed, left.Attempt).CompareTo((right.Ticks, right.Seed, right.Attempt));

    private ProvisioningMoment Single(long number)
    {
        ulong seed = SampleRandom.Mix(singleSeed, (ulong)number);
        var first = ProvisioningCases.Single;
        // Each case once before chance decides; eleven steps at a time, so that they are spread over the log of a small tenant.
        var what = number < first.Length ? first[(int)number * 11 % first.Length].Case
            : ProvisioningCases.SingleByWeight[(int)(seed >> 33) % ProvisioningCases.SingleByWeight.Length];
        long time = At(number);
        return new ProvisioningMoment(what, seed, time, time);
    }

    // Rises with the number.
    private long At(long number)
    {
        double jitter = (SampleRandom.Mix(singleSeed ^ 0x5EED, (ulong)number) >> 11) * (1.0 / (1UL << 53));
        return hours.At((number + jitter) / Singles);
    }

    // Before the quarantine everything fails for a day; after the restart the first two tries fail again.
    private IEnumerable<ProvisioningMoment> QuarantineFailures(long count)
    {
        ulong seed = SampleRandom.Mix((ulong)tenant.Options.Seed, 7);
        long began = tenant.Plan.QuarantineBegan;
        for (long number = 0; number < count; number++)
        {
            bool after = count > 2 && number >= count - 2;
            long time = after
                ? began + Restart.Ticks + (number - count + 3) * 7 * TimeSpan.TicksPerMinute
                : began - (count - number) * 97 * TimeSpan.TicksPerMinute;
            yield return new ProvisioningMoment(ProvisioningCase.QuarantineFailure, SampleRandom.Mix(seed, (ulong)number), time, time);
        }
    }

    private IEnumerable<ProvisioningMoment> Episodes(long count)
    {
        ulong baseSeed = SampleRandom.Mix((ulong)tenant.Options.Seed, 8);
        for (long number = 0; number < count; number++)
        {
            ulong seed = SampleRandom.Mix(baseSeed, (ulong)number);
            long start = hours.At((SampleRandom.Mix(seed, 77) >> 11) * (1.0 / (1UL << 53)));
            foreach (var moment in ProvisioningScenarios.MomentsOfEscrow(seed, start, inAuditLog: false, recovers: number % 2 == 1))
                yield return moment;
            ulong other = SampleRandom.Mix(seed, 78);
            long time = hours.At((SampleRandom.Mix(other, 77) >> 11) * (1.0 / (1UL << 53)));
            yield return new ProvisioningMoment(ProvisioningCase.SharedChange, other, time, time, 0, 2);
            yield return new ProvisioningMoment(ProvisioningCase.SharedChange, other, time, time + 3 * TimeSpan.TicksPerSecond, 1, 2);
        }
    }
}
