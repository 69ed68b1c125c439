using System.Text.RegularExpressions;

namespace EntraAuditTools.Core.Catalog;

/// <summary>
/// The headings of Microsoft's activity reference and the names that records carry differ: <c>Privileged Identity Management (PIM)</c>
/// is logged as <c>PIM</c>, <c>Application Management</c> also as <c>ApplicationManagement</c> (FORMATS §8).
/// </summary>
internal static partial class ServiceAliases
{
    /// <summary>Names of one service, the catalog's heading first. Differences of case alone need no entry.</summary>
    private static readonly string[][] Services =
    [
        ["Privileged Identity Management (PIM)", "PIM", "Privileged Identity Management"],
        ["Microsoft Entra (AAD) Management UX", "AAD Management UX", "Azure AD Management UX"],
        ["Microsoft Entra (Azure AD) Recommendations", "Azure AD Recommendations", "Microsoft Entra Recommendations"],
        ["Microsoft Entra (Azure MFA) multifactor authentication", "Azure MFA", "Azure Multi-Factor Authentication", "MFA"],
        ["Microsoft Entra ID Protection (Identity Protection)", "Identity Protection", "Microsoft Entra ID Protection"],
        ["Microsoft Identity Manager (MIM) Service", "MIM Service", "Microsoft Identity Manager"],
        ["Azure RBAC (Elevated Access)", "Azure RBAC"],
        ["Account provisioning", "Provisioning"],
    ];

    private static readonly Dictionary<string, string[]> ByName =
        Services.SelectMany(names => names.Select(name => (name, names)))
            .ToDictionary(pair => pair.name, pair => pair.names, StringComparer.OrdinalIgnoreCase);

    /// <summary>What two names of one service have in common.</summary>
    public static string ServiceKey(string? service)
    {
        var name = service?.Trim() ?? string.Empty;
        return (ByName.TryGetValue(name, out var names) ? names[0] : name).ToUpperInvariant();
    }

    /// <summary>What two spellings of one category have in common.</summary>
    public static string CategoryKey(string? category) =>
        (category ?? string.Empty).Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>The other names of a service; empty when it has none.</summary>
    public static IEnumerable<string> ServiceSpellings(string service) => ByName.TryGetValue(service.Trim(), out var names) ? names : [];

    /// <summary>A category with and without blanks between its words.</summary>
    public static IEnumerable<string> CategorySpellings(string category)
    {
        yield return category.Replace(" ", string.Empty, StringComparison.Ordinal);
        yield return WordBoundary().Replace(category, " ");
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordBoundary();
}
