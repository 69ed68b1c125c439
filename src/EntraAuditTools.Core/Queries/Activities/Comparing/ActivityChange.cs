namespace EntraAuditTools.Core.Queries.Activities.Comparing;

/// <summary>
/// What two counts say together, as far as the times are covered that they are of: records that lack could only add to a count.
/// </summary>
internal static class ActivityChange
{
    public const string New = "New", Gone = "Gone", More = "More", Fewer = "Fewer", Same = "Same", Unknown = "Unknown";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [New, Gone, More, Fewer, Same, Unknown];

    /// <summary>The change.</summary>
    /// <param name="reference">How many there were in the time to compare with.</param>
    /// <param name="count">How many there are in the time.</param>
    /// <param name="referenceCovered">Whether these are all.</param>
    /// <param name="covered">Whether those are all.</param>
    public static string Of(long reference, long count, bool referenceCovered, bool covered) => count.CompareTo(reference) switch
    {
        > 0 => referenceCovered ? (reference == 0 ? New : More) : Unknown,
        < 0 => covered ? (count == 0 ? Gone : Fewer) : Unknown,
        _ => covered && referenceCovered ? Same : Unknown,
    };
}
