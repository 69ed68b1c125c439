using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.Core.Questions.Completion;

/// <summary>
/// Completes a filter of a log with the values that the mirror holds, most frequent first, narrowed by the filters already given; without a
/// mirror, service, category and activity from the catalog.
/// </summary>
internal static class LogCompletion
{
    /// <summary>What completes a field that a log has under that name.</summary>
    public static Func<CompletionRequest, IEnumerable<CompletedValue>> Of(IReadOnlyList<LogField> fields, string name) =>
        request => Run(fields, name, request);

    /// <summary>The values that complete a field of a log; none where it has no such field.</summary>
    public static IEnumerable<CompletedValue> Run(IReadOnlyList<LogField> fields, string name, CompletionRequest request)
    {
        var completed = fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (completed is null) return [];
        if (request.Mirror is not { } mirror)
            return AuditActivityQuery.Fields.Contains(completed) ? Cataloged(completed.Name, request) : [];
        if (mirror.Light != null) return Held(completed, mirror, request);
        var others = new LogFilter();
        foreach (var other in fields.Where(other => other.Narrows && other != completed)) others[other.Name] = request.Given(other.Name);
        return FilterValueQuery.Run(mirror, completed, request.Typed, CompletionRequest.Limit, others)
            .Select(value => new CompletedValue(value.Key, value.Value));
    }

    /// <summary>Of a mirror whose logs are elsewhere, the words and names alone: counting rows there would take too long for a key.</summary>
    private static IEnumerable<CompletedValue> Held(QuestionField completed, MirrorReader mirror, CompletionRequest request) =>
        completed.Held is not { } column ? []
            : new TypedText(request.Typed).Best(column.Of(mirror).Candidates(request.Typed).Distinct(StringComparer.OrdinalIgnoreCase)
                .Order(StringComparer.OrdinalIgnoreCase)).Take(CompletionRequest.Limit).Select(text => new CompletedValue(text));

    private static IEnumerable<CompletedValue> Cataloged(string name, CompletionRequest request)
    {
        Func<AuditActivityType, string>? value = name switch
        {
            "Service" => type => type.Service,
            "Category" => type => type.Category,
            "Activity" => type => type.Activity,
            _ => null,
        };
        if (value is null) return [];
        IReadOnlyList<string>? Others(string other) => other == name ? null : request.Given(other);
        var known = AuditActivityTypeQuery
            .Run(null, Others("Service"), Others("Category"), Others("Activity"), seen: false, unlisted: false)
            .Select(value)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase);
        return new TypedText(request.Typed).Best(known).Select(text => new CompletedValue(text));
    }
}
