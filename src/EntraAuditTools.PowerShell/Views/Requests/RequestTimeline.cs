using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Entitlement;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>Everything that happened to a request, event by event.</summary>
public static class RequestTimeline
{
    private const int WhatWidth = 44;
    private const string NoEvents = "(no events in the mirror)";

    // An offset is longer than Z.
    private static int TimeWidth => ShownZone.IsLocal ? 25 : 20;

    /// <summary>
    /// Event by event: time, phase, who, what, result; below it what was said, and how it was matched where only person,
    /// package and time do. It fits 80 columns wherever it goes: Out-String and files break no lines of custom views.
    /// </summary>
    public static object Timeline(PSObject instance)
    {
        var events = Cell.Items(instance, "Events").ToList();
        if (events.Count == 0) return NoEvents;
        var phase = events.Max(item => Cell.Line(item, "Phase").Length);
        var indent = new string(' ', TimeWidth + 2 + phase + 2);
        var lines = new List<string>();
        foreach (var item in events)
        {
            var result = Cell.Line(item, "Result");
            var what = EntitlementText.Wrap(
                $"{Who(item)}: {Cell.Line(item, "Activity")}{(result.Length == 0 ? string.Empty : ": " + result)}", WhatWidth).ToList();
            // The colour's own letters take no room.
            if (result.Length > 0 && what[^1].EndsWith(result, StringComparison.Ordinal))
                what[^1] = what[^1][..^result.Length] + Palette.State(result);
            lines.Add($"{EntitlementText.Second(item, "Time").PadRight(TimeWidth)}  {Cell.Line(item, "Phase").PadRight(phase)}  {what[0]}");
            lines.AddRange(what.Skip(1).Concat(Notes(item, WhatWidth)).Select(line => indent + line));
        }

        return string.Join('\n', lines);
    }

    /// <summary>The same for lists, which leave less room: who comes below.</summary>
    public static object EventLines(PSObject instance)
    {
        var events = Cell.Items(instance, "Events").ToList();
        if (events.Count == 0) return NoEvents;
        var phase = events.Max(item => Cell.Line(item, "Phase").Length);
        var lines = new List<string>();
        foreach (var item in events)
        {
            var result = Cell.Line(item, "Result");
            lines.Add($"{EntitlementText.Second(item, "Time").PadRight(TimeWidth)}  {Cell.Line(item, "Phase").PadRight(phase)}  "
                + $"{Cell.Line(item, "Activity")}{(result.Length == 0 ? string.Empty : ": " + Palette.State(result))}");
            if (Cell.Line(item, "By") is { Length: > 0 } by) lines.Add("  by " + by);
            lines.AddRange(Notes(item, 2 * WhatWidth).Select(line => "  " + line));
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Notes(PSObject item, int width)
    {
        if (Cell.Line(item, "Detail") is { Length: > 0 } detail)
        {
            foreach (var line in EntitlementText.Wrap(detail, width)) yield return line;
        }

        if (Cell.Line(item, "MatchedBy") == "PersonPackageTime") yield return Palette.Warning("matched by person, package and time only");
    }

    private static string Who(PSObject item) => Cell.Line(item, "By") is { Length: > 0 } by ? by : "(not told)";
}
