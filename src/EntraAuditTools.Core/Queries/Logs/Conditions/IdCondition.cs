using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Queries.Logs.Conditions;

/// <summary>A column that stores GUIDs as bytes, and is indexed, has one of some ids.</summary>
internal sealed class IdCondition : LogCondition
{
    private readonly string column;
    private readonly List<object> stored;

    private IdCondition(string column, List<object> stored)
    {
        this.column = column;
        this.stored = stored;
    }

    /// <inheritdoc/>
    public override LogDriver Driver => new(scope => $"{scope.Table} WHERE {In(scope, scope.Column(column))}");

    /// <summary>By the stored ids where all are GUIDs, else by their texts.</summary>
    /// <exception cref="AuditToolException">InvalidWildcard.</exception>
    public static LogCondition Of(string column, IReadOnlyList<string> texts)
    {
        var patterns = new PatternCondition(texts, (dialect, row) => dialect.IdText($"{row}.{column}"));
        var literals = texts.Select(text => new WildcardText(text.Trim()).Literal).ToList();
        return literals.TrueForAll(literal => literal != null && Guid.TryParseExact(literal, "D", out _))
            ? new IdCondition(column, literals.ConvertAll(literal => StoredId.ToCorrelation(literal!)))
            : patterns;
    }

    /// <inheritdoc/>
    public override string Where(LogScope scope) => In(scope, scope.Unsought(column));

    private string In(LogScope scope, string name) => $"{name} IN ({string.Join(", ", stored.Select(scope.Sql.BindId))})";
}
