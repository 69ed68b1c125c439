using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>
/// Copies that hold some tenants of a shared mirror, for who may read no others. They have neither the chain nor the originals of others, so
/// nothing in them proves, or disproves, what was imported.
/// </summary>
internal static class TenantPart
{
    /// <summary>Where a mirror says of itself which tenants it holds, one a line.</summary>
    public const string MetaName = "tenants";

    /// <summary>The tenants, with commas; null for a mirror that holds all that was imported.</summary>
    public static string? Of(SqliteConnection mirror) => List(mirror) is { } tenants ? string.Join(", ", tenants) : null;

    /// <summary>The tenants; null for a mirror that holds all that was imported.</summary>
    public static IReadOnlyList<string>? List(SqliteConnection mirror)
    {
        using var look = new Statement(mirror, $"SELECT value FROM main.meta WHERE name = '{MetaName}'");
        if (!look.Step()) return null;
        var tenants = (look.String(0) ?? string.Empty).Split('\n').Select(tenant => TerminalText.Line(tenant)).ToList();
        look.Reset();
        return tenants;
    }
}
