using System.Text.Json;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>
/// What an import's row remembers of how it was made (<c>import.options</c>), so that it can be made again: names in stored tables never
/// change.
/// </summary>
internal sealed record RememberedOptions
{
    public string? Tenant { get; init; }

    public string? Application { get; init; }

    public string? AccessPackage { get; init; }

    public string? Group { get; init; }

    public bool Complete { get; init; }

    public DateTimeOffset? ObservedAt { get; init; }

    public DateTimeOffset? CoversFrom { get; init; }

    public DateTimeOffset? CoversTo { get; init; }

    public IReadOnlyDictionary<string, string>? ColumnMap { get; init; }

    public string? DateFormat { get; init; }

    /// <summary>
    /// Who made it. It stands here and not in a column of its own: no mirror needs other tables for it, and the chain, which covers the
    /// options, covers it as soon as the import is linked.
    /// </summary>
    public string? ImportedBy { get; init; }

    public static RememberedOptions Of(ImportOptions options) => new()
    {
        Tenant = options.Tenant,
        Application = options.Application,
        AccessPackage = options.AccessPackage,
        Group = options.Group,
        Complete = options.Complete,
        ObservedAt = options.ObservedAt,
        CoversFrom = options.CoversFrom,
        CoversTo = options.CoversTo,
        ColumnMap = options.ColumnMap,
        DateFormat = options.DateFormat,
        ImportedBy = options.ImportedBy,
    };

    /// <summary>Of a row, which may have more than these.</summary>
    public static RememberedOptions Read(string json) => JsonSerializer.Deserialize<RememberedOptions>(json) ?? new();

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Options that read the same originals in the same way; whether they were complete is not declared again.</summary>
    /// <param name="mirror">The mirror that they are read into.</param>
    /// <param name="dateFormat">How dates are written where it does not say; null to decide by their own evidence.</param>
    public ImportOptions ToOptions(string mirror, string? dateFormat) => new()
    {
        MirrorPath = mirror,
        Tenant = Tenant,
        Application = Application,
        AccessPackage = AccessPackage,
        Group = Group,
        ObservedAt = ObservedAt,
        CoversFrom = CoversFrom,
        CoversTo = CoversTo,
        ColumnMap = ColumnMap,
        DateFormat = DateFormat ?? dateFormat,
    };
}
