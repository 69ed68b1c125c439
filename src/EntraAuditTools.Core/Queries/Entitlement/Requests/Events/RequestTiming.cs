namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>
/// How far apart in time events of one request can lie. Nothing documents it: these are the assumptions that docs/request-matching.md
/// states, with what they are worth.
/// </summary>
internal static class RequestTiming
{
    /// <summary>Services log what belongs together within so many ticks, in no certain order; and one decision twice.</summary>
    public const long LogDelay = 10 * TimeSpan.TicksPerMinute;

    /// <summary>The directory is written to while a request is worked on, or so many ticks around that.</summary>
    public const long DirectoryDelay = TimeSpan.TicksPerHour;

    /// <summary>The service takes access away at most so many ticks from its planned end.</summary>
    public const long EndDelay = TimeSpan.TicksPerHour;

    /// <summary>A request that lacks its beginning takes in what came at most so many ticks before its first event.</summary>
    public const long MostBefore = 30 * TimeSpan.TicksPerDay;

    /// <summary>A request that lacks its end takes in what came at most so many ticks after its last event.</summary>
    public const long MostAfter = 200 * TimeSpan.TicksPerDay;
}
