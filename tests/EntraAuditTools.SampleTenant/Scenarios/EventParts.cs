using System.Globalization;
using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>What events are made of: targets, initiators and values as the directory writes them.</summary>
internal static class EventParts
{
    /// <summary>Property that lists the changed ones.</summary>
    public const string Included = "Included Updated Properties";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value as Entra writes it: JSON inside text.</summary>
    public static string Quoted(string value) =>
        value.AsSpan().IndexOfAny('"', '\\') < 0 ? string.Concat("\"", value, "\"") : JsonSerializer.Serialize(value, Plain);

    /// <summary>A list with one value, as JSON inside text.</summary>
    public static string Listed(string value) => "[" + Quoted(value) + "]";

    public static EventProperty Set(string name, string? newValue) => new(name, null, newValue);

    public static EventProperty Changed(string name, string? oldValue, string? newValue) => new(name, oldValue, newValue);

    public static EventTarget Target(Person person, params EventProperty[] properties) =>
        new("User", person.Id, null, person.UserPrincipalName) { Properties = properties };

    public static EventTarget Named(Person person, params EventProperty[] properties) =>
        new("User", person.Id, person.DisplayName, person.UserPrincipalName) { Properties = properties };

    public static EventTarget Target(DirectoryGroup group, params EventProperty[] properties) =>
        new("Group", group.Id, null, null, group.GroupType) { Properties = properties };

    public static EventTarget Principal(EnterpriseApplication application, params EventProperty[] properties) =>
        new("ServicePrincipal", application.ServicePrincipalId, application.DisplayName) { Properties = properties };

    /// <summary>A person at work; the directory knows the name only sometimes.</summary>
    public static EventActor Actor(SampleRandom random, Person person) => new(
        true,
        person.Id,
        random.Chance(30) ? person.DisplayName : null,
        person.UserPrincipalName,
        random.Chance(85) ? random.Pick(person.IpAddresses) : random.Chance(50) ? "" : null,
        person.Home?.TenantId,
        person.Home?.DisplayName);

    /// <summary>A record of the Core Directory.</summary>
    public static AuditEvent Directory(SampleRandom random, long ticks, string correlation, string category, string activity,
        string operation, EventActor actor, EventTarget[] targets, params EventDetail[] details) =>
        Record("Directory", "Core Directory", random, ticks, correlation, category, activity, operation, actor, targets, details);

    /// <summary>A record of any service; the prefix of the id is the service's own.</summary>
    public static AuditEvent Record(string prefix, string service, SampleRandom random, long ticks, string correlation, string category,
        string activity, string operation, EventActor actor, EventTarget[] targets, EventDetail[] details, string result = "success",
        string? reason = "", string? userAgent = null) =>
        new()
        {
            Id = RecordId(prefix, correlation, random),
            Ticks = ticks,
            Category = category,
            Service = service,
            Activity = activity,
            OperationType = operation,
            Result = result,
            ResultReason = reason,
            CorrelationId = correlation,
            Actor = actor,
            Targets = targets,
            Details = details,
            UserAgent = userAgent,
        };

    public static string RecordId(string prefix, string correlation, SampleRandom random) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}_{correlation}_{random.Code(5)}_{random.Between(1_000_000, 199_999_999)}");

    public static string Iso(long ticks) =>
        new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static readonly string[] UserAgents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
        "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.26100.6584",
        "Microsoft.OData.Client/7.21.6",
        "Dalvik/2.1.0 (Linux; U; Android 15; Pixel 8 Build/AP4A)",
    ];
}
