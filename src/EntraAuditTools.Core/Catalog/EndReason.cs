namespace EntraAuditTools.Core.Catalog;

/// <summary>Why an assignment ended; the names are shown.</summary>
internal enum EndReason
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>Its holder gave it back.</summary>
    CanceledByUser,
    RemovedByAdministrator,
    RemovedByApprover,

    /// <summary>An access review decided so.</summary>
    AccessReview,

    /// <summary>The rule of an automatic assignment no longer includes its holder.</summary>
    PolicyRule,
    UserDeleted,

    /// <summary>The service's own removal: the reason follows from the events around it. Never shown.</summary>
    Service,
}
