using EntraAuditTools.Core.Formats.Common;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>A modified property that names an object; its values as JSON, as they are in the record as read.</summary>
/// <param name="Property">Its meaning.</param>
/// <param name="Target">The position of the target whose property it is.</param>
/// <param name="Old">Its old value; empty when it has none.</param>
/// <param name="New">Its new value.</param>
internal readonly record struct NamedFields(IdentityProperty Property, int Target, TextRange Old, TextRange New);

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

    /// <summary>Where <c>additionalDetails</c> are in the record as it was read: few records need more of them than their count.</summary>
    public TextRange Details;

    /// <summary>Where <c>resultReason</c> is in the record as it was read.</summary>
    public TextRange Reason;

    public List<PartyFields> Targets { get; } = [];

    public List<TextRange> PropertyNames { get; } = [];

    /// <summary>Modified properties that name objects.</summary>
    public List<NamedFields> Named { get; } = [];

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        Category = CorrelationId = Result = Activity = Service = OperationType = Address = default;
        Actor = default;
        Details = Reason = default;
        Targets.Clear();
        PropertyNames.Clear();
        Named.Clear();
    }
}
