using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What several views of imports show.</summary>
public static partial class ImportCells
{
    private const int SourceWidth = 18;

    [GeneratedRegex(@"[/\\]y=(\d{4})[/\\]m=(\d{2})[/\\]d=(\d{2})[/\\]h=(\d{2})[/\\]m=\d{2}[/\\]([^/\\]+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HourFolder();

    /// <summary>The counts of a file's records, and their first and last time.</summary>
    internal static ListView<T> Counts<T>(this ListView<T> list) => list
        .Item("Read", nameof(AuditImport.Read))
        .Item("Added", nameof(AuditImport.Added))
        .Item("Updated", nameof(AuditImport.Updated))
        .Item("Unchanged", nameof(AuditImport.Unchanged))
        .Item("Rejected", Rejected)
        .Item("NotSupported", nameof(AuditImport.NotSupported))
        .Item("Conflicts", nameof(AuditImport.Conflicts))
        .Item("First (UTC)", nameof(AuditImport.FirstTime), ShownAs.Second)
        .Item("Last (UTC)", nameof(AuditImport.LastTime), ShownAs.Second);

    /// <summary>
    /// File name of the source; of a file in an archive both names. Files of diagnostic settings are all called alike: the hour
    /// distinguishes them, and the folder others with short names. What is too long is cut at its beginning, since names differ at their
    /// end.
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

    /// <summary>A size in bytes, for people.</summary>
    public static object Size(PSObject instance) => Size(instance, "Bytes");

    /// <summary>The size that it had before.</summary>
    public static object SizeBefore(PSObject instance) => Size(instance, "BytesBefore");

    private static string Size(PSObject instance, string property)
    {
        if (Cell.Value(instance, property) is not long bytes) return string.Empty;
        return bytes switch
        {
            < 1_000 => $"{bytes} bytes",
            < 1_000_000 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1e3:N1} KB"),
            < 1_000_000_000 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1e6:N1} MB"),
            _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1e9:N2} GB"),
        };
    }

    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..] is { Length: > 0 } name ? name : path;
}
