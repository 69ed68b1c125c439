namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>
/// A record that a trail is made of. Where it belongs follows from its row alone: steps of an entry stand in its original, which is read
/// when its pass is shown. An object has thousands of entries, of which most are asked for by nobody who looks at the first page.
/// </summary>
internal sealed class TrailRecord
{
    private readonly TrailEvent? audited;
    private readonly ProvisioningLogEntry? entry;

    /// <summary>A record of the audit log.</summary>
    public TrailRecord(TrailEvent audited)
    {
        this.audited = audited;
        (Time, Pass, RecordId, IdentityTexts) = (audited.Time, audited.Pass, audited.RecordId, audited.IdentityTexts);
    }

    /// <summary>An entry of the provisioning log.</summary>
    public TrailRecord(ProvisioningLogEntry entry)
    {
        this.entry = entry;
        (Time, Pass, RecordId, IdentityTexts) = (entry.Time, entry.ChangeId, entry.Id, TrailEvent.IdentityTextsOf(entry));
    }

    /// <summary>When it was logged.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The id of its pass; null when it has none.</summary>
    public string? Pass { get; }

    /// <summary>The record's own id; null when it has none.</summary>
    public string? RecordId { get; }

    /// <summary>Names and ids of the object.</summary>
    public List<string> IdentityTexts { get; }

    /// <summary>Whether it is of the audit log.</summary>
    public bool IsFromAudit => audited != null;

    /// <summary>What distinguishes it from every other record.</summary>
    public (DateTimeOffset Time, string? RecordId, string? Pass, string? What, string? Detail, bool IsFromAudit) Key =>
        (Time, RecordId, Pass, audited?.Activity ?? entry?.Action, audited?.EventName ?? entry?.Status, IsFromAudit);

    /// <summary>Its events: the one of an audit record, or an entry's steps in their normal order.</summary>
    public IEnumerable<TrailEvent> Events() => audited != null ? [audited] : TrailEvent.Of(entry!);
}
