namespace EntraAuditTools.Core.Eligibility;

/// <summary>A package or group that something must not go together with.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its display name; null when no export contains it.</param>
internal sealed record Incompatible(string Id, string? Name)
{
    /// <summary>How reasons call it.</summary>
    public string Label => $"\"{Name ?? Id}\"";
}

/// <summary>What decides on an access package besides its policies. Null means "not given".</summary>
internal sealed record RequestPackage
{
    public required string Id { get; init; }

    public bool? IsHidden { get; init; }

    /// <summary>v1.0 <c>accessPackageCatalog.state</c>, beta <c>catalogStatus</c>: <c>published</c>, <c>unpublished</c>.</summary>
    public string? CatalogState { get; init; }

    /// <summary><c>accessPackageCatalog.isExternallyVisible</c>.</summary>
    public bool? CatalogIsExternallyVisible { get; init; }

    /// <summary>Its policies; null when no export contains any.</summary>
    public IReadOnlyList<RequestPolicy>? Policies { get; init; }

    /// <summary><c>incompatibleAccessPackages</c>.</summary>
    public IReadOnlyList<Incompatible>? IncompatiblePackages { get; init; }

    /// <summary><c>incompatibleGroups</c>.</summary>
    public IReadOnlyList<Incompatible>? IncompatibleGroups { get; init; }
}
