namespace EntraAuditTools;

/// <summary>A role of a resource that an access package gives (Graph <c>accessPackageResourceRoleScope</c>).</summary>
public sealed class AccessPackageResourceRole
{
    /// <summary>Name of the role, for instance <c>Member</c>; null when no export contains it.</summary>
    public string? Role { get; init; }

    /// <summary>The resource; null when no export contains it.</summary>
    public EntitlementResource? Resource { get; init; }

    /// <summary>Graph's id of the role in its scope; null when no export contains it.</summary>
    public string? Id { get; init; }

    /// <summary>"role of resource".</summary>
    public override string ToString() => $"{Role} of {Resource}";
}
