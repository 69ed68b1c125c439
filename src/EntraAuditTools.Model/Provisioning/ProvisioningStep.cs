namespace EntraAuditTools;

/// <summary>One step of provisioning an object (Graph <c>provisioningStep</c>).</summary>
public sealed class ProvisioningStep
{
    /// <summary>Its place, from 1, as the log wrote the steps.</summary>
    public int Order { get; init; }

    /// <summary><c>import</c>, <c>scoping</c>, <c>matching</c>, <c>processing</c>, <c>referenceResolution</c>, <c>export</c>, or another
    /// word; null when absent.</summary>
    public string? Type { get; init; }

    /// <summary>Name of what was done, for instance <c>EntryImportAdd</c>; null when absent.</summary>
    public string? Name { get; init; }

    /// <summary><c>success</c>, <c>failure</c>, <c>skipped</c>, <c>warning</c>, or another word; null when absent.</summary>
    public string? Status { get; init; }

    /// <summary>What happened, in the service's words; null when absent.</summary>
    public string? Description { get; init; }

    /// <summary>Details: values that were read, evaluated or written.</summary>
    public RecordList<AuditDetail> Details { get; init; } = new([]);

    /// <summary>"order. name: status".</summary>
    public override string ToString() => $"{Order}. {Name ?? Type}: {Status}";
}
