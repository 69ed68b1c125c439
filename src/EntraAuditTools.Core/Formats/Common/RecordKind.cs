using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Common;

/// <summary>What a record is about.</summary>
internal enum RecordKind
{
    /// <summary>Nothing that Entra exports.</summary>
    Unknown,

    /// <summary>An event of the directory audit log or of the unified audit log's Entra part.</summary>
    AuditActivity,

    /// <summary>An entry of the provisioning log, or a part of one.</summary>
    ProvisioningLog,

    /// <summary>A synchronization job: a state.</summary>
    SynchronizationJob,

    /// <summary>An object of entitlement management or the directory, a state: <see cref="Recognized.Entity"/> says which.</summary>
    Entitlement,

    /// <summary>Recognised, but of a kind that this version does not take in.</summary>
    NotSupported,

    /// <summary>A Graph error body that was saved instead of an answer.</summary>
    GraphError,
}

/// <summary>What a record was recognised as.</summary>
/// <param name="Kind">Whether and how it is taken in.</param>
/// <param name="Shape">How it is written, for kinds that are taken in.</param>
/// <param name="Label">What to call it to people: "provisioning log", "access package"…</param>
internal readonly record struct Recognized(RecordKind Kind, RecordShape Shape, string Label)
{
    /// <summary>Which kind of object, for <see cref="RecordKind.Entitlement"/>; 0 for other kinds.</summary>
    public EntityKind Entity { get; init; }

    /// <summary>Whether it is a record of a log.</summary>
    public bool IsOfLog => Kind is RecordKind.AuditActivity or RecordKind.ProvisioningLog;

    /// <summary>Whether it is taken in.</summary>
    public bool IsTaken => IsOfLog || Kind is RecordKind.SynchronizationJob or RecordKind.Entitlement;

    /// <summary>Whether a record of a log may stand inside, although the object itself is of no kind that is taken in.</summary>
    public bool MayHold { get; init; }

    /// <summary>An object of entitlement management or the directory.</summary>
    public static Recognized Of(EntityKind entity, RecordShape shape) => new(RecordKind.Entitlement, shape, EntityKinds.Label(entity)) { Entity = entity };
}
