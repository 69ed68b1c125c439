using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Upkeep.Removal;

/// <summary>Which records are removed.</summary>
/// <param name="Before">Those whose event is before this time.</param>
/// <param name="Logs">Those of these logs.</param>
internal sealed record RemovalOptions(DateTimeOffset Before, IReadOnlyList<LogTable> Logs)
{
    /// <summary>The server that holds the mirror, of which the path is this machine's copy; null for a file.</summary>
    public ServerAddress? Server { get; init; }

    /// <summary>Called once when another import writes the mirror, which is waited for; null when nobody is to know.</summary>
    public Action? Waiting { get; init; }

    /// <summary>Called with what is done next; null when nobody is to know.</summary>
    public Action<string>? Doing { get; init; }

    /// <summary>For tests that stop it: called with the next step.</summary>
    internal Action<string>? Step { get; init; }

    /// <summary>For tests: how long it waits for readers; null for as long as imports do.</summary>
    internal TimeSpan? Patience { get; init; }

    /// <summary>The time in UTC ticks, within what mirrors can hold.</summary>
    public long Ticks => Math.Clamp(Before.UtcTicks, ActivityTime.MinTicks, ActivityTime.MaxTicks);
}
