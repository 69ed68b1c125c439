using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Schema;

/// <summary>
/// Identities of applications: they have no UPN, so <c>identity.upn</c> holds their application id (or, where an export has none, their
/// service principal name), by which they are found as users are by their UPN.
/// </summary>
internal static class ApplicationIdentity
{
    /// <summary>SQL: the UPN of <c>identity</c>, null for applications.</summary>
    public const string UserPrincipalName = "CASE WHEN instr(upn, '@') > 0 THEN upn END";

    /// <summary>Whether identities of a type are applications.</summary>
    public static bool Is(ReadOnlySpan<byte> type) =>
        Utf8.Is(type, "Application"u8) || Utf8.Is(type, "ServicePrincipal"u8) || Utf8.Is(type, "System"u8);

    /// <summary>Whether identities of a type are applications.</summary>
    public static bool Is(string? type) =>
        type != null && (Utf8.Is(type, "Application") || Utf8.Is(type, "ServicePrincipal") || Utf8.Is(type, "System"));
}
