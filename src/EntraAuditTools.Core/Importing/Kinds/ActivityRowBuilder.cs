using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>Makes rows of the mirror from audit records.</summary>
internal sealed class ActivityRowBuilder(Dimensions dimensions) : RowBuilder(dimensions)
{
    private const byte CorrelationMark = 1;
    private readonly byte[] names = new byte[64 * 1024];
    private readonly MentionReader mentions = new(dimensions);

    /// <summary>Checks a record and adds its row to a batch.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="fields">The record, read.</param>
    /// <param name="shape">How it was written.</param>
    /// <param name="original">Its own bytes.</param>
    /// <param name="read">The bytes that <paramref name="fields"/> were read from.</param>
    /// <param name="tenant">Tenant of records that don't name theirs; empty when unknown.</param>
    /// <exception cref="RecordException">It lacks what every activity has.</exception>
    public void Add(ImportBatch batch, AuditFields fields, RecordShape shape, ReadOnlySpan<byte> original, ReadOnlySpan<byte> read,
        ReadOnlySpan<byte> tenant)
    {
        CheckTime(fields);
        TrimWords(fields);
        if (fields.Activity.IsEmpty) throw new RecordException("has no activity (activityDisplayName)");

        var info = ShapeInfo.Of(shape);
        var origin = info.IsUnified ? 1 : 0;
        var row = new ActivityRow
        {
            Record = Begin(fields, shape, original, tenant, batch),
            Result = Dimensions.Term(ResultWord(fields.Get(fields.Result)), batch),
            Actor = Identity(fields, fields.Actor, batch),
            Address = Dimensions.Address(fields.Get(fields.Address), batch),
            Origin = origin,
            PropertySet = Dimensions.PropertySet(PropertyNames(fields), batch),
        };
        row.Record.Kind = Dimensions.Kind(
            LogTable.Activity,
            [
                Dimensions.Term(fields.Get(fields.Service), batch), Dimensions.Term(fields.Get(fields.Category), batch),
                Dimensions.Term(fields.Get(fields.Activity), batch), Dimensions.Term(fields.Get(fields.OperationType), batch),
            ],
            batch);
        row.Record.Fingerprint = AuditFingerprint.Of(fields, origin, keepsTargets: !info.IsOwn);
        row.Record.LinkCount = fields.Targets.Count;
        var rows = batch.Rows<ActivityRow>();
        foreach (var target in fields.Targets)
        {
            var id = Identity(fields, target, batch);
            rows.Links.Add(id);
            if (row.FirstTarget == 0) row.FirstTarget = id;
        }

        row.FirstMention = batch.Mentions.Count;
        row.MentionCount = mentions.Add(batch, fields, read);
        if (row.Address == 0) row.Address = Dimensions.Address(fields.Get(DetailAddress.Find(read, fields)), batch);
        AddIds(batch, fields, ref row);
        if (origin == 0 && EntitlementEventReader.IsWanted(fields.Get(fields.Service), fields.Get(fields.Category)))
            row.Entitlement = EntitlementEventReader.Add(batch, fields, read, row.Actor);
        row.Record.Original = batch.Add(original);
        rows.Rows.Add(row);
    }

    /// <summary>Words that recur are the same word with a blank behind it, in counts, filters and fingerprints alike.</summary>
    private static void TrimWords(AuditFields fields)
    {
        fields.Activity = fields.Trimmed(fields.Activity);
        fields.Service = fields.Trimmed(fields.Service);
        fields.Category = fields.Trimmed(fields.Category);
        fields.OperationType = fields.Trimmed(fields.OperationType);
        fields.Result = fields.Trimmed(fields.Result);
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

    private static void AddIds(ImportBatch batch, AuditFields fields, ref ActivityRow row)
    {
        var correlation = fields.Get(fields.CorrelationId);
        var id = fields.Get(fields.Id);
        row.Correlation = AddId(batch, correlation);
        if (row.Correlation.IsGuid && !correlation.ContainsAnyInRange((byte)'A', (byte)'F') && id.IndexOf(correlation) is >= 0 and var at)
        {
            // Graph's ids repeat the correlation id: it is kept once.
            Span<byte> text = id.Length <= 512 ? stackalloc byte[id.Length] : new byte[id.Length];
            id[..at].CopyTo(text);
            text[at] = CorrelationMark;
            id[(at + 36)..].CopyTo(text[(at + 1)..]);
            row.Record.RecordId = new(batch.Add(text[..(id.Length - 35)]), false);
            return;
        }

        row.Record.RecordId = new(batch.Add(id), false);
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
