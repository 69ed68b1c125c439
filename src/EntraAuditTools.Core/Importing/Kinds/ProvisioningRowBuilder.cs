using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>Makes rows of the mirror from entries of the provisioning log.</summary>
internal sealed class ProvisioningRowBuilder(Dimensions dimensions) : RowBuilder(dimensions)
{
    /// <summary>Checks an entry and adds its row to a batch.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="fields">The entry, read.</param>
    /// <param name="shape">How it was written.</param>
    /// <param name="original">Its own bytes.</param>
    /// <param name="tenant">Tenant of entries that don't name theirs; empty when unknown.</param>
    /// <exception cref="RecordException">It lacks what every entry has.</exception>
    public void Add(ImportBatch batch, ProvisioningFields fields, RecordShape shape, ReadOnlySpan<byte> original, ReadOnlySpan<byte> tenant)
    {
        CheckTime(fields);
        if (fields.Action.IsEmpty && fields.Status.IsEmpty && fields.ChangeId.IsEmpty && fields.Id.IsEmpty)
            throw new RecordException("has no action, status, change id or id");
        Complete(fields);
        var action = ProvisioningWords.Known(ProvisioningWords.Actions, fields.Get(fields.Action));
        var status = StatusWord(fields.Get(fields.Status));
        var row = new ProvisioningRow
        {
            Record = Begin(fields, shape, original, tenant, batch),
            Source = Identity(fields, fields.Source, batch),
            Target = Identity(fields, fields.Target, batch),
            Initiator = Identity(fields, fields.Initiator, batch),
            Duration = fields.Duration,
        };
        ref var record = ref row.Record;
        record.Kind = Dimensions.Kind(
            LogTable.Provisioning,
            [
                Dimensions.Term(action, batch),
                Dimensions.Term(status, batch),
                Identity(fields, fields.Application, batch),
                Dimensions.Term(fields.Get(fields.JobId), batch),
                Dimensions.Term(fields.Get(fields.SourceSystem), batch),
                Dimensions.Term(fields.Get(fields.TargetSystem), batch),
                Dimensions.Term(fields.Get(fields.Source.Type.IsEmpty ? fields.Target.Type : fields.Source.Type), batch),
                Dimensions.Term(fields.Get(fields.ErrorCode), batch),
                Dimensions.Term(ProvisioningWords.Known(ProvisioningWords.ErrorCategories, fields.Get(fields.ErrorCategory)), batch),
                Dimensions.Term(fields.Get(fields.SkipReason), batch),
                fields.IsOutOfScope ? 1 : 0,
            ],
            batch);
        record.Fingerprint = FingerprintOf(fields, action, status);
        var rows = batch.Rows<ProvisioningRow>();
        rows.Links.Add(row.Source);
        rows.Links.Add(row.Target);
        record.LinkCount = 2;
        record.RecordId = AddId(batch, fields.Get(fields.Id));
        row.Cycle = AddId(batch, fields.Get(fields.CycleId));
        row.Change = AddId(batch, fields.Get(fields.ChangeId));
        record.Original = batch.Add(original);
        rows.Rows.Add(row);
    }

    /// <summary>What the entry leaves out and its steps contain.</summary>
    private static void Complete(ProvisioningFields fields)
    {
        if (!fields.Application.Id.IsEmpty || !fields.Application.Name.IsEmpty) fields.Application.Type = fields.Add("ServicePrincipal"u8);
        if (fields.Source.UserPrincipalName.IsEmpty) fields.Source.UserPrincipalName = fields.Imported.UserPrincipalName;
        if (fields.Source.Name.IsEmpty && fields.Target.Name.IsEmpty) fields.Source.Name = fields.Imported.Name;
        // A type alone is nobody.
        if (fields.Source.Id.IsEmpty && fields.Source.Name.IsEmpty && fields.Source.UserPrincipalName.IsEmpty)
            fields.Source = new() { Type = fields.Source.Type };
    }

    /// <summary>All shapes of one entry share its change; action, status and error come in one word or another, or not at all.</summary>
    private static long FingerprintOf(ProvisioningFields fields, ReadOnlySpan<byte> action, ReadOnlySpan<byte> status)
    {
        var hash = Fingerprint.Hash(fields.Get(fields.ChangeId), 21);
        if (fields.ChangeId.IsEmpty)
        {
            hash = StableHash.Combine(hash, Fingerprint.Hash(fields.Get(fields.JobId), 22));
            hash = StableHash.Combine(hash,
                Fingerprint.Hash(fields.Get(fields.Source.Id.IsEmpty ? fields.Source.Name : fields.Source.Id), 23));
        }

        return Fingerprint.Of(hash, Fingerprint.Part(action, 24), Fingerprint.Part(status, 25),
            Fingerprint.Part(fields.Get(fields.JobId), 26));
    }

    private static ReadOnlySpan<byte> StatusWord(ReadOnlySpan<byte> text)
    {
        var known = ProvisioningWords.Known(ProvisioningWords.Results, text);
        if (known != text) return known;
        // The portal's own words.
        if (Utf8.Is(text, "succeeded"u8)) return ProvisioningWords.Results[0];
        if (Utf8.Is(text, "failed"u8)) return ProvisioningWords.Results[1];
        return text;
    }
}
