using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>
/// What a record says about one entity, ready to be written. It lives much longer than the record: so it holds no more than it must.
/// </summary>
/// <param name="Kind">Kind of the entity.</param>
/// <param name="Id">Its id.</param>
/// <param name="Facts">Its facts as JSON, in the batch's bytes; empty when the record only names it.</param>
/// <param name="Digest">Hash of all facts, lists included.</param>
/// <param name="Observed">
/// When it was observed, UTC ticks: as given at import, else the record's own last date, else the file's time.
/// </param>
/// <param name="Name">Newest name; null when not given.</param>
/// <param name="UserPrincipalName">Newest UPN; null when not given.</param>
internal sealed record ObservedEntity(EntityKind Kind, string Id, ByteRange Facts, long Digest, long Observed, string? Name,
    string? UserPrincipalName)
{
    /// <summary>Of an assignment what it has columns for; null for anything else, and where an id in it is no GUID.</summary>
    public AssignmentLinks? Columns { get; init; }

    /// <summary>Entities that it names. Empty for assignments, which have columns of their own for them.</summary>
    public (string Fact, EntityKind Kind, string Id)[] Links { get; init; } = [];

    /// <inheritdoc cref="EntityObservation.Lists"/>
    public (EdgeRole Role, bool IsComplete)[] Lists { get; init; } = [];

    /// <inheritdoc cref="EntityObservation.Edges"/>
    public (EdgeRole Role, EntityKind Kind, string Id)[] Edges { get; init; } = [];

    /// <inheritdoc cref="EntityObservation.Parent"/>
    public (EdgeRole Role, EntityKind Kind, string Id)? Parent { get; init; }

    /// <inheritdoc cref="EntityObservation.Scope"/>
    public (EntityKind Kind, string Id)? Scope { get; init; }
}

/// <summary>A page or file that was declared complete, and holds nothing.</summary>
/// <param name="Kind">Of what kind its records would be.</param>
/// <param name="Scope">The entity that they would belong to; null for all of the kind.</param>
/// <param name="Parent">Whose list they would be; null for a kind's.</param>
/// <param name="Tenant">Tenant as a term; 0 when unknown.</param>
/// <param name="Seen">When it was taken, UTC ticks.</param>
/// <param name="IsAssumed">Whether that is assumed.</param>
internal sealed record EmptyExport(EntityKind Kind, (EntityKind Kind, string Id)? Scope,
    (EdgeRole Role, EntityKind Kind, string Id)? Parent, int Tenant, long Seen, bool IsAssumed);

/// <summary>A record of an entity on its way into the mirror.</summary>
/// <param name="Entities">Its entities: its own first, then those inside it.</param>
/// <param name="Seen">When the export was taken, UTC ticks: as given at import, else the file's time.</param>
/// <param name="IsAssumed">Whether the time observed is assumed.</param>
/// <param name="Tenant">Tenant as a term; 0 when unknown.</param>
/// <param name="Digest">Hash of the original's bytes.</param>
/// <param name="Original">The record.</param>
/// <param name="Shape">How it was written.</param>
internal sealed record EntityRow(IReadOnlyList<ObservedEntity> Entities, long Seen, bool IsAssumed, int Tenant, long Digest,
    ByteRange Original, RecordShape Shape)
{
    /// <summary>The <c>@odata.context</c> of its page; null when there is none.</summary>
    public string? Context { get; init; }

    /// <summary>Where the original is stored already; null for one that is new.</summary>
    public OriginalPlace? Place { get; init; }
}
