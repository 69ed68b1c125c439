namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>Results of the records that were written.</summary>
internal sealed class WriteCounts
{
    /// <inheritdoc cref="ImportResult.Added"/>
    public long Added { get; set; }

    /// <inheritdoc cref="ImportResult.Updated"/>
    public long Updated { get; set; }

    /// <inheritdoc cref="ImportResult.Unchanged"/>
    public long Unchanged { get; set; }

    /// <inheritdoc cref="ImportResult.Conflicts"/>
    public long Conflicts { get; set; }
}
