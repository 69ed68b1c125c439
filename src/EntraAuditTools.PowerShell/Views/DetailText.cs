using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace EntraAuditTools.PowerShell.Views;

/// <summary>The nested parts of an activity as readable lines for list views.</summary>
internal static class DetailText
{
    /// <summary>"Name: old → new".</summary>
    public static string Change(PSObject property)
    {
        var (name, old, changed) = (Cell.Line(property, "Name"), Cell.Line(property, "OldValue"), Cell.Line(property, "NewValue"));
        return $"{name}: {(old.Length == 0 ? "(none)" : old)} → {(changed.Length == 0 ? "(none)" : changed)}";
    }

    /// <summary>"alice@contoso.com (Alice, id) from 203.0.113.7".</summary>
    public static string Initiator(PSObject activity)
    {
        if (Cell.Value(activity, "InitiatedBy") is not { } value) return string.Empty;
        var initiator = PSObject.AsPSObject(value);
        var text = Named(Cell.Line(initiator, "UserPrincipalName"), Cell.Line(initiator, "DisplayName"), Cell.Line(initiator, "Id"));
        if (Cell.Line(initiator, "Type") is { Length: > 0 } type) text = $"{type} {text}";
        return Cell.Line(initiator, "IPAddress") is { Length: > 0 } address ? $"{text} from {address}" : text;
    }

    /// <summary>Each target on a line, its modified properties indented below.</summary>
    public static string Targets(PSObject activity)
    {
        var text = new StringBuilder();
        foreach (var (target, i) in Cell.Items(activity, "Targets").Select((target, i) => (target, i)))
        {
            // A group often has only its id here: its name is what people know.
            var name = Cell.Line(target, "DisplayName") is { Length: > 0 } displayName ? displayName
                : Cell.Line((activity.BaseObject as AuditActivity)?.GetTargetName(i));
            AppendLine(text,
                $"{Cell.Line(target, "Type")} {Named(name, Cell.Line(target, "UserPrincipalName"), Cell.Line(target, "Id"))}".Trim());
            foreach (var property in Cell.Items(target, "ModifiedProperties")) AppendLine(text, "  " + Change(property));
        }

        return text.ToString();
    }

    /// <summary>"Key = value", a line each.</summary>
    public static string Details(PSObject activity) => Pairs(activity, "AdditionalDetails");

    /// <summary>"Key = value" of a property that is a list of details, a line each.</summary>
    public static string Pairs(PSObject instance, string property) =>
        string.Join('\n', Cell.Items(instance, property).Select(detail => $"{Cell.Line(detail, "Key")} = {Cell.Line(detail, "Value")}"));

    /// <summary>
    /// "Import 3, time: file", each once however many of an object's records it brought, the first few of many; (Get-…).Evidence has all,
    /// with the SHA-256 of each file.
    /// </summary>
    public static string Evidence(PSObject activity)
    {
        const int Most = 3;
        var lines = Cell.Items(activity, "Evidence").Select(Line).Distinct(StringComparer.Ordinal).ToList();
        var text = string.Join('\n', lines.Take(Most));
        return lines.Count > Most ? $"{text}\nand {lines.Count - Most} more: see its Evidence" : text;

        static string Line(PSObject evidence)
        {
            var imported = Cell.Time(Cell.Value(evidence, "ImportedAt"), "yyyy-MM-dd HH:mm'Z'");
            return $"Import {Cell.Line(evidence, "ImportId")}, {imported}: {FileAndFolder(Cell.Line(evidence, "Source"))}";
        }
    }

    /// <summary>The end of a path that distinguishes files: the folder and the file, of an hour's blob the hour too.</summary>
    private static string FileAndFolder(string path)
    {
        var parts = path.Split('/', '\\');
        var kept = path.EndsWith("PT1H.json", StringComparison.OrdinalIgnoreCase) ? 6 : 2;
        return parts.Length <= kept + 1 ? path : "…/" + string.Join('/', parts[^kept..]);
    }

    private static string Named(params string[] names)
    {
        var known = names.Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return known.Count switch
        {
            0 => "(unnamed)",
            1 => known[0],
            _ => $"{known[0]} ({string.Join(", ", known.Skip(1))})",
        };
    }

    private static void AppendLine(StringBuilder text, string line)
    {
        if (text.Length > 0) text.Append('\n');
        text.Append(line);
    }
}
