using System.Text.Json;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>What the questions ask for: taken from records in the middle of the file, so that there is an answer.</summary>
internal sealed record Probes(string User, string Target, string CorrelationId, string Activity, DateTimeOffset ActivityTime,
    string FailedCategory, DateTimeOffset FailureTime)
{
    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this));

    public static Probes Load(string path) => JsonSerializer.Deserialize<Probes>(File.ReadAllText(path))!;

    /// <summary>Finds them in a file of one Graph record a line.</summary>
    public static Probes Find(string file, long records)
    {
        string? user = null, target = null, correlation = null, activity = null, failedCategory = null;
        DateTimeOffset activityTime = default, failureTime = default;
        foreach (var line in File.ReadLines(file).Skip((int)(records / 2)))
        {
            using var document = JsonDocument.Parse(line);
            var record = document.RootElement;
            var time = record.GetProperty("activityDateTime").GetDateTimeOffset();
            if (failedCategory == null && record.GetProperty("result").GetString() == "failure")
            {
                failedCategory = record.GetProperty("category").GetString();
                failureTime = time;
            }

            if (user == null && Text(record.GetProperty("initiatedBy"), "user", "userPrincipalName") is { } actor)
            {
                user = actor;
                correlation = record.GetProperty("correlationId").GetString();
                activity = record.GetProperty("activityDisplayName").GetString();
                activityTime = time;
            }

            target ??= record.GetProperty("targetResources").EnumerateArray().Select(resource => Text(resource, "userPrincipalName"))
                .FirstOrDefault(upn => upn != null);
            if (user != null && target != null && failedCategory != null)
                return new(user, target, correlation!, activity!, activityTime, failedCategory, failureTime);
        }

        throw new InvalidOperationException("The generated records hold no user, target or failure in their second half.");
    }

    private static string? Text(JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        }

        return element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text ? text : null;
    }
}
