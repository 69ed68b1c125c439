using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>A mirror at a time: readers for parts of a question, all at the same one.</summary>
/// <param name="Mirror">The mirror.</param>
/// <param name="AsOf">The time; null for the newest.</param>
internal sealed record MirrorReaderAt(MirrorReader Mirror, DateTimeOffset? AsOf)
{
    /// <summary>A reader that keeps what it reads while it is used.</summary>
    public EntitlementReader NewReader() => new(Mirror, AsOf);
}
