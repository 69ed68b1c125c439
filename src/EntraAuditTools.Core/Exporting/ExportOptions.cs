using EntraAuditTools.Core.Exporting.Pseudonyms;

namespace EntraAuditTools.Core.Exporting;

/// <summary>Which originals are exported, and how.</summary>
internal sealed record ExportOptions
{
    /// <summary>The forms of a file: originals, a record a line, or the rows of one kind of record.</summary>
    public static readonly IReadOnlyList<string> Forms = ["NdJson", "Csv", "Parquet"];

    /// <summary>Its form (<see cref="Forms"/>, in any casing); null for what the file's name ends in, else NdJson.</summary>
    public string? As { get; init; }

    /// <summary>Kinds of record (<see cref="Schema.KindNames"/>); wildcards; null for all.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Tenants; wildcards; null for all.</summary>
    public IReadOnlyList<string>? Tenants { get; init; }

    /// <summary>Of logs: events at or after this time; null when open.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Of logs: events before this time; null when open.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Imports that brought them; null for all.</summary>
    public IReadOnlyList<long>? Imports { get; init; }

    /// <summary>Whether values that can hold key material are written instead of masked.</summary>
    public bool ShowSecret { get; init; }

    /// <summary>The key by which whom and what records name gets other names; null when it keeps its own.</summary>
    public PseudonymKey? Key { get; init; }

    /// <summary>Whether a file that is there may be replaced.</summary>
    public bool IsForced { get; init; }
}
