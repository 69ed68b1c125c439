using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>Users, groups and applications as Graph v1.0 writes them.</summary>
internal static class DirectoryJson
{
    public static void User(Utf8JsonWriter json, Person person, string domain)
    {
        json.WriteStartObject();
        json.WriteString("id", person.Id);
        json.WriteString("displayName", person.DisplayName);
        json.WriteString("userPrincipalName", person.UserPrincipalName);
        json.WriteString("mail", person.Mail);
        json.WriteString("userType", person.UserTypeMissing ? null : person.UserType);
        json.WriteBoolean("accountEnabled", true);
        json.WriteString("department", person.Department.Length == 0 ? null : person.Department);
        json.WriteString("externalUserState", person.IsGuest ? "Accepted" : null);
        json.WriteString("creationType", person.IsGuest ? "Invitation" : null);
        json.WriteStartArray("identities");
        json.WriteStartObject();
        json.WriteString("signInType", person.IsGuest ? "federated" : "userPrincipalName");
        json.WriteString("issuer", person.IsGuest ? "ExternalAzureAD" : domain);
        json.WriteString("issuerAssignedId", person.IsGuest ? null : person.UserPrincipalName);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <param name="json">Where to.</param>
    /// <param name="group">The group.</param>
    /// <param name="members">With members, as far as Graph expands them: 20, without a word about the rest.</param>
    public static void Group(Utf8JsonWriter json, DirectoryGroup group, bool members)
    {
        json.WriteStartObject();
        json.WriteString("id", group.Id);
        json.WriteString("displayName", group.DisplayName);
        json.WriteStartArray("groupTypes");
        if (group.Unified)
            json.WriteStringValue("Unified");
        json.WriteEndArray();
        json.WriteBoolean("mailEnabled", group.Unified);
        json.WriteString("mail", group.Unified ? group.Mail : null);
        json.WriteBoolean("securityEnabled", !group.Unified);
        if (members)
        {
            json.WriteStartArray("members");
            foreach (var member in group.Members.Take(20))
                EntitlementJson.Member(json, member);
            foreach (var inner in group.Groups.Take(Math.Max(0, 20 - group.Members.Count)))
                EntitlementJson.Member(json, inner);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static void Application(Utf8JsonWriter json, EnterpriseApplication application, bool servicePrincipal)
    {
        json.WriteStartObject();
        json.WriteString("id", servicePrincipal ? application.ServicePrincipalId : application.ObjectId);
        json.WriteString("appId", application.AppId);
        json.WriteString("displayName", application.DisplayName);
        if (servicePrincipal)
        {
            json.WriteBoolean("accountEnabled", true);
            json.WriteString("servicePrincipalType", "Application");
        }
        else
        {
            json.WriteString("signInAudience", "AzureADMyOrg");
        }

        json.WriteStartArray("appRoles");
        foreach (var role in application.Roles)
        {
            json.WriteStartObject();
            json.WriteStartArray("allowedMemberTypes");
            json.WriteStringValue("User");
            json.WriteEndArray();
            json.WriteString("description", role.DisplayName);
            json.WriteString("displayName", role.DisplayName);
            json.WriteString("id", role.Id);
            json.WriteBoolean("isEnabled", true);
            json.WriteString("origin", "Application");
            json.WriteString("value", role.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
