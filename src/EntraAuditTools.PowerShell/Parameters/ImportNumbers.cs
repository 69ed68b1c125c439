using System.Globalization;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>Numbers of imports as texts, to be looked for in the mirror like other values.</summary>
internal static class ImportNumbers
{
    /// <summary>The numbers; null when there are none.</summary>
    public static string[]? Of(long[]? ids) => ids is null ? null : Array.ConvertAll(ids, id => id.ToString(CultureInfo.InvariantCulture));
}
