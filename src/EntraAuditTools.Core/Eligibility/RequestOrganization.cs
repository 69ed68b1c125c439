namespace EntraAuditTools.Core.Eligibility;

/// <summary>A connected organization.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Display name; null when no export contains it.</param>
/// <param name="State"><c>configured</c> or <c>proposed</c>; null when no export contains it.</param>
/// <param name="Sources">Null when no export contains them.</param>
internal sealed record RequestOrganization(string Id, string? Name, string? State, IReadOnlyList<OrganizationSource>? Sources)
{
    /// <summary>How reasons call it.</summary>
    public string Label => $"\"{Name ?? Id}\"";
}
