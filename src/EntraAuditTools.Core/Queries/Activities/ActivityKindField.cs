using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>A filter by what an activity is: its service, category or name.</summary>
internal sealed class ActivityKindField : LogField
{
    /// <summary>Declares one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="words">In the words of <c>-Verbose</c>.</param>
    /// <param name="help">As a sentence.</param>
    /// <param name="ofKind">SQL over the table of kinds.</param>
    /// <param name="value">The value of a kind.</param>
    public ActivityKindField(string name, string words, string help, Func<MirrorReader, SqlText, IReadOnlyList<string>, string> ofKind,
        Func<ActivityTypeText, string?> value)
        : base(name, words, help)
    {
        OfKind = ofKind;
        Values = new ActivityValues("a.kind", (dimensions, id) => [value(dimensions.ActivityType(id))]);
    }

    /// <summary>SQL over the table of kinds.</summary>
    public Func<MirrorReader, SqlText, IReadOnlyList<string>, string> OfKind { get; }
}
