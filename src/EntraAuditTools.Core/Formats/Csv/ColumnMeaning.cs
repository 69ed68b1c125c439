using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>What a header is read as: itself, or what <c>-ColumnMap</c> says of it.</summary>
/// <param name="Header">The header.</param>
/// <param name="Name">The property it holds, without a zone behind it.</param>
/// <param name="Zone">Zone of its times, where one was said that is not UTC; null when none was.</param>
/// <param name="IsMapped">Whether the admin said what it is.</param>
internal readonly record struct ColumnMeaning(string Header, string Name, string? Zone, bool IsMapped)
{
    /// <summary>Whether its times are the local time of an unknown offset: <c>TimeGenerated [Local Time]</c>.</summary>
    public bool IsLocalTime => Zone != null && !IsMapped;

    /// <summary>
    /// The meaning of a header. What is mapped to <c>activityDateTime [+02:00]</c> or <c>activityDateTime [Europe/Madrid]</c> is in that
    /// zone; without one, in the zone that the header itself names.
    /// </summary>
    public static ColumnMeaning Of(string header, IReadOnlyDictionary<string, string>? map)
    {
        var said = Said(header, map);
        var (name, zone) = Split(said ?? header);
        if (said == null) return new(header, name, zone, false);
        if (zone != null && ZoneText.Find(zone) == null) throw Unknown(header, zone);
        if (zone == null && Split(header).Zone is { } ofHeader && ZoneText.Find(ofHeader) != null) zone = ofHeader;
        return new(header, name, zone, true);
    }

    private static string? Said(string header, IReadOnlyDictionary<string, string>? map)
    {
        if (map == null) return null;
        foreach (var (theirs, ours) in map)
        {
            if (theirs.Trim().Equals(header, StringComparison.OrdinalIgnoreCase)) return ours.Trim();
        }

        return null;
    }

    /// <summary>"TimeGenerated [UTC]" is TimeGenerated; a name with any other zone in brackets is another.</summary>
    private static (string Name, string? Zone) Split(string name)
    {
        if (!name.EndsWith(']') || name.LastIndexOf(" [", StringComparison.Ordinal) is not (> 0 and var at)) return (name, null);
        var zone = name[(at + 2)..^1].Trim();
        if (zone.Length == 0) return (name, null);
        return (name[..at].Trim(), ZoneText.IsUtc(zone) ? null : zone);
    }

    private static AuditToolException Unknown(string header, string zone) => new(
        "ColumnMapInvalid",
        AuditErrorKind.InvalidArgument,
        $"'{zone}', which {Caller.Option("ColumnMap")} gives as the zone of '{header}', is no known time zone.",
        "Give an offset (activityDateTime [+02:00]) or a zone that this computer knows (activityDateTime [Europe/Madrid]).",
        header);
}
