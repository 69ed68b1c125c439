namespace EntraAuditTools.Core.Upkeep.Checking;

/// <summary>One kind of row that questions read.</summary>
/// <param name="Name">A name for it.</param>
/// <param name="Words">What the rows are called in sentences.</param>
/// <param name="Import">SQL for the import that a row is of; <c>NULL</c> for rows of none.</param>
/// <param name="Values">SQL for the row's values.</param>
/// <param name="From">Where they come from.</param>
internal sealed record ContentPart(string Name, string Words, string Import, string Values, string From)
{
    /// <summary>SQL for where the originals are; null for rows that have none.</summary>
    public string? Places { get; init; }

    /// <summary>The rows: the import, then the values.</summary>
    public string Sql => $"SELECT {Import}, {Values}{(Places == null ? string.Empty : $", {Places}")} FROM {From}";
}
