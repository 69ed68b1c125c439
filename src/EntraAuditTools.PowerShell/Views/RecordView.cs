using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace EntraAuditTools.PowerShell.Views;

/// <summary>Hidden code properties for the views of everything but activities; see <see cref="ActivityView"/> for why.</summary>
public static partial class RecordView
{
    private const int SourceWidth = 18;

    [GeneratedRegex(@"[/\\]y=(\d{4})[/\\]m=(\d{2})[/\\]d=(\d{2})[/\\]h=(\d{2})[/\\]m=\d{2}[/\\]([^/\\]+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HourFolder();

    /// <summary>
    /// File name of the source; of a file in an archive both names. Files of diagnostic settings are all called alike: the hour tells them
    /// apart, and others with short names the folder. What is too long is cut at its beginning, for names differ at their end.
    /// </summary>
    public static object SourceName(PSObject instance)
    {
        var source = Cell.Line(instance, "Source");
        var archive = source.IndexOf('!', StringComparison.Ordinal);
        var name = archive >= 0 ? $"{FileName(source[..archive])}!{FileName(source[(archive + 1)..])}"
            : HourFolder().Match(source) is { Success: true } hour
            ? $"{hour.Groups[5].Value.Split('.')[0]} {hour.Groups[1]}-{hour.Groups[2]}-{hour.Groups[3]}T{hour.Groups[4]}"
            : WithFolder(source);
        return name.Length <= SourceWidth ? name : string.Concat("…", name.AsSpan(name.Length - SourceWidth + 1));
    }

    private static string WithFolder(string source)
    {
        var name = FileName(source);
        var folder = name.Length < source.Length ? FileName(source[..^(name.Length + 1)]) : string.Empty;
        return folder.Length == 0 || name.Length + 1 + folder.Length > SourceWidth + 12 ? name : $"{folder}/{name}";
    }

    /// <summary>The source whole.</summary>
    public static object Source(PSObject instance) => Cell.Line(instance, "Source");

    /// <summary>The status in its colour.</summary>
    public static object Status(PSObject instance) => Palette.State(Cell.Line(instance, "Status"));

    /// <summary>The state in its colour.</summary>
    public static object State(PSObject instance) => Palette.State(Cell.Line(instance, "State"));

    /// <summary>The kind; coloured when it is not supported.</summary>
    public static object Kind(PSObject instance)
    {
        var kind = Cell.Line(instance, "Kind");
        return kind.Length > 0 && Cell.Line(instance, "Status") == "NotSupported" ? Palette.Warning(kind) : kind;
    }

    /// <summary>The shape; that the kind is not supported where that is so.</summary>
    public static object Shape(PSObject instance) =>
        Cell.Line(instance, "Status") == "NotSupported" ? Palette.Warning("not supported") : Cell.Line(instance, "Shape");

    /// <summary>The number of rejected records; coloured when there are any.</summary>
    public static object Rejected(PSObject instance)
    {
        var count = Cell.Line(instance, "Rejected");
        return count is "" or "0" ? count : Palette.Warning(count);
    }

    /// <summary>Notes, a line each.</summary>
    public static object Notes(PSObject instance) => string.Join('\n', Cell.Items(instance, "Notes").Select(note => Cell.Line(note)));

    /// <summary>How long, for people.</summary>
    public static object Duration(PSObject instance) =>
        Cell.Value(instance, "Duration") is TimeSpan span ? ProvisioningText.Span(span) : Cell.Line(instance, "Duration");

    /// <summary>A size in bytes, for people.</summary>
    public static object Size(PSObject instance)
    {
        if (Cell.Value(instance, "Bytes") is not long bytes) return string.Empty;
        return bytes switch
        {
            < 1_000 => $"{bytes} bytes",
            < 1_000_000 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1e3:N1} KB"),
            < 1_000_000_000 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1e6:N1} MB"),
            _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1e9:N2} GB"),
        };
    }

    /// <summary>The reason.</summary>
    public static object Reason(PSObject instance) => Cell.Line(instance, "Reason");

    /// <summary>The text.</summary>
    public static object Text(PSObject instance) => Cell.Line(instance, "Text");

    /// <summary>The name.</summary>
    public static object Name(PSObject instance) => Cell.Line(instance, "Name");

    /// <summary>The value before.</summary>
    public static object OldValue(PSObject instance) => Cell.Line(instance, "OldValue");

    /// <summary>The value after.</summary>
    public static object NewValue(PSObject instance) => Cell.Line(instance, "NewValue");

    /// <summary>The key.</summary>
    public static object Key(PSObject instance) => Cell.Line(instance, "Key");

    /// <summary>The value.</summary>
    public static object Value(PSObject instance) => Cell.Line(instance, "Value");

    /// <summary>The display name.</summary>
    public static object DisplayName(PSObject instance) => Cell.Line(instance, "DisplayName");

    /// <summary>The user principal name.</summary>
    public static object UserPrincipalName(PSObject instance) => Cell.Line(instance, "UserPrincipalName");

    /// <summary>The id.</summary>
    public static object Id(PSObject instance) => Cell.Line(instance, "Id");

    /// <summary>How many properties changed.</summary>
    public static object Changes(PSObject instance) => Cell.Items(instance, "ModifiedProperties").Count();

    /// <summary>The values of a measure's group in one cell.</summary>
    public static object Group(PSObject instance) =>
        string.Join(" · ", instance.Properties.TakeWhile(property => property.Name != "Count").Select(property => Cell.Line(property.Value)));

    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..] is { Length: > 0 } name ? name : path;
}
