namespace EntraAuditTools.Core.Schema;

/// <summary>
/// Which readers derived what the mirror's columns hold. Imports are recorded with it: a mirror that older readers filled answers as they
/// understood its records until everything is derived anew from the originals.
/// </summary>
internal static class ReaderVersion
{
    /// <summary>
    /// Raised by one by every change of what is derived from a record: actors, targets, times, tenants, kinds, links, facts, addresses,
    /// results, or whether it is taken in at all. Changes that are released together may share one. Imports of before schema 3 count as 0.
    /// </summary>
    public const int Current = 4;
}
