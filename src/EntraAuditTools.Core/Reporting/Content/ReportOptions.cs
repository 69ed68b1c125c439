namespace EntraAuditTools.Core.Reporting.Content;

/// <summary>What a report is about.</summary>
internal sealed record ReportOptions
{
    /// <summary>The forms of a report: a page, or a workbook.</summary>
    public static readonly IReadOnlyList<string> Forms = ["Html", "Xlsx"];

    /// <summary>Its form; null for what the file's name ends in, else a page.</summary>
    public string? As { get; init; }

    /// <summary>Its heading; null for the usual one.</summary>
    public string? Title { get; init; }

    /// <summary>Events at or after this time; null for all that the mirror holds.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Events before this time; null for now.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>A section says what is new since this time; null for none.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Tenants by id; null for all.</summary>
    public IReadOnlyList<string>? Tenants { get; init; }

    /// <summary>Whether a file that is there is replaced.</summary>
    public bool IsForced { get; init; }

    /// <summary>Access packages, assignments and requests as they were at this time; null for the newest that the mirror holds.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The present.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UtcNow;
}
