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

    public List<PartyFields> Targets { get; } = [];

    public List<TextRange> PropertyNames { get; } = [];

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        Category = CorrelationId = Result = Activity = Service = OperationType = Address = default;
        Actor = default;
        Targets.Clear();
        PropertyNames.Clear();
    }
}
