using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>
/// Which rows a filter by tenant means. Many exports do not name their tenant (the portal's CSV, entitlement objects): where only one
/// tenant is known, what names none is its own, decided when somebody asks and never stored; where several are, it is left out, and
/// <c>Unknown</c> asks
/// for it.
/// </summary>
internal sealed class TenantScope
{
    /// <summary>What asks for rows of no known tenant.</summary>
    public const string Unknown = "Unknown";

    private readonly List<WildcardText> patterns;

    private TenantScope(List<WildcardText> patterns, List<long> ids, bool takesUnknown)
    {
        this.patterns = patterns;
        Ids = ids;
        TakesUnknown = takesUnknown;
    }

    /// <summary>Whether rows of no known tenant are meant too.</summary>
    public bool TakesUnknown { get; }

    /// <summary>The tenants' terms, with 0 where rows of no known tenant are meant.</summary>
    internal IReadOnlyList<long> Ids { get; }

    /// <summary>The scope of a filter; null when it asks for all.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="texts">Tenants; wildcards; <see cref="Unknown"/>; null for all.</param>
    /// <exception cref="AuditToolException">InvalidWildcard.</exception>
    public static TenantScope? Of(MirrorReader mirror, IReadOnlyList<string>? texts)
    {
        if (texts is not { Count: > 0 }) return null;
        var named = texts.Where(text => !text.Equals(Unknown, StringComparison.OrdinalIgnoreCase)).ToList();
        var patterns = named.ConvertAll(text => new WildcardText(text));
        var takesUnknown = named.Count < texts.Count
            || (KnownTenants(mirror) is [var only] && patterns.Exists(pattern => pattern.IsMatch(only)));
        var ids = TermLookup.Terms(mirror, named) ?? [];
        if (takesUnknown) ids.Add(0);
        return new(patterns, ids, takesUnknown);
    }

    /// <summary>A sentence on the rows that a filter leaves out because nothing names their tenant; null when there are none.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="texts">The filter.</param>
    /// <param name="logs">Kinds of log that answer; empty for objects.</param>
    public static string? Warning(MirrorReader mirror, IReadOnlyList<string>? texts, IReadOnlyList<string> logs)
    {
        if (Of(mirror, texts) is not { TakesUnknown: false }) return null;
        var tables = logs.Select(LogTable.Of).Where(mirror.Has).Select(log => log.Name).ToList();
        if (tables.Count == 0 && mirror.SchemaVersion >= EntitySchema.Since) tables.Add("entity");
        var left = tables.Sum(table =>
            LogTable.All.Any(log => log.Name == table) ? mirror.NumberOfLog(mirror.LogText(WithoutTenant(table)))
                : mirror.Query(WithoutTenant(table), row => row.GetInt64(0)).First());
        return left == 0 ? null
            : $"{left:N0} {(left == 1 ? "record whose tenant no export tells is" : "records whose tenant no export tells are")} left "
                + $"out, since the mirror holds several tenants: {Caller.Option("Tenant")} {Unknown} shows them.";
    }

    private static string WithoutTenant(string table) =>
        $"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE tenant = 0 LIMIT 1000000) r";

    /// <summary>Whether a row of a tenant is meant.</summary>
    internal bool Has(string? tenant) => string.IsNullOrEmpty(tenant) ? TakesUnknown : patterns.Exists(pattern => pattern.IsMatch(tenant));

    /// <summary>
    /// The tenants that the mirror knows of, from a table of their own; in mirrors of before, from small tables: a tenant is a GUID among
    /// the terms, or what an import was given. Rows are not gone through, there may be ten millions.
    /// </summary>
    internal static List<string> KnownTenants(MirrorReader mirror)
    {
        if (mirror.SchemaVersion >= ReadingSchema.Since)
            return [.. mirror.Query("SELECT text FROM term WHERE id IN (SELECT term FROM tenant)",
                row => TerminalText.Visible(row.GetString(0))!)];
        var given = mirror.Query(
            "SELECT DISTINCT json_extract(options, '$.Tenant') FROM import WHERE json_valid(options) AND json_extract(options, '$.Tenant') <> ''",
            row => TerminalText.Visible(row.GetString(0))!).ToList();
        var terms = mirror.Query("SELECT text FROM term WHERE length(text) = 36", row => TerminalText.Visible(row.GetString(0))!)
            .Where(text => Guid.TryParse(text, out _));
        return [.. given.Concat(terms).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
