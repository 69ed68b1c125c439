using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Fields;

namespace EntraAuditTools.Core.Questions.Asking;

/// <summary>A question in words, as it was understood, for <c>-Verbose</c>.</summary>
internal static class QuestionText
{
    /// <summary>More than so many are counted.</summary>
    private const int MostSelectors = 3;

    /// <summary>These make the time that is asked for, which is said at the end.</summary>
    private static readonly string[] Window = ["After", "Before", "Last", "RequireCoverage"];

    /// <summary>The sentence.</summary>
    public static string Of(Question question, QuestionInput input)
    {
        var text = new StringBuilder(question.What);
        Add(text, input.Selectors);
        foreach (var field in question.Fields.Where(field => field.Selects == null && !Window.Contains(field.Name)))
            Add(text, field, input);
        foreach (var note in question.Notes(input)) text.Append("; ").Append(note);
        if (input.Window.After is { } from) text.Append("; from ").Append(Time(from)).Append(" (included)");
        if (input.Window.Before is { } to) text.Append("; to ").Append(Time(to)).Append(" (excluded)");
        return text.Append('.').ToString();
    }

    /// <summary>A time in the sentence.</summary>
    public static string Time(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss.FFFFFFF}Z");

    private static void Add(StringBuilder text, QuestionField field, QuestionInput input)
    {
        if (input.Time(field.Name) is { } time) text.Append("; ").Append(field.Words).Append(' ').Append(Time(time));
        else if (input.Has(field.Name)) text.Append("; ").Append(field.Words);
        else if (input.Texts(field.Name) is { } texts && !field.IsPhrase) text.Append("; ").Append(Any(field.Words, texts));
        else if (input.Numbers(field.Name) is { } numbers) text.Append("; ").Append(field.Words).Append(' ').AppendJoin(" or ", numbers);
    }

    private static void Add(StringBuilder text, IReadOnlyList<EntitlementSelector>? selectors)
    {
        if (selectors is null) return;
        text.Append("; ").AppendJoin(", or ", selectors.Take(MostSelectors).Select(Words));
        if (selectors.Count > MostSelectors) text.Append(CultureInfo.InvariantCulture, $", or {selectors.Count - MostSelectors} more");
    }

    private static string Words(EntitlementSelector selector) => string.Join(" and ", new (string What, IReadOnlyList<string>? Texts)[]
    {
        ("user", selector.User), ("access package", selector.AccessPackage), ("assignment id", selector.AssignmentId),
        ("request id", selector.RequestId),
    }.Where(part => part.Texts is not null).Select(part => Any(part.What, part.Texts!)));

    private static string Any(string what, IReadOnlyList<string> texts) =>
        $"{what} like {string.Join(" or ", texts.Select(text => $"'{text}'"))}";
}
