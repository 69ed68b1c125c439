using System.Management.Automation;
using System.Reflection;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>
/// The second rendering of views, for sessions that show the machine's time zone: headings that say (UTC) say (local), and a property that
/// is a time gives way to a hidden one with the local time. What a method shows follows <see cref="ShownZone"/> by itself.
/// </summary>
internal static class LocalProperties
{
    private const string Utc = "(UTC)", Local = "(local)";

    /// <summary>A heading.</summary>
    public static string Label(string label) => label.Replace(Utc, Local, StringComparison.Ordinal);

    /// <summary>
    /// Whether a column stays what it is: a day of a log is one of UTC, and a time of day belongs to the day beside it.
    /// </summary>
    public static bool StaysUtc(Type record, string property, string? shownAs) =>
        shownAs == ShownAs.TimeOfDay || TypeOf(record, property) == typeof(DateOnly);

    /// <summary>What shows a property that is a time in the machine's zone; null for other properties.</summary>
    /// <exception cref="ViewDeclarationException">No method shows it.</exception>
    public static Func<PSObject, object?>? Of(Type record, string property)
    {
        if (TypeOf(record, property) != typeof(DateTimeOffset)) return null;
        var method = typeof(LocalTimes).GetMethod(property, BindingFlags.Static | BindingFlags.Public)
            ?? throw new ViewDeclarationException(record.FullName!,
                $"{nameof(LocalTimes)} has no method {property} that shows it in local time.");
        return method.CreateDelegate<Func<PSObject, object?>>();
    }

    private static Type? TypeOf(Type record, string property) =>
        record.GetProperty(property)?.PropertyType is { } type ? Nullable.GetUnderlyingType(type) ?? type : null;
}
