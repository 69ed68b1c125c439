namespace EntraAuditTools;

/// <summary>An activity that Entra can log, from the built-in catalog, and how often the mirror has it.</summary>
public sealed class AuditActivityType
{
    /// <summary>Service that logs it, as the catalog names it.</summary>
    public string Service { get; init; } = string.Empty;

    /// <summary>Category.</summary>
    public string Category { get; init; } = string.Empty;

    /// <summary>Name of the activity.</summary>
    public string Activity { get; init; } = string.Empty;

    /// <summary>What it means, in one line; null where the catalog has no description.</summary>
    public string? Description { get; init; }

    /// <summary>True when the built-in catalog lists it; false for activities known only from the mirror.</summary>
    public bool Listed { get; init; }

    /// <summary>How many the mirror holds; null when no mirror was read.</summary>
    public long? Count { get; init; }

    /// <summary>The earliest in the mirror, UTC; null when none was seen.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>The latest in the mirror, UTC; null when none was seen.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>The activity's name.</summary>
    public override string ToString() => Activity;
}
