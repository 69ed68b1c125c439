namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>What the mirror's columns need of one audit record.</summary>
internal sealed class AuditFields : RecordFields
{
    public TextRange Category;
    public TextRange CorrelationId;
    public TextRange Result;
    public TextRange Activity;
    public TextRange Service;
    public TextRange OperationType;
    public TextRange Address;
    public PartyFields Actor;

    /// <summary>Where <c>additionalDetails</c> stand in the record as it was read: few records need more of them than their count.</summary>
    public TextRange Details;

    /// <summary>Where <c>resultReason</c> stands in the record as it was read.</summary>
    public TextRange Reason;

    public List<PartyFields> Targets { get; } = [];

    public List<TextRange> PropertyNames { get; } = [];

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        Category = CorrelationId = Result = Activity = Service = OperationType = Address = default;
        Actor = default;
        Details = Reason = default;
        Targets.Clear();
        PropertyNames.Clear();
    }
}
