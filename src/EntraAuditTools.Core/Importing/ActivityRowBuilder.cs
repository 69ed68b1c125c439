using System.Buffers.Text;
using System.Text;
using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Mirror.Writing;

namespace EntraAuditTools.Core.Importing;

/// <summary>Makes rows of the mirror from audit records.</summary>
internal sealed class ActivityRowBuilder(Dimensions dimensions)
{
    private const byte CorrelationMark = 1;
    private readonly byte[] names = new byte[64 * 1024];

    /// <summary>Checks a record and adds its row to a batch.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="fields">The record, read.</param>
    /// <param name="shape">How it was written.</param>
    /// <param name="original">Its own bytes.</param>
    /// <param name="tenant">Tenant of records that don't tell theirs; empty when unknown.</param>
    /// <exception cref="RecordException">It lacks what every activity has.</exception>
    public void Add(ImportBatch batch, AuditFields fields, RecordShape shape, ReadOnlySpan<byte> original, ReadOnlySpan<byte> tenant)
    {
        if (fields.BadTime is { } time) throw new RecordException($"its time is in no known spelling: \"{Sources.ContentDescription.Shorten(time)}\"");
        if (fields.Ticks == 0) throw new RecordException("has no time (activityDateTime)");
        if (fields.Ticks < ActivityTime.MinTicks || fields.Ticks > ActivityTime.MaxTicks) throw new RecordException($"its time is out of range: {new DateTime(fields.Ticks):yyyy-MM-dd}");
        if (fields.Activity.IsEmpty) throw new RecordException("has no activity (activityDisplayName)");

        var origin = shape is RecordShape.UnifiedAuditData or RecordShape.UnifiedAuditRow or RecordShape.UnifiedAuditGraph ? 1 : 0;
        var activity = dimensions.Term(fields.Get(fields.Activity), batch);
        var row = new ActivityRow
        {
            Ticks = fields.Ticks,
            IdKey = fields.Id.IsEmpty ? 0 : StableHash.OfUtf8(fields.Get(fields.Id)),
            Fingerprint = AuditFingerprint.Of(fields, origin),
            Rank = Rank(fields, shape),
            Digest = StableHash.OfUtf8(original),
            Kind = dimensions.Kind(dimensions.Term(fields.Get(fields.Service), batch), dimensions.Term(fields.Get(fields.Category), batch), activity, dimensions.Term(fields.Get(fields.OperationType), batch), batch),
            ActivityTerm = activity,
            Result = dimensions.Term(ResultWord(fields.Get(fields.Result)), batch),
            Actor = Identity(fields, fields.Actor, batch),
            Address = dimensions.Address(fields.Get(fields.Address), batch),
            Tenant = dimensions.Term(fields.Tenant.IsEmpty ? tenant : fields.Get(fields.Tenant), batch),
            Origin = origin,
            PropertySet = dimensions.PropertySet(PropertyNames(fields), batch),
            TargetCount = fields.Targets.Count,
            Shape = shape,
        };
        foreach (var target in fields.Targets)
        {
            var id = Identity(fields, target, batch);
            batch.Targets.Add(id);
            if (row.FirstTarget == 0) row.FirstTarget = id;
        }

        AddIds(batch, fields, ref row);
        row.Original = batch.Add(original);
        batch.Activities.Add(row);
    }

    /// <summary>Whole shapes before the lossy CSV before what was cut; then by how much is filled in; then Graph's own before its wrappings.</summary>
    private static long Rank(AuditFields fields, RecordShape shape)
    {
        var wholeness = fields.IsCut ? 0 : shape == RecordShape.PortalAuditRow ? 1 : 2;
        return ((long)wholeness << 40) | ((long)Math.Min(fields.Filled, int.MaxValue / 8) << 8) | (long)(byte)(16 - (byte)shape);
    }

    private static ReadOnlySpan<byte> ResultWord(ReadOnlySpan<byte> result)
    {
        // The portal writes Success and Failure where Graph writes success and failure: one word in the mirror.
        foreach (var word in (ReadOnlySpan<byte[]>)[Success, Failure, Timeout])
        {
            if (Utf8.Is(result, word)) return word;
        }

        return result;
    }

    private static readonly byte[] Success = [.. "success"u8];
    private static readonly byte[] Failure = [.. "failure"u8];
    private static readonly byte[] Timeout = [.. "timeout"u8];

    private int Identity(AuditFields fields, in PartyFields party, ImportBatch batch) =>
        dimensions.Identity(dimensions.Term(fields.Get(party.Type), batch), fields.Get(party.Id), fields.Get(party.Name), fields.Get(party.UserPrincipalName), batch);

    private static void AddIds(ImportBatch batch, AuditFields fields, ref ActivityRow row)
    {
        var correlation = fields.Get(fields.CorrelationId);
        var id = fields.Get(fields.Id);
        if (correlation.Length == 36 && Utf8Parser.TryParse(correlation, out Guid guid, out var used) && used == 36)
        {
            Span<byte> bytes = stackalloc byte[16];
            guid.TryWriteBytes(bytes, bigEndian: true, out _);
            row.Correlation = batch.Add(bytes);
            row.CorrelationIsGuid = true;
            var at = correlation.ContainsAnyInRange((byte)'A', (byte)'F') ? -1 : id.IndexOf(correlation);
            if (at >= 0)
            {
                // Graph's ids repeat the correlation id: it is kept once.
                Span<byte> text = id.Length <= 512 ? stackalloc byte[id.Length] : new byte[id.Length];
                id[..at].CopyTo(text);
                text[at] = CorrelationMark;
                id[(at + 36)..].CopyTo(text[(at + 1)..]);
                row.RecordId = batch.Add(text[..(id.Length - 35)]);
                return;
            }
        }
        else if (!correlation.IsEmpty)
        {
            row.Correlation = batch.Add(correlation);
        }

        row.RecordId = batch.Add(id);
    }

    /// <summary>The names of modified properties, each once, sorted, with line feeds between.</summary>
    private ReadOnlySpan<byte> PropertyNames(AuditFields fields)
    {
        var ranges = fields.PropertyNames;
        if (ranges.Count == 0) return default;
        if (ranges.Count > 1) ranges.Sort((a, b) => fields.Get(a).SequenceCompareTo(fields.Get(b)));
        var length = 0;
        ReadOnlySpan<byte> last = default;
        foreach (var range in ranges)
        {
            var name = fields.Get(range);
            if (name.SequenceEqual(last) || length + name.Length + 1 > names.Length) continue;
            if (length > 0) names[length++] = (byte)'\n';
            name.CopyTo(names.AsSpan(length));
            length += name.Length;
            last = name;
        }

        return names.AsSpan(0, length);
    }
}
