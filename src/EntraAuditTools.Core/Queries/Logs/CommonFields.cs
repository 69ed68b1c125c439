using System.Globalization;
using EntraAuditTools.Core.Queries.Logs.Conditions;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Filters that every log has.</summary>
internal static class CommonFields
{
    /// <summary>The tenants.</summary>
    /// <param name="values">What completes it; null for nothing.</param>
    public static LogField Tenant(LogValues? values) => new("Tenant", "tenant", "Tenant id.")
    {
        Noun = "tenant",
        Held = ValueColumn.Tenant,
        Values = values,
        Condition = (context, texts) => TenantScope.Of(context.Mirror, texts) is { } scope ? new NumberCondition("tenant", scope.Ids) : null,
    };

    /// <summary>The imports that brought a record.</summary>
    /// <param name="more">Other rows that came with them (<see cref="ImportCondition"/>); null for none.</param>
    public static LogField Import(Func<LogScope, string, string, string>? more = null) =>
        new("ImportId", "import", "Number of an import: what came with it, first or again.")
        {
            Noun = "import",
            Held = ValueColumn.Import,
            IsNumber = true,
            Condition = (_, numbers) => new ImportCondition([.. numbers.Select(number => long.Parse(number, CultureInfo.InvariantCulture))], more),
        };
}
