using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>Which kinds of activity (combinations of service, category and name) a filter allows.</summary>
internal static class ActivityKinds
{
    /// <summary>The kinds that a question's filters allow; null when it asks for any.</summary>
    public static List<long>? Matching(LogContext context, IEnumerable<ActivityKindField> fields)
    {
        var sql = new SqlText("SELECT id FROM kind WHERE 1");
        var isAsked = false;
        foreach (var field in fields)
        {
            if (field.TextsOf(context.Filter) is not { } texts) continue;
            sql.Add($" AND {field.OfKind(context.Mirror, sql, texts)}");
            isAsked = true;
        }

        return isAsked ? context.Mirror.Query(sql, row => row.GetInt64(0)).ToList() : null;
    }

    /// <summary>By the activity's name.</summary>
    public static string Activity(MirrorReader mirror, SqlText sql, IReadOnlyList<string> texts) => Named(sql, "activity", texts, null);

    /// <summary>By the service.</summary>
    public static string Service(MirrorReader mirror, SqlText sql, IReadOnlyList<string> texts) =>
        Named(sql, "service", texts, ServiceAliases.ServiceSpellings);

    /// <summary>
    /// By the category. The portal's older categories are today's services ("Audit logs tab under the Account Provisioning category",
    /// reporting on automatic user provisioning): such a word means the events of that service.
    /// </summary>
    public static string Category(MirrorReader mirror, SqlText sql, IReadOnlyList<string> texts)
    {
        var services = texts.Where(text => new WildcardText(text).Literal is { } literal && FormerCategory.IsService(mirror, literal))
            .ToList();
        if (services.Count == 0) return Named(sql, "category", texts, ServiceAliases.CategorySpellings);
        var rest = texts.Except(services).ToList();
        var category = rest.Count == 0 ? string.Empty : $"{Named(sql, "category", rest, ServiceAliases.CategorySpellings)} OR ";
        return $"({category}{Service(mirror, sql, services)})";
    }

    private static string Named(SqlText sql, string column, IReadOnlyList<string> texts, Func<string, IEnumerable<string>>? spellings)
    {
        texts = TermLookup.Trimmed(texts);
        // A literal name also finds the other spellings under which the same service or category is known.
        var all = spellings is null ? texts
            : texts.SelectMany(text => new WildcardText(text).Literal is { } literal ? spellings(literal).Select(WildcardText.Escape)
                .Prepend(text) : [text]).ToList();
        return $"{column} IN (SELECT id FROM term WHERE {TextCondition.AnyOf(sql, all, TermLookup.TrimmedText)})";
    }
}
