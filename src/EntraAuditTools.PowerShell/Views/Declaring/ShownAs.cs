namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>How a column shows a property that is a time or a number. All times of records are UTC; the label says so.</summary>
internal static class ShownAs
{
    public const string Day = "yyyy-MM-dd";
    public const string Minute = "yyyy-MM-dd HH:mm";
    public const string Second = "yyyy-MM-dd HH:mm:ss";

    /// <summary>To the tenth of a microsecond, as exact as logs are; without zeros at the end.</summary>
    public const string Exact = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    /// <summary>The time without its day, which another column shows.</summary>
    public const string TimeOfDay = "HH:mm:ss";

    /// <summary>A count, its thousands apart.</summary>
    public const string Count = "N0";
}
