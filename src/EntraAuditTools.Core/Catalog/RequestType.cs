namespace EntraAuditTools.Core.Catalog;

/// <summary>Kind of a request; the names are shown.</summary>
internal enum RequestType
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Somebody asks for access, for themselves or on behalf of another.</summary>
    UserRequest,

    /// <summary>An administrator assigns.</summary>
    DirectAssignment,

    /// <summary>A policy's rule assigns.</summary>
    AutoAssignment,

    /// <summary>The end of an assignment is put off.</summary>
    Extension,

    /// <summary>An assignment is changed: its answers, its schedule.</summary>
    Update,

    /// <summary>Access is to be taken.</summary>
    Removal,
}

/// <summary>What follows from the kind of a request.</summary>
internal static class RequestTypes
{
    /// <summary>Whether it is about an assignment that another request gave.</summary>
    public static bool ChangesAssignment(this RequestType type) =>
        type is RequestType.Extension or RequestType.Update or RequestType.Removal;

    /// <inheritdoc cref="ChangesAssignment(RequestType)"/>
    /// <param name="type">The kind; null when not known.</param>
    public static bool ChangesAssignment(this RequestType? type) => type is { } known && ChangesAssignment(known);
}
