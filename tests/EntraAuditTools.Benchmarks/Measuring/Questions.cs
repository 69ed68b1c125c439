namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>What both sides are asked.</summary>
internal static class Questions
{
    public const string Newest = "newest 20";
    public const string NewestWithDetails = "newest 20 with targets and modified properties";
    public const string ByUser = "newest 50 by one user (UPN)";
    public const string ByCorrelation = "one correlation id";
    public const string ActivityInDay = "one activity within 24 h (100 at most)";
    public const string FailuresInWeek = "failures of one category within a week (100 at most)";
    public const string ByTarget = "newest 50 on one target (UPN)";
    public const string Count = "count of everything";
}
