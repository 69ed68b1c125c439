using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Audit.Changes;

/// <summary>
/// What an activity acted on, by names for people: records often give only the id of a group, and have its name among the modified
/// properties, or nowhere, while an export of the directory has it.
/// </summary>
internal static class TargetNames
{
    /// <summary>A name for each target, in their order; the id where there is none, empty where there is nothing.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="nameOf">The name that is known of an object id; null when none is.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<AuditTarget> targets, Func<string, string?> nameOf)
    {
        // Of several the display names are shown, which are short; of one the UPN, by which it is asked for.
        var byName = targets.Count > 1;
        return [.. targets.Select(target => Name(target, targets, byName, nameOf) ?? string.Empty)];
    }

    private static string? Name(AuditTarget target, IReadOnlyList<AuditTarget> targets, bool byName, Func<string, string?> nameOf)
    {
        if (target.DisplayName is { } name) return name;
        if (!byName && target.UserPrincipalName is { } upn) return upn;
        var known = target.Id is { } id && id != Guid.Empty.ToString() ? nameOf(id) : null;
        return known ?? target.UserPrincipalName ?? NameInProperties(target, targets) ?? target.Id ?? target.Type;
    }

    /// <summary>The name among the modified properties: Group.DisplayName of the only group there is.</summary>
    private static string? NameInProperties(AuditTarget target, IReadOnlyList<AuditTarget> targets)
    {
        if (target.Type is not { } type || targets.Count(other => other.Type == type) != 1) return null;
        var property = targets.SelectMany(other => other.ModifiedProperties)
            .FirstOrDefault(property => Utf8.Is(property.Name, $"{type}.DisplayName"));
        return DetailJson.NullIfEmpty(property?.NewValue) ?? DetailJson.NullIfEmpty(property?.OldValue);
    }
}
