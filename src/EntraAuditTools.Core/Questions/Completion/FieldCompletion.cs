using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Questions.Asking;

namespace EntraAuditTools.Core.Questions.Completion;

/// <summary>Completes any field of a question.</summary>
internal static class FieldCompletion
{
    /// <summary>What a log's fields of these names are completed with, rather than with the values of the log's rows.</summary>
    private static readonly Dictionary<string, Func<CompletionRequest, IEnumerable<CompletedValue>>> ByName = new(StringComparer.Ordinal)
    {
        ["Tenant"] = RecordCompletion.Tenants,
        ["ImportId"] = RecordCompletion.Imports,
        ["Identity"] = RecordCompletion.Identities,
    };

    /// <summary>The values that complete a field, best first.</summary>
    public static IEnumerable<CompletedValue> Run(Question question, QuestionField field, CompletionRequest request) =>
        field.Completes is { } own ? own(request)
        : (field.ClosedList ?? field.Usual) is { } words ? RecordCompletion.Words(words)(request)
        : ByName.TryGetValue(field.Name, out var named) ? named(request)
        : field is LogField && IsId(field) ? Ids(field, question, request)
        : field is LogField ? LogCompletion.Run([.. question.Fields.OfType<LogField>()], field.Name, request)
        : [];

    /// <summary>Whether there is anything to complete a field from.</summary>
    public static bool IsThere(QuestionField field) =>
        (field.ClosedList ?? field.Usual) != null || field.Completes != null || ByName.ContainsKey(field.Name)
        || IsId(field) || field is LogField { Values: not null };

    private static bool IsId(QuestionField field) => field.Name is "Id" or "CorrelationId" or "CycleId" or "ChangeId";

    private static IEnumerable<CompletedValue> Ids(QuestionField field, Question question, CompletionRequest request) =>
        question.Field("CycleId") is null ? IdCompletion.Activities(field.Name, request) : IdCompletion.Provisioning(field.Name, request);
}
