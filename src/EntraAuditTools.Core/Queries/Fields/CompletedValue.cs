namespace EntraAuditTools.Core.Queries.Fields;

/// <summary>A value that completes what was typed.</summary>
/// <param name="Text">The value.</param>
/// <param name="Count">How often the mirror holds it; null when that is not known.</param>
/// <param name="Tip">What else there is to say of it; null for nothing.</param>
internal sealed record CompletedValue(string Text, long? Count = null, string? Tip = null);
