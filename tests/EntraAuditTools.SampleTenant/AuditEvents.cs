namespace EntraAuditTools.SampleTenant;

/// <summary>The audit log of a tenant as a stream.</summary>
public static class AuditEvents
{
    /// <summary>
    /// Every event in time order, made one at a time. Newest first is exactly the reverse of oldest first; both are
    /// streamed, with only the scenarios in progress held.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="newestFirst">The order of Graph, the portal and diagnostic queries; false for the order of writing.</param>
    public static IEnumerable<AuditEvent> Enumerate(Tenant tenant, bool newestFirst = true)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return Walk(tenant.Plan, newestFirst ? -1 : 1);
    }

    private static IEnumerable<AuditEvent> Walk(ScenarioSchedule plan, int direction)
    {
        var open = new PriorityQueue<Running, Position>();
        IReadOnlyList<LongScenario> longScenarios = direction > 0 ? plan.Long
            : [.. plan.Long.OrderByDescending(scenario => scenario.End).ThenByDescending(scenario => scenario.Number)];
        long nextShort = direction > 0 ? 0 : plan.ShortScenarios - 1;
        int nextLong = 0;
        long shortBound = Bound(plan, nextShort, direction);

        while (true)
        {
            // Whatever could come before the first of the open events has to be opened first.
            long longBound = nextLong == longScenarios.Count ? long.MaxValue : direction > 0 ? longScenarios[nextLong].Start
                : -longScenarios[nextLong].End;
            long first = open.TryPeek(out _, out var position) ? position.Time : long.MaxValue;
            if (shortBound != long.MaxValue && shortBound <= Math.Min(first, longBound))
            {
                Open(open, plan.RunShort(nextShort), plan.Start(nextShort), plan.Seed(nextShort), nextShort, direction);
                nextShort += direction;
                shortBound = Bound(plan, nextShort, direction);
            }
            else if (longBound != long.MaxValue && longBound <= first)
            {
                var scenario = longScenarios[nextLong++];
                Open(open, plan.RunLong(scenario), scenario.Start, scenario.Seed, (1L << 40) + scenario.Number, direction);
            }
            else if (open.TryDequeue(out var running, out position))
            {
                var step = running.Steps[running.Index];
                yield return step.Make(new SampleRandom(SampleRandom.Mix(running.Seed, (ulong)running.Index)), running.Start + step.Offset);
                int following = running.Index + direction;
                if (following >= 0 && following < running.Steps.Count)
                    Enqueue(open, running with { Index = following }, direction);
            }
            else
            {
                yield break;
            }
        }
    }

    private static long Bound(ScenarioSchedule plan, long number, int direction) =>
        number < 0 || number >= plan.ShortScenarios ? long.MaxValue : direction > 0 ? plan.Earliest(number) : -plan.Latest(number);

    private static void Open(PriorityQueue<Running, Position> open, IReadOnlyList<ScenarioStep> steps, long start, ulong seed, long order,
        int direction) =>
        Enqueue(open, new Running(steps, start, seed, order, direction > 0 ? 0 : steps.Count - 1), direction);

    private static void Enqueue(PriorityQueue<Running, Position> open, Running running, int direction) =>
        open.Enqueue(running, new Position(direction * (running.Start + running.Steps[running.Index].Offset), direction * running.Order));

    private readonly record struct Running(IReadOnlyList<ScenarioStep> Steps, long Start, ulong Seed, long Order, int Index);

    private readonly record struct Position(long Time, long Order) : IComparable<Position>
    {
        public int CompareTo(Position other)
        {
            int byTime = Time.CompareTo(other.Time);
            return byTime != 0 ? byTime : Order.CompareTo(other.Order);
        }
    }
}
