using System.Globalization;

namespace EntraAuditTools.Cli.Output;

/// <summary>Activities for reading: one line each.</summary>
internal static class ActivityTable
{
    public static void Write(IEnumerable<AuditActivity> activities) =>
        Screen.WriteTable(
            ["Time (UTC)", "Activity", "Result", "Initiated by", "Target"],
            activities.Select(activity => (IReadOnlyList<string>)
            [
                Time(activity.Time),
                activity.GetTitle(),
                activity.Result ?? string.Empty,
                activity.InitiatedBy.ToString(),
                activity.TargetCount > 1
                ? $"{activity.TargetSummary} (+{activity.TargetCount - 1})" : activity.TargetSummary ?? string.Empty,
            ]));

    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? string.Empty;
}
