namespace EntraAuditTools.Core.Catalog;

/// <summary>
/// What the activities of Entitlement Management and Access Reviews mean for requests: <c>seeds/request-activities.tsv</c>, after the table
/// in "View reports and logs in entitlement management" (the documentation's names), the activity reference of 2024-10 (the catalog's), and
/// names that tenants write and neither has. Names are compared whole and without regard to case, so that a fulfilled resource assignment
/// is not taken for a fulfilled request.
/// </summary>
internal static class RequestActivities
{
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
            activities.Add(cells[0], new(cells[0], Enum.Parse<RequestPhase>(cells[1]), Enum.Parse<RequestEffect>(cells[2]),
                Optional<RequestType>(cells[3]), Optional<EndReason>(cells[4])));
        }

        return activities;

        static T? Optional<T>(string text)
            where T : struct, Enum => text.Length == 0 ? null : Enum.Parse<T>(text);
    }
}
