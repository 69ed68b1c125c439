using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Logs.Conditions;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>
/// How one log is read: its filters, its columns and what makes objects of its rows. How it is stored, its <see cref="LogTable"/> says.
/// </summary>
/// <typeparam name="T">Its records.</typeparam>
internal sealed class LogDefinition<T>
{
    /// <summary>Its tables.</summary>
    public required LogTable Table { get; init; }

    /// <summary>What its records are called at the beginning of a sentence.</summary>
    public required string What { get; init; }

    /// <summary>Its filters.</summary>
    public required IReadOnlyList<LogField> Fields { get; init; }

    /// <summary>The columns that <see cref="Reader"/> expects; the first is the row's number.</summary>
    public required string Columns { get; init; }

    /// <summary>Makes objects of rows, for one question.</summary>
    public required Func<LogContext, Func<Statement, T>> Reader { get; init; }

    /// <summary>The kinds (combinations of words that recur) that a question's filters allow; null when it asks for any.</summary>
    public required Func<LogContext, IReadOnlyList<long>?> Kinds { get; init; }

    /// <summary>Whether rows are left out for which another log's stands.</summary>
    public Func<MirrorReader, LogFilter, bool> HidesTwins { get; init; } = (_, _) => false;

    /// <summary>The filter of a name.</summary>
    /// <exception cref="ArgumentException">It has no such filter.</exception>
    public LogField Field(string name) =>
        Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no filter '{name}'.", nameof(name));

    /// <summary>Begins a question.</summary>
    public LogContext Begin(MirrorReader mirror, LogFilter filter) =>
        new(Table, mirror, filter) { HidesTwins = HidesTwins(mirror, filter) };

    /// <summary>Looks a question's texts up.</summary>
    public LogConditions Resolve(LogContext context)
    {
        var all = new List<LogCondition>();
        if (Kinds(context) is { } kinds) all.Add(LogConditions.OfKinds(Table, kinds));
        foreach (var field in Fields)
        {
            if (field.TextsOf(context.Filter) is { } texts && field.Condition?.Invoke(context, texts) is { } condition) all.Add(condition);
        }

        return new(Table, all, TimeCondition.Of(context.Filter.After, context.Filter.Before), context.HidesTwins);
    }

    /// <inheritdoc cref="Resolve(LogContext)"/>
    public LogConditions Resolve(MirrorReader mirror, LogFilter filter)
    {
        using var context = Begin(mirror, filter);
        return Resolve(context);
    }
}
