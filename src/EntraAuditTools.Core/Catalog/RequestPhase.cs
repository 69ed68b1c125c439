namespace EntraAuditTools.Core.Catalog;

/// <summary>Where in a request's life an activity belongs.</summary>
internal enum RequestPhase
{
    Request,
    Approval,
    Delivery,

    /// <summary>Access to one resource is given or taken.</summary>
    Resource,

    /// <summary>The assignment ends.</summary>
    End,

    /// <summary>A write to the directory that shares a correlation id.</summary>
    Directory,

    /// <summary>A custom extension is called.</summary>
    Callout,
    Other,
}
