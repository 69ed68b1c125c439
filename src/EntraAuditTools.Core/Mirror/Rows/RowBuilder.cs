using System.Buffers.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>What making rows of the mirror has in common for every kind of record.</summary>
internal abstract class RowBuilder(Dimensions dimensions)
{
    protected Dimensions Dimensions => dimensions;

    /// <summary>Checks a record's time.</summary>
    /// <exception cref="RecordException">It has none that the mirror could hold.</exception>
    protected static void CheckTime(RecordFields fields)
    {
        if (fields.BadTime is { } time) throw TimeText.Refuse(time, fields.Dates);
        if (fields.Ticks == 0) throw new RecordException("has no time (activityDateTime)");
        if (fields.Ticks < ActivityTime.MinTicks || fields.Ticks > ActivityTime.MaxTicks)
            throw new RecordException($"its time is out of range: {new DateTime(fields.Ticks):yyyy-MM-dd}");
    }

    /// <summary>What every row has, except its kind, its id, its links and its original.</summary>
    protected RecordRow Begin(RecordFields fields, RecordShape shape, ReadOnlySpan<byte> original, ReadOnlySpan<byte> tenant,
        ImportBatch batch) => new()
    {
        Ticks = fields.Ticks,
        IdKey = fields.Id.IsEmpty ? 0 : StableHash.OfUtf8(fields.Get(fields.Id)),
        Rank = Rank(fields, shape),
        Digest = StableHash.OfUtf8(original),
        Tenant = dimensions.Tenant(fields.Tenant.IsEmpty ? tenant : fields.Get(fields.Tenant), batch),
        Shape = shape,
        Place = batch.Place,
    };

    protected int Identity(RecordFields fields, in PartyFields party, ImportBatch batch) =>
        dimensions.Identity(
            dimensions.Term(fields.Get(party.Type), batch), fields.Get(party.Id), fields.Get(party.Name),
            // An application has no UPN: its application id is kept there (ApplicationIdentity).
            fields.Get(party.UserPrincipalName.IsEmpty && ApplicationIdentity.Is(fields.Get(party.Type))
                ? party.AppId : party.UserPrincipalName), batch);

    /// <summary>Adds an id to a batch: as 16 bytes where it is a GUID, else as its text.</summary>
    public static IdRange AddId(ImportBatch batch, ReadOnlySpan<byte> id)
    {
        if (id.Length != 36 || !Utf8Parser.TryParse(id, out Guid guid, out var used) || used != 36)
            return new(id.IsEmpty ? default : batch.Add(id), false);
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        return new(batch.Add(bytes), true);
    }

    /// <summary>The shape that a rank was given to.</summary>
    public static RecordShape ShapeOf(long rank) => (RecordShape)(byte)(32 - (byte)rank);

    /// <summary>
    /// Whole shapes before lossy ones before what was cut; then by how much is filled in; then Graph's own before its wrappings.
    /// </summary>
    private static long Rank(RecordFields fields, RecordShape shape) =>
        ((fields.IsCut ? 0L : ShapeInfo.Of(shape).Completeness) << 40) | ((long)Math.Min(fields.Filled, int.MaxValue / 8) << 8)
            | (byte)(32 - (byte)shape);
}
