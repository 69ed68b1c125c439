using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Serialization;

/// <summary>Reads properties of objects that came back from Export-Clixml, a background job or remoting.</summary>
internal static class Deserialized
{
    /// <summary>A list, each item made anew; empty when there is none.</summary>
    public static RecordList<T> List<T>(PSObject source, string property, Func<PSObject, T> convert)
    {
        var value = source.Properties[property]?.Value;
        var bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        return new(bare is IEnumerable list and not string
            ? list.Cast<object>().Select(item => convert(PSObject.AsPSObject(item))).ToList() : []);
    }

    /// <summary>A text; null when there is none.</summary>
    public static string? Text(PSObject source, string property) => source.Properties[property]?.Value?.ToString();

    /// <summary>A number; 0 when there is none.</summary>
    public static long Number(PSObject source, string property) =>
        long.TryParse(Text(source, property), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A time; the beginning of the calendar when there is none.</summary>
    public static DateTimeOffset Time(PSObject source, string property)
    {
        var value = source.Properties[property]?.Value;
        return Time(value) ?? (DateTimeOffset.TryParse(value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var parsed) ? parsed : default);
    }

    /// <summary>
    /// The time that a value is: a DateTimeOffset arrives as an object with its properties; the ticks of its UTC time are exact. Null for
    /// what is no such object.
    /// </summary>
    public static DateTimeOffset? Time(object? value)
    {
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            DateTimeOffset time => time,
            DateTime { Kind: DateTimeKind.Utc } time => new DateTimeOffset(time),
            PSObject flat when flat.Properties["UtcDateTime"]?.Value is DateTime utc =>
                new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
            PSObject flat when flat.Properties["UtcTicks"]?.Value is long ticks => new DateTimeOffset(ticks, TimeSpan.Zero),
            _ => null,
        };
    }

    /// <summary>The day that a value is: a DateOnly arrives as an object with its properties; the first day when it is none.</summary>
    public static DateOnly Day(object value) => PSObject.AsPSObject(value).Properties["DayNumber"]?.Value is int number
        ? DateOnly.FromDayNumber(number) : default;
}
