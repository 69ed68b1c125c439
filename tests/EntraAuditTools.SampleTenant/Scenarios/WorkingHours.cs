namespace EntraAuditTools.SampleTenant;

/// <summary>Spreads things over the period as people do: more by day than by night, less at weekends.</summary>
internal sealed class WorkingHours
{
    private readonly long from;
    private readonly long hourTicks;
    private readonly double[] share;

    public WorkingHours(long from, long to)
    {
        this.from = from;
        int hours = (int)Math.Clamp((to - from) / TimeSpan.TicksPerHour, 1, 1_000_000);
        hourTicks = (to - from) / hours;
        share = new double[hours + 1];
        for (int hour = 0; hour < hours; hour++)
        {
            var time = new DateTime(from + hour * hourTicks, DateTimeKind.Utc);
            double weight = time.Hour is >= 7 and < 17 ? 8 : time.Hour is >= 5 and < 20 ? 3 : 1;
            if (time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                weight *= 0.25;
            share[hour + 1] = share[hour] + weight;
        }
    }

    /// <summary>The time (UTC ticks) by which this fraction of all work is begun; rises with the fraction.</summary>
    public long At(double fraction)
    {
        double sought = fraction * share[^1];
        int hour = Array.BinarySearch(share, sought);
        hour = Math.Clamp(hour < 0 ? ~hour - 1 : hour, 0, share.Length - 2);
        double within = (sought - share[hour]) / (share[hour + 1] - share[hour]);
        return from + hour * hourTicks + (long)(within * hourTicks);
    }
}
