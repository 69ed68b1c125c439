using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// What <c>Get-MgEntitlementManagement… | ConvertTo-Json -Depth 10</c> writes: made from the v1.0 object. Properties in Pascal case,
/// durations as TimeSpan objects, whatever the SDK's base types do not declare in AdditionalProperties with its wire name.
/// </summary>
internal static class EntitlementSdk
{
    private static readonly string[] Package =
        ["AccessPackagesIncompatibleWith", "AssignmentPolicies", "Catalog", "CreatedDateTime", "Description", "DisplayName", "Id",
            "IncompatibleAccessPackages", "IncompatibleGroups", "IsHidden", "ModifiedDateTime", "ResourceRoleScopes"];
    private static readonly string[] Subject =
        ["ConnectedOrganization", "DisplayName", "Email", "Id", "ObjectId", "OnPremisesSecurityIdentifier", "PrincipalName",
            "SubjectLifecycle", "SubjectType"];

    public static long Write(Stream stream, EntitlementKind kind, IEnumerable<Action<Utf8JsonWriter>> items, EntitlementShape shape)
    {
        bool old = shape == EntitlementShape.SdkWindowsPowerShell;
        var shells = shape == EntitlementShape.SdkPlain ? Shells(kind) : [];
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);
        using var source = new JsonText();
        using var text = new JsonText(indented: true);
        long count = 0;
        writer.Write("[");
        foreach (var item in items)
        {
            writer.Write(count++ == 0 ? "\r\n  " : ",\r\n  ");
            using var document = JsonDocument.Parse(source.Text(item));
            writer.Write(SdkJson.Lines(text.Text(json => Write(json, document.RootElement, shells, old)), old));
        }

        writer.Write("\r\n]\r\n");
        return count;
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, (string Name, string[] Properties)[] shells, bool old)
    {
        var declared = Declared(value);
        json.WriteStartObject();
        foreach (var property in value.EnumerateObject().Where(property => IsDeclared(property.Name, declared))
            .OrderBy(property => property.Name, StringComparer.OrdinalIgnoreCase))
        {
            json.WritePropertyName(ProvisioningJson.Capital(property.Name));
            Value(json, property, old);
        }

        foreach (var (name, properties) in shells)
        {
            json.WriteStartObject(name);
            foreach (string nothing in properties)
                json.WriteNull(nothing);
            json.WriteStartObject("AdditionalProperties");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteStartObject("AdditionalProperties");
        foreach (var property in value.EnumerateObject().Where(property => !IsDeclared(property.Name, declared)))
            property.WriteTo(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, JsonProperty property, bool old)
    {
        switch (property.Value.ValueKind)
        {
            case JsonValueKind.Object:
                Write(json, property.Value, [], old);
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in property.Value.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.Object)
                        Write(json, item, [], old);
                    else
                        item.WriteTo(json);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String when property.Name.EndsWith("DateTime", StringComparison.Ordinal) && old:
                json.WriteRawValue(string.Create(CultureInfo.InvariantCulture,
                    $"\"\\/Date({property.Value.GetDateTimeOffset().ToUnixTimeMilliseconds()})\\/\""), skipInputValidation: true);
                break;
            case JsonValueKind.String when property.Name.StartsWith("duration", StringComparison.Ordinal)
                || property.Name == "gracePeriodBeforeAccessRemoval":
                Duration(json, System.Xml.XmlConvert.ToTimeSpan(property.Value.GetString()!), old);
                break;
            default:
                property.Value.WriteTo(json);
                break;
        }
    }

    // ConvertTo-Json of a TimeSpan; .NET Framework has no microseconds.
    private static void Duration(Utf8JsonWriter json, TimeSpan span, bool old)
    {
        json.WriteStartObject();
        json.WriteNumber("Ticks", span.Ticks);
        json.WriteNumber("Days", span.Days);
        json.WriteNumber("Hours", span.Hours);
        json.WriteNumber("Milliseconds", span.Milliseconds);
        if (!old)
        {
            json.WriteNumber("Microseconds", 0);
            json.WriteNumber("Nanoseconds", 0);
        }

        json.WriteNumber("Minutes", span.Minutes);
        json.WriteNumber("Seconds", span.Seconds);
        json.WriteNumber("TotalDays", (decimal)span.Ticks / TimeSpan.TicksPerDay);
        json.WriteNumber("TotalHours", (decimal)span.Ticks / TimeSpan.TicksPerHour);
        json.WriteNumber("TotalMilliseconds", (decimal)span.Ticks / TimeSpan.TicksPerMillisecond);
        json.WriteNumber("TotalMinutes", (decimal)span.Ticks / TimeSpan.TicksPerMinute);
        json.WriteNumber("TotalSeconds", (decimal)span.Ticks / TimeSpan.TicksPerSecond);
        json.WriteEndObject();
    }

    // What the base type of a polymorphic object declares; null for any other object, which declares everything.
    private static string[]? Declared(JsonElement value)
    {
        if (!value.TryGetProperty("@odata.type", out var type))
            return null;
        return type.GetString()!["#microsoft.graph.".Length..] switch
        {
            "user" or "group" or "servicePrincipal" => ["id", "deletedDateTime"],
            "accessPackageTextInputQuestion" => ["id", "isAnswerEditable", "isRequired", "localizations", "sequence", "text"],
            "accessPackageAnswerString" => ["answeredQuestion", "displayValue"],
            _ => [],
        };
    }

    private static bool IsDeclared(string name, string[]? declared) =>
        declared is null ? !name.Contains('@', StringComparison.Ordinal) : declared.Contains(name);

    private static (string Name, string[] Properties)[] Shells(EntitlementKind kind) => kind switch
    {
        EntitlementKind.AccessPackages =>
            [("Catalog", ["AccessPackages", "CatalogType", "CreatedDateTime", "CustomWorkflowExtensions", "Description", "DisplayName",
                "Id", "IsExternallyVisible", "ModifiedDateTime", "ResourceRoles", "ResourceScopes", "Resources", "State"])],
        EntitlementKind.AssignmentPolicies => [("AccessPackage", Package)],
        EntitlementKind.Assignments =>
            [("AccessPackage", Package), ("AssignmentPolicy", ["AccessPackage", "AllowedTargetScope", "DisplayName", "Id"]),
                ("Target", Subject)],
        EntitlementKind.AssignmentRequests =>
            [("AccessPackage", Package),
                ("Assignment", ["AccessPackage", "AssignmentPolicy", "ExpiredDateTime", "Id", "Schedule", "State", "Status", "Target"]),
                ("Requestor", Subject)],
        _ => [],
    };
}
