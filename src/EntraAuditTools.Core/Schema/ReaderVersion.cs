namespace EntraAuditTools.Core.Schema;

/// <summary>
/// Which readers derived the mirror's columns. It is recorded with imports: a mirror that older readers filled answers as they understood
/// its records until everything is derived anew from the originals.
/// </summary>
internal static class ReaderVersion
{
    /// <summary>
    /// Raised by one by every change of what is derived from a record: actors, targets, times, tenants, kinds, links, facts, addresses,
    /// results, or whether it is taken in at all. Changes that are released together may share one. Imports made before schema 3 count as
    /// 0.
    /// </summary>
    public const int Current = 6;
}
