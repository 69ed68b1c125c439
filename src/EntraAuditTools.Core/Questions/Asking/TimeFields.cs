using EntraAuditTools.Core.Queries.Fields;

namespace EntraAuditTools.Core.Questions.Asking;

/// <summary>The fields of questions about a time.</summary>
internal static class TimeFields
{
    /// <summary>The last so long.</summary>
    public static readonly QuestionField Last =
        new("Last", "of the last", "The last so long, up to now or to the end that is given: 24h, 7d, 30d, 1month.")
        {
            IsPhrase = true, Usual = ["24h", "7d", "30d", "1month", "90d", "1y"],
        };

    /// <summary>The time asked for, and what becomes of a question whose time is not covered.</summary>
    public static readonly IReadOnlyList<QuestionField> All =
    [
        new("After", "from", "At or after this time: 2026-11-01 (local midnight), 2026-11-01T14:30Z, 7d (ago).") { IsTime = true },
        new("Before", "to", "Before this time.") { IsTime = true },
        Last,
        new("RequireCoverage", "only if the time is covered",
            "Fail where the logs that the answer comes from do not cover the time, instead of warning and answering from what there is.")
            { IsSwitch = true },
    ];

    /// <summary>The time to answer for; now when not given.</summary>
    public static readonly QuestionField AsOf = new("AsOf", "as of", "The time to answer for; now when not given.") { IsTime = true };

    /// <summary>Whether secrets are shown.</summary>
    public static readonly QuestionField ShowSecret = new("ShowSecret", "with secrets",
        "Show values that can hold key material instead of masking them.") { IsSwitch = true };
}
