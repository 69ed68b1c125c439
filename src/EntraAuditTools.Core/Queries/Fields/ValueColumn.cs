using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Core.Queries.Fields;

/// <summary>Where the values of a filter are to be found in a mirror: what warns of one that the mirror does not have.</summary>
internal sealed class ValueColumn
{
    private readonly Func<MirrorReader, HeldValues> of;

    /// <summary>Says how they are found.</summary>
    internal ValueColumn(Func<MirrorReader, HeldValues> of) => this.of = of;

    /// <summary>What a mirror holds of them. Lists that can be long are read only when something is missing.</summary>
    internal HeldValues Of(MirrorReader mirror) => of(mirror);
}
