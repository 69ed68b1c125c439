using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Queries.Logs.Conditions;

/// <summary>What a row or its twin contains is like one of some texts; each row is looked at.</summary>
internal sealed class PatternCondition : LogCondition
{
    private readonly IReadOnlyList<string> patterns;
    private readonly Func<ISqlDialect, string, string> value;

    /// <summary>Checks the patterns, so that the error is their own and not that of a database that meets one while it runs.</summary>
    /// <param name="patterns">The texts.</param>
    /// <param name="value">SQL for the text of a row, by its alias.</param>
    /// <exception cref="AuditToolException">InvalidWildcard.</exception>
    public PatternCondition(IReadOnlyList<string> patterns, Func<ISqlDialect, string, string> value)
    {
        foreach (var pattern in patterns) _ = new WildcardText(pattern);
        this.patterns = patterns;
        this.value = value;
    }

    /// <summary>Whether the twin's text counts too; else only that of the row that is shown.</summary>
    public bool IsOfEither { get; init; }

    /// <inheritdoc/>
    public override string Where(LogScope scope)
    {
        string Matches(string row) => scope.Dialect.MatchesAny(scope.Sql, patterns, value(scope.Dialect, row));
        return IsOfEither ? scope.OfEither(Matches) : Matches(scope.Log.Alias);
    }
}
