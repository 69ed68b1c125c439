namespace EntraAuditTools.Core.Catalog;

/// <summary>Where in a request's life an activity belongs.</summary>
internal enum RequestPhase
{
    Request,
    Approval,
    Delivery,

    /// <summary>Access to one resource is given or taken.</summary>
    Resource,

    /// <summary>The assignment ends.</summary>
    End,

    /// <summary>A write to the directory that shares a correlation id.</summary>
    Directory,

    /// <summary>A custom extension is called.</summary>
    Callout,
    Other,
}

/// <summary>What an activity does to a request's status.</summary>
internal enum RequestEffect
{
    None,

    /// <summary>The request is made.</summary>
    Submit,

    /// <summary>Approvers are asked.</summary>
    Ask,

    /// <summary>Somebody is asked: the user among its targets.</summary>
    AddApprover,

    /// <summary>A stage is approved; another may follow.</summary>
    ApproveStage,

    /// <summary>A stage is done and another follows.</summary>
    CompleteStage,
    Approve,
    AutoApprove,
    Deny,
    TimeOut,
    Cancel,
    Schedule,
    Ready,
    Fulfill,
    PartlyFulfill,
    Fail,

    /// <summary>A delivery that failed is tried again.</summary>
    Retry,

    /// <summary>The assignment is gone: what a removal asks for.</summary>
    End,

    /// <summary>The request is forgotten with its user; open ones come to nothing.</summary>
    Discard,

    /// <summary>A decision of an access review, which can be why access is taken.</summary>
    Review,
}

/// <summary>What an activity means for requests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Phase">Where in the request's life it belongs.</param>
/// <param name="Effect">What it does to the status.</param>
/// <param name="Type">The kind of request that it makes or is part of; null where that can be any.</param>
/// <param name="End">Why the assignment ends; null for those that end none. <c>Service</c>: the service's own removal, told apart by what is around it.</param>
internal sealed record RequestActivity(string Name, RequestPhase Phase, RequestEffect Effect, string? Type, string? End);

/// <summary>
/// What the activities of Entitlement Management and Access Reviews mean for requests: <c>seeds/request-activities.tsv</c>, after the table
/// in "View reports and logs in entitlement management" (the documentation's names), the activity reference of 2024-10 (the catalog's), and
/// names that tenants write and neither has. Names are compared whole and without regard to case, so that a fulfilled resource assignment
/// is not taken for a fulfilled request.
/// </summary>
internal static class RequestActivities
{
    /// <summary><see cref="RequestActivity.End"/> of the service's own removals.</summary>
    public const string ByService = "Service";

    private const string Resource = "request-activities.tsv";
    private static readonly Lazy<Dictionary<string, RequestActivity>> Loaded = new(Load);

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<RequestActivity> All => Loaded.Value.Values;

    /// <summary>What an activity means; null for a name that the list lacks.</summary>
    public static RequestActivity? Find(string activity) => Loaded.Value.GetValueOrDefault(activity.Trim());

    private static Dictionary<string, RequestActivity> Load()
    {
        using var stream = typeof(RequestActivities).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        using var reader = new StreamReader(stream);
        var activities = new Dictionary<string, RequestActivity>(StringComparer.OrdinalIgnoreCase);
        reader.ReadLine(); // header: activity, phase, effect, type, end, source
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            activities.Add(cells[0],
                new(cells[0], Enum.Parse<RequestPhase>(cells[1]), Enum.Parse<RequestEffect>(cells[2]), NullIfEmpty(cells[3]), NullIfEmpty(cells[4])));
        }

        return activities;

        static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
    }
}
