using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Logs.Conditions;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>Words that occur in the whole record, found through the full-text index.</summary>
internal sealed class SearchCondition : LogCondition
{
    private readonly SearchText search;

    private SearchCondition(SearchText search) => this.search = search;

    /// <inheritdoc/>
    public override LogDriver Driver => new(scope => $"{scope.Table} WHERE {scope.Column("id")} IN ({Rows(scope)})") { Arms = Arms };

    /// <summary>Through the index where the mirror has it, else by reading each original; null when nothing is searched for.</summary>
    /// <exception cref="AuditToolException">InvalidSearch.</exception>
    public static LogCondition? Of(MirrorReader mirror, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var search = new SearchText(text);
        return ActivitySearchIndex.Exists(mirror) ? new SearchCondition(search) : new ScanCondition(text);
    }

    /// <inheritdoc/>
    public override string Where(LogScope scope) => $"{scope.Unsought("id")} IN ({Rows(scope)})";

    private IEnumerable<string> Arms(LogScope scope)
    {
        if (scope.HidesTwins) return [Driver.Source(scope)];
        const string Index = ActivitySearchIndex.Table;
        var found = scope.Dialect.LookUp($"{Index} f", scope.Table, $"{scope.Column("id")} = f.rowid");
        return [$"{found} WHERE {scope.Dialect.FullText(scope.Sql, Index, search)}{scope.Time.Rows(scope.Sql, "f.rowid")}"];
    }

    /// <summary>What only the unified log's record says finds the event too.</summary>
    private string Rows(LogScope scope)
    {
        const string Index = ActivitySearchIndex.Table;
        var rows = $"SELECT rowid FROM {Index} WHERE {scope.Dialect.FullText(scope.Sql, Index, search)}";
        return scope.HidesTwins
            ? $"SELECT coalesce(x.directory, f.rowid) FROM ({rows}) f LEFT JOIN {scope.Log.Twins} x ON x.activity = f.rowid"
            : rows + scope.Time.Rows(scope.Sql, "rowid");
    }

    /// <summary>The same where the mirror has no index.</summary>
    private sealed class ScanCondition(string text) : LogCondition
    {
        public override string Where(LogScope scope) =>
            scope.OfEither(row => scope.Dialect.OriginalHas(scope.Sql, text, $"{row}.block", $"{row}.slot"));
    }
}
