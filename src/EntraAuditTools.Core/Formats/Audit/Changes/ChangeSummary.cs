using System.Text.RegularExpressions;

namespace EntraAuditTools.Core.Formats.Audit.Changes;

/// <summary>
/// What changed, for people: Entra writes the same thing several times (<c>Role.ObjectID</c>, <c>Role.TemplateId</c>,
/// <c>Role.DisplayName</c>), ids without their names, pairs without a change, and whole policies as JSON of which one word is another. Kept
/// are the names, the pairs that differ, and of JSON the values that differ.
/// </summary>
internal static partial class ChangeSummary
{
    private const int MostValues = 12;
    private const int MostLetters = 200;

    // Names that only repeat what the others say, or say who did it.
    private static readonly HashSet<string> Repeating = new(StringComparer.OrdinalIgnoreCase)
    {
        "Included Updated Properties", "ConsentContext.Tags", "TargetId.UserType", "TargetId.ServicePrincipalNames",
            "ActorId.ServicePrincipalNames", "SPN", "LicenseAssignmentDetail",
    };

    // The ways in which one property names an object, the most descriptive first.
    private static readonly string[] NamingProperties =
        ["DisplayName", "UPN", "UserPrincipalName", "Name", "Value", "WellKnownObjectName", "ObjectID", "Id", "AppId", "TemplateId"];

    /// <summary>The changes of all targets.</summary>
    /// <param name="targets">The targets with their modified properties.</param>
    /// <param name="nameOf">The name that is known of an object id; null when none is.</param>
    public static List<ModifiedProperty> Of(IEnumerable<AuditTarget> targets, Func<string, string?> nameOf)
    {
        var changes = new List<ModifiedProperty>();
        foreach (var target in targets)
        {
            var properties = target.ModifiedProperties.Where(property => !Repeating.Contains(property.Name)).ToList();
            foreach (var group in properties.GroupBy(PrefixOf, StringComparer.OrdinalIgnoreCase))
            {
                if (group.Key.Length > 0) changes.AddRange(Differing(Best(group.Key, [.. group]), nameOf));
                else changes.AddRange(group.SelectMany(property => Differing(property, nameOf)));
            }
        }

        return [.. changes.DistinctBy(change => (change.Name, change.OldValue, change.NewValue))];
    }

    /// <summary>"Role" of Role.DisplayName; empty for a property that names no object.</summary>
    private static string PrefixOf(ModifiedProperty property)
    {
        var dot = property.Name.LastIndexOf('.');
        return dot > 0 && NamingProperties.Contains(property.Name[(dot + 1)..], StringComparer.OrdinalIgnoreCase)
            ? property.Name[..dot] : string.Empty;
    }

    private static ModifiedProperty Best(string name, List<ModifiedProperty> ways)
    {
        var best = ways.Where(way => !string.IsNullOrEmpty(way.OldValue) || !string.IsNullOrEmpty(way.NewValue)).DefaultIfEmpty(ways[0])
            .MinBy(way => Array.FindIndex(NamingProperties, word => way.Name.EndsWith("." + word, StringComparison.OrdinalIgnoreCase)))!;
        return Made(name, best.OldValue, best.NewValue, best.Masked);
    }

    private static IEnumerable<ModifiedProperty> Differing(ModifiedProperty property, Func<string, string?> nameOf)
    {
        var (old, now) = (property.OldValue ?? string.Empty, property.NewValue ?? string.Empty);
        if (property.Masked)
        {
            yield return property;
            yield break;
        }

        if (old == now) yield break;
        if (KeyChanges.Of(property.Name, old, now) is { } keys)
        {
            foreach (var (before, after) in keys) yield return Made(property.Name, before, after);
            yield break;
        }

        if (ConsentChanges.Of(property.Name, old, now) is { } consent)
        {
            yield return Made(property.Name, Shown(consent.Before, nameOf), Shown(consent.After, nameOf));
            yield break;
        }

        if (JsonDifference.Of(old, now) is { Count: > 0 } parts)
        {
            foreach (var (path, before, after) in parts.Take(MostValues))
                yield return Made(path.Length == 0 ? property.Name : path, Shown(before, nameOf), Shown(after, nameOf));
            if (parts.Count > MostValues) yield return Made(property.Name, null, $"and {parts.Count - MostValues} values more");
            yield break;
        }

        yield return Made(property.Name, Shown(old, nameOf), Shown(now, nameOf));
    }

    private static string? Shown(string? value, Func<string, string?> nameOf)
    {
        if (string.IsNullOrEmpty(value)) return null;
        // [SkuName=SPE_E5, AccountId=…, SkuId=…, DisabledPlans=[]]: of a licence its name is what people know.
        value = LicenceText().Replace(value, "$1");
        value = GuidText().Replace(value, match => nameOf(match.Value) ?? match.Value);
        return value.Length <= MostLetters ? value : value[..(MostLetters - 1)] + "…";
    }

    private static ModifiedProperty Made(string name, string? old, string? now, bool masked = false) =>
        new() { Name = name, OldValue = old, NewValue = now, RawOldValue = old, RawNewValue = now, Masked = masked };

    [GeneratedRegex(@"\[SkuName=([^,\]]+),[^\[\]]*(\[[^\]]*\])?\]", RegexOptions.CultureInvariant)]
    private static partial Regex LicenceText();

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b", RegexOptions.CultureInvariant)]
    private static partial Regex GuidText();
}
