namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>Something that a chain does not prove, or disproves.</summary>
/// <param name="IsFault">Whether it is a change or damage; else something that is not covered yet, or was removed as recorded.</param>
/// <param name="What">What is wrong, as a sentence.</param>
/// <param name="Import">The import that it concerns; null for none.</param>
internal readonly record struct ChainFinding(bool IsFault, string What, long? Import = null);
