using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Values;

/// <summary>Values of a filter, to be checked against what the mirror holds.</summary>
/// <param name="What">What they are, in the words of a sentence: "service", "access package".</param>
/// <param name="Column">Where to find them.</param>
/// <param name="Texts">The values as given; those with wildcards are not checked. Null when the filter was not given.</param>
internal sealed record AskedValue(string What, ValueColumn Column, IReadOnlyList<string>? Texts);
