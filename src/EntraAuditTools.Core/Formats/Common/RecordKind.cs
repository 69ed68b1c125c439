using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Common;

/// <summary>What a record is about.</summary>
internal enum RecordKind
{
    /// <summary>Nothing that Entra exports.</summary>
    Unknown,

    /// <summary>An event of a log, or a part of one: the shape says which.</summary>
    Log,

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
    public bool IsOfLog => Kind == RecordKind.Log;

    /// <summary>Whether it is taken in.</summary>
    public bool IsTaken => IsOfLog || Kind is RecordKind.SynchronizationJob or RecordKind.Entitlement;

    /// <summary>Whether it may contain a record of a log, although the object itself is of no kind that is taken in.</summary>
    public bool MayHold { get; init; }

    /// <summary>A record whose shape says what it is.</summary>
    public static Recognized Of(RecordShape shape)
    {
        var record = ShapeInfo.Of(shape).Record!;
        return new(record.IsOfLog ? RecordKind.Log : RecordKind.SynchronizationJob, shape, record.Label);
    }

    /// <summary>An object of entitlement management or the directory.</summary>
    public static Recognized Of(EntityKind entity, RecordShape shape) =>
        new(RecordKind.Entitlement, shape, EntityKinds.Label(entity)) { Entity = entity };
}
