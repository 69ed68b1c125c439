using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Sql;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Exporting;

/// <summary>Which rows are exported: those of one view for questions in SQL, narrowed as originals are.</summary>
internal static class RowSelection
{
    /// <summary>The kinds of record that have rows.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. AuditViews.All.Select(view => view.Kind).OfType<string>()];

    /// <summary>The view of the one kind that is meant.</summary>
    /// <param name="kinds">Kinds of record; wildcards; null for all.</param>
    /// <param name="form">What the file is to be, for the message.</param>
    /// <exception cref="AuditToolException">InvalidArgument: several are meant, or one that has no rows.</exception>
    public static AuditView View(IReadOnlyList<string>? kinds, string form)
    {
        var meant = OriginalSelection.Kinds.Where(kind => kinds?.Any(text => new WildcardText(text).IsMatch(kind)) != false).ToList();
        var wrong = meant.Count != 1 ? $"A {form} file has rows of one kind of record, and {(kinds == null ? "no kind was named"
                : $"{meant.Count} kinds are meant: {string.Join(", ", meant)}")}."
            : Kinds.Contains(meant[0]) ? null : $"There are no rows of {meant[0]}, only originals.";
        if (wrong == null) return AuditViews.All.First(view => view.Kind == meant[0]);
        throw new AuditToolException("ExportKind", AuditErrorKind.InvalidArgument, wrong,
            $"Name one with {Caller.Option("Kind")}: {string.Join(", ", Kinds)}. "
                + $"Or write originals of any kinds: {Caller.Option("As")} NdJson.");
    }

    /// <summary>SQL that reads the rows; null when the mirror has no tables for them yet.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="view">The view.</param>
    /// <param name="options">Tenants, times and imports.</param>
    public static SqlText? Of(MirrorReader mirror, AuditView view, ExportOptions options)
    {
        if (view.Since > mirror.SchemaVersion) return null;
        var sql = new SqlText();
        var log = LogTable.Find(view.Kind!);
        var alias = log?.Alias ?? (view.Kind == KindNames.SynchronizationJob ? "j" : "e");
        var tenants = TenantScope.Of(mirror, options.Tenants)?.Ids;
        var condition = tenants == null ? "1" : sql.In($"{alias}.tenant", tenants);
        // Objects have no time of an event.
        if (log != null) condition += TimeCondition.Of(options.After, options.Before).Exact(sql, alias);
        if (options.Imports is { } imports)
            condition += $" AND {Brought(log, alias, $"SELECT id FROM block WHERE {sql.In("import", imports)}")}";
        // Jobs have no number of their own.
        return sql.Add(view.Select(condition, $"{alias}.{(alias == "j" ? "rowid" : "id")}"));
    }

    /// <summary>Rows of which an original stands in one of these blocks.</summary>
    private static string Brought(LogTable? log, string alias, string blocks) => log switch
    {
        { } => $"({alias}.block IN ({blocks}) OR {alias}.id IN (SELECT c.{log.Name} FROM {log.Copies} c WHERE c.block IN ({blocks})))",
        null when alias == "j" => $"j.block IN ({blocks})",
        _ => $"e.id IN (SELECT o.entity FROM entity_original o WHERE o.block IN ({blocks}))",
    };
}
