namespace EntraAuditTools.Core.Mirror.Writing.Logs;

/// <summary>What an event's result says, as far as the two logs agree on its words.</summary>
internal enum TwinResult
{
    /// <summary>Not known, or in words of one log's own.</summary>
    Unknown,
    Success,
    Failure,
}

/// <summary>
/// What is looked at of an event to find the other log's account of it. All events that are compared have one correlation id.
/// </summary>
/// <param name="Id">Its row.</param>
/// <param name="Ticks">Its time.</param>
/// <param name="Key">A number that follows from the record alone, so that the order of import decides nothing.</param>
/// <param name="IsUnified">Whether it is of the unified audit log; else of the directory's.</param>
/// <param name="Activity">Its activity, as <see cref="ActivityKey"/> writes it.</param>
/// <param name="Target">Its first target.</param>
internal readonly record struct TwinEvent(long Id, long Ticks, long Key, bool IsUnified, string Activity, TwinTarget Target)
{
    public TwinResult Result { get; init; }

    /// <summary>Its tenant; 0 when no export names it.</summary>
    public long Tenant { get; init; }

    /// <summary>The set of names of its modified properties.</summary>
    public long PropertySet { get; init; }

    /// <summary>
    /// An activity's name without what only one log writes: the unified log's dot at the end, blanks around, letters' case.
    /// </summary>
    public static string ActivityKey(string activity) => activity.Trim().TrimEnd('.', ' ').ToUpperInvariant();

    /// <summary>Whether both logs may mean one event by these two, time aside: nothing that both contain differs.</summary>
    public bool Fits(in TwinEvent other) =>
        IsUnified != other.IsUnified && Activity == other.Activity && Target.Is(other.Target)
        && (Result == other.Result || Result == TwinResult.Unknown || other.Result == TwinResult.Unknown)
        && (Tenant == other.Tenant || Tenant == 0 || other.Tenant == 0);
}

/// <summary>The first object that an event is about; exports have some of its names, or none.</summary>
internal readonly record struct TwinTarget(string? Id, string? UserPrincipalName, string? Name)
{
    /// <summary>The target of a row's columns; the id of zeros is none.</summary>
    public static TwinTarget Of(string? id, string? userPrincipalName, string? name) =>
        new(id == null || (Guid.TryParse(id, out var guid) && guid == Guid.Empty) ? null : id, NullIfEmpty(userPrincipalName),
            NullIfEmpty(name));

    public bool IsNone => Id == null && UserPrincipalName == null && Name == null;

    /// <summary>Every text by which the same object may be named elsewhere.</summary>
    public IEnumerable<string> Texts => new[] { Id, UserPrincipalName, Name }.OfType<string>();

    /// <summary>
    /// Whether it is the same object: by its id where both have one, else by UPN, else by name; a log may write a UPN for a name.
    /// </summary>
    public bool Is(in TwinTarget other)
    {
        if (IsNone || other.IsNone) return IsNone && other.IsNone;
        if (Id != null && other.Id != null) return Same(Id, other.Id);
        if (UserPrincipalName != null && other.UserPrincipalName != null) return Same(UserPrincipalName, other.UserPrincipalName);
        return Texts.Intersect(other.Texts, StringComparer.OrdinalIgnoreCase).Any();
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Two accounts of one event: rows of the unified audit log and of the directory's.</summary>
internal readonly record struct TwinPair(long Unified, long Directory);
