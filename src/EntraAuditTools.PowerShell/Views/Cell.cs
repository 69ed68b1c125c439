using System.Globalization;
using System.Management.Automation;
using EntraAuditTools.Core.Text;
using EntraAuditTools.PowerShell.Serialization;

namespace EntraAuditTools.PowerShell.Views;

/// <summary>
/// Text from the log as it may reach a terminal: on one line, and without the control characters that could rewrite
/// the screen, reorder text or talk to the terminal.
/// </summary>
internal static class Cell
{
    /// <summary>The text on one line; empty for null.</summary>
    public static string Line(object? value)
    {
        var text = value switch
        {
            null => string.Empty,
            string s => s,
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? string.Empty,
        };
        return TerminalText.Line(text);
    }

    /// <summary>The text on the lines that it has, each made safe.</summary>
    public static string Lines(string? text) =>
        text is null ? string.Empty : string.Join('\n', text.Split('\n').Select(line => Line(line)));

    /// <summary>A property by name as one line, of a real or a deserialised object.</summary>
    public static string Line(PSObject instance, string property) => Line(Value(instance, property));

    /// <summary>A property by name; null when there is none.</summary>
    public static object? Value(PSObject instance, string property) => instance.Properties[property]?.Value;

    /// <summary>
    /// A time as views write it: in UTC, or in the machine's zone where the session shows that; then the zone's offset stands for Z.
    /// </summary>
    public static string Time(object? time, string format = "yyyy-MM-dd HH:mm:ss'Z'") => Deserialized.Time(time) is not { } at ? Line(time)
        : ShownZone.IsLocal
            ? at.ToLocalTime().ToString(format.Replace("'Z'", "zzz", StringComparison.Ordinal), CultureInfo.InvariantCulture)
        : at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The items of a property that is a list; a deserialised list's items too.</summary>
    public static IEnumerable<PSObject> Items(PSObject instance, string property)
    {
        var value = Value(instance, property);
        if (value is PSObject wrapped) value = wrapped.BaseObject;
        if (value is not System.Collections.IEnumerable list || value is string) yield break;
        foreach (var item in list)
        {
            if (item is not null) yield return PSObject.AsPSObject(item);
        }
    }
}
