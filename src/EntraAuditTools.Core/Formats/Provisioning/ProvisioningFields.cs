using EntraAuditTools.Core.Formats.Common;

namespace EntraAuditTools.Core.Formats.Provisioning;

/// <summary>What the mirror's columns need of one entry of the provisioning log.</summary>
internal sealed class ProvisioningFields : RecordFields
{
    public TextRange Action;
    public TextRange Status;
    public TextRange JobId;
    public TextRange CycleId;
    public TextRange ChangeId;
    public TextRange SourceSystem;
    public TextRange TargetSystem;
    public TextRange ErrorCode;
    public TextRange ErrorCategory;

    /// <summary>Why it was skipped, from the steps.</summary>
    public TextRange SkipReason;

    /// <summary>
    /// Whether a step says that the object is not to be provisioned: not assigned, not active, kept out by a scoping filter.
    /// </summary>
    public bool IsOutOfScope;
    public PartyFields Application;
    public PartyFields Source;
    public PartyFields Target;
    public PartyFields Initiator;

    /// <summary>What the steps say about the object where the entry itself does not.</summary>
    public PartyFields Imported;

    /// <summary>Milliseconds; -1 when the record does not say.</summary>
    public long Duration;

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        Action = Status = JobId = CycleId = ChangeId = SourceSystem = TargetSystem = ErrorCode = ErrorCategory = SkipReason = default;
        Application = Source = Target = Initiator = Imported = default;
        Duration = -1;
        IsOutOfScope = false;
    }
}
