using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.PowerShell.Session;

namespace EntraAuditTools.PowerShell.Messages;

/// <summary>A question in words, as it was understood, for <c>-Verbose</c>.</summary>
internal sealed class QuestionText
{
    /// <summary>More than so many are counted.</summary>
    private const int MostSelectors = 3;

    private readonly StringBuilder text;

    public QuestionText(string what) => text = new StringBuilder(what);

    public QuestionText Add(string what, IReadOnlyList<string>? texts)
    {
        if (texts is { Count: > 0 }) text.Append("; ").Append(Any(what, texts));
        return this;
    }

    public QuestionText Add(string what, DateTimeOffset? time)
    {
        if (time is { } at) text.Append(CultureInfo.InvariantCulture, $"; {what} {at.UtcDateTime:yyyy-MM-dd HH:mm:ss.FFFFFFF}Z");
        return this;
    }

    public QuestionText Add(TimeWindow window)
    {
        if (window.After is { } from)
            text.Append(CultureInfo.InvariantCulture, $"; from {from.UtcDateTime:yyyy-MM-dd HH:mm:ss.FFFFFFF}Z (included)");
        if (window.Before is { } to)
            text.Append(CultureInfo.InvariantCulture, $"; to {to.UtcDateTime:yyyy-MM-dd HH:mm:ss.FFFFFFF}Z (excluded)");
        return this;
    }

    public QuestionText AddIf(bool condition, string words)
    {
        if (condition) text.Append("; ").Append(words);
        return this;
    }

    public QuestionText Add(IReadOnlyList<EntitlementSelector>? selectors)
    {
        if (selectors is null) return this;
        text.Append("; ").AppendJoin(", or ", selectors.Take(MostSelectors).Select(Words));
        if (selectors.Count > MostSelectors) text.Append(CultureInfo.InvariantCulture, $", or {selectors.Count - MostSelectors} more");
        return this;
    }

    /// <summary>The sentence.</summary>
    public override string ToString() => text + ".";

    private static string Words(EntitlementSelector selector) => string.Join(" and ", new (string What, IReadOnlyList<string>? Texts)[]
    {
        ("user", selector.User), ("access package", selector.AccessPackage), ("assignment id", selector.AssignmentId),
            ("request id", selector.RequestId),
    }.Where(part => part.Texts is not null).Select(part => Any(part.What, part.Texts!)));

    private static string Any(string what, IReadOnlyList<string> texts) =>
        $"{what} like {string.Join(" or ", texts.Select(text => $"'{text}'"))}";
}
