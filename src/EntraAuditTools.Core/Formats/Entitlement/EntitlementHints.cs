namespace EntraAuditTools.Core.Formats.Entitlement;

/// <summary>What the admin or the page gives and the records don't contain.</summary>
/// <param name="Context">The <c>@odata.context</c> of the page; null when there is none.</param>
/// <param name="AccessPackage">Name or id of the package that a download is of (<c>-AccessPackage</c>); null when not given.</param>
/// <param name="Group">Name or id of the group that a list of members is of (<c>-Group</c>); null when not given.</param>
/// <param name="Application">Name or id of the application (<c>-Application</c>); null when not given.</param>
internal sealed record EntitlementHints(string? Context, string? AccessPackage, string? Group, string? Application)
{
    /// <summary>Nothing.</summary>
    public static EntitlementHints None { get; } = new(null, null, null, null);
}
