using System.Globalization;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Logs.Conditions;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Filters that every log has.</summary>
internal static class CommonFields
{
    /// <summary>Ids of records, of logs that store them as bytes where they are GUIDs.</summary>
    public static readonly LogField Id = new("Id", "record id", "Graph's record id.") { Condition = RecordIds };

    /// <summary>The tenants.</summary>
    /// <param name="values">What completes it; null for nothing.</param>
    public static LogField Tenant(LogValues? values) => new("Tenant", "tenant", "Tenant id.")
    {
        Noun = "tenant",
        Held = CommonColumn.Tenant,
        Values = values,
        Condition = (context, texts) => TenantScope.Of(context.Mirror, texts) is { } scope
        ? new NumberCondition("tenant", scope.Ids) : null,
    };

    /// <summary>The imports that brought a record.</summary>
    /// <param name="more">Other rows that came with them (<see cref="ImportCondition"/>); null for none.</param>
    public static LogField Import(Func<LogScope, string, string, string>? more = null) =>
        new("ImportId", "import", "Number of an import: what came with it, first or again.")
        {
            Noun = "import",
            Held = CommonColumn.Import,
            IsNumber = true,
            Condition = (_, numbers) =>
            new ImportCondition([.. numbers.Select(number => long.Parse(number, CultureInfo.InvariantCulture))], more),
        };

    /// <summary>What is new since a time: what came first with an import that started after it.</summary>
    public static readonly LogField ImportedAfter =
        new("ImportedAfter", "first brought by an import that started after",
            "What is new since this time: what came first with an import that started after it, whenever it happened.")
        {
            IsTime = true,
            Condition = (context, _) => new FirstImportCondition(FirstAfter(context)),
        };

    // By numbers from there on: an import whose clock was set back is still later than those before it.
    private static long? FirstAfter(LogContext context)
    {
        var sql = new SqlText();
        sql.Add($"SELECT min(id) FROM import WHERE started > {sql.Bind(context.Filter.ImportedAfter!.Value.UtcTicks)}");
        return context.Mirror.Query(sql, row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0)).First();
    }

    private static LogCondition RecordIds(LogContext context, IReadOnlyList<string> ids)
    {
        if (ids.Any(id => new WildcardText(id).Literal is null))
            return new PatternCondition(ids, (dialect, row) => dialect.IdText($"{row}.record_id"));
        // The row that an id belongs to may be stored under another key, where two events share it, or without regard to case.
        var texts = ids.Select(id => new WildcardText(id).Literal!).ToList();
        var keys = texts.SelectMany(text => new[] { text, text.ToLowerInvariant() }).Distinct().Select(StableHash.Of).ToList();
        return new RowCondition(RecordKeys.Rows(context.Mirror, context.Log, keys));
    }
}
