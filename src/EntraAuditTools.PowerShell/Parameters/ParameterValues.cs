using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>Reads a cmdlet's parameters by their names, so that a filter that is declared once needs no line of its own here.</summary>
internal static class ParameterValues
{
    private static readonly ConcurrentDictionary<(Type Cmdlet, string Name), PropertyInfo?> Properties = new();

    /// <summary>Whether a cmdlet has a parameter of that name that binds from objects of the pipeline.</summary>
    public static bool IsPiped(Cmdlet cmdlet, string name) =>
        PropertyOf(cmdlet, name)?.GetCustomAttributes<ParameterAttribute>().Any(one => one.ValueFromPipelineByPropertyName) == true;

    /// <summary>A number that <see cref="Of"/> gave as a text.</summary>
    public static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The point in time that a parameter holds; null when it holds none, or the cmdlet has no such parameter.</summary>
    public static DateTimeOffset? Time(Cmdlet cmdlet, string name) => PropertyOf(cmdlet, name)?.GetValue(cmdlet) as DateTimeOffset?;

    /// <summary>Whether a switch is there.</summary>
    public static bool Switch(Cmdlet cmdlet, string name) => PropertyOf(cmdlet, name)?.GetValue(cmdlet) is SwitchParameter { IsPresent: true };

    /// <summary>What a parameter holds, as texts; null when it holds nothing, or the cmdlet has no such parameter.</summary>
    public static string[]? Of(Cmdlet cmdlet, string name)
    {
        return PropertyOf(cmdlet, name)?.GetValue(cmdlet) switch
        {
            null => null,
            string text => [text],
            IEnumerable values => [.. values.Cast<object>().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)!)],
            _ => null,
        };
    }

    private static PropertyInfo? PropertyOf(Cmdlet cmdlet, string name) =>
        Properties.GetOrAdd((cmdlet.GetType(), name), key => key.Cmdlet.GetProperty(key.Name));
}
