namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>
/// A span for which a log is complete: [from, to) in UTC ticks, and how that is known (declared, hour folder, page chain).
/// </summary>
internal readonly record struct CoveredSpan(string Kind, int Tenant, long FromTicks, long ToTicks, string Basis);
