namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>Why a link was made.</summary>
internal enum ChainReason
{
    /// <summary>An import finished.</summary>
    Import,

    /// <summary>Imports were found that had been stopped before they finished.</summary>
    Interrupted,

    /// <summary>More became known of finished imports: coverage that later pages prove, a note.</summary>
    Addition,

    /// <summary>An older mirror was taken in as it was.</summary>
    Adoption,

    /// <summary>The mirror was derived anew from its originals.</summary>
    Derivation,

    /// <summary>Records were removed.</summary>
    Removal,

    /// <summary>The mirror was saved from a damaged one.</summary>
    Salvage,
}
