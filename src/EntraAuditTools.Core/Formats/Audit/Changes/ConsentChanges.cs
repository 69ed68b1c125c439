using System.Text.RegularExpressions;

namespace EntraAuditTools.Core.Formats.Audit.Changes;

/// <summary>
/// What was consented to: of <c>[] => [[Id: …, ClientId: …, PrincipalId: …, ResourceId: …, ConsentType: Principal, Scope: User.Read …]]</c>
/// the scopes, of which resource and for whom.
/// </summary>
internal static partial class ConsentChanges
{
    /// <summary>What was granted before and after, ids as they are; null where the property is of something else.</summary>
    public static (string? Before, string? After)? Of(string property, string old, string now)
    {
        if (!property.Equals("ConsentAction.Permissions", StringComparison.OrdinalIgnoreCase)) return null;
        // The new value has both: what was granted before is in front of the arrow.
        var arrow = now.IndexOf("=>", StringComparison.Ordinal);
        var (before, after) = arrow < 0 ? (Grants(old), Grants(now)) : (Grants(now[..arrow]), Grants(now[(arrow + 2)..]));
        return before.Length + after.Length == 0 ? null : (before, after);
    }

    private static string Grants(string text) => string.Join("; ", Grant().Matches(text).Select(Shown));

    private static string Shown(Match grant)
    {
        var whom = grant.Groups["type"].Value switch
        {
            "AllPrincipals" => "for everybody",
            _ when grant.Groups["principal"].Value.Trim() is { Length: > 0 } principal => $"for {principal}",
            var other => other,
        };
        return $"{grant.Groups["scope"].Value.Trim()} of {grant.Groups["resource"].Value.Trim()}, {whom}";
    }

    [GeneratedRegex(@"\[Id: [^,\]]*, ClientId: [^,\]]*, PrincipalId: (?<principal>[^,\]]*), ResourceId: (?<resource>[^,\]]*), ConsentType: (?<type>[^,\]]*), Scope: (?<scope>[^,\]]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Grant();
}
