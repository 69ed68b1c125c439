using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>Property names, encoded once.</summary>
internal static class Names
{
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText Category = JsonEncodedText.Encode("category");
    public static readonly JsonEncodedText CorrelationId = JsonEncodedText.Encode("correlationId");
    public static readonly JsonEncodedText Result = JsonEncodedText.Encode("result");
    public static readonly JsonEncodedText ResultReason = JsonEncodedText.Encode("resultReason");
    public static readonly JsonEncodedText ActivityDisplayName = JsonEncodedText.Encode("activityDisplayName");
    public static readonly JsonEncodedText ActivityDateTime = JsonEncodedText.Encode("activityDateTime");
    public static readonly JsonEncodedText LoggedByService = JsonEncodedText.Encode("loggedByService");
    public static readonly JsonEncodedText OperationType = JsonEncodedText.Encode("operationType");
    public static readonly JsonEncodedText UserAgent = JsonEncodedText.Encode("userAgent");
    public static readonly JsonEncodedText InitiatedBy = JsonEncodedText.Encode("initiatedBy");
    public static readonly JsonEncodedText TargetResources = JsonEncodedText.Encode("targetResources");
    public static readonly JsonEncodedText AdditionalDetails = JsonEncodedText.Encode("additionalDetails");
    public static readonly JsonEncodedText Key = JsonEncodedText.Encode("key");
    public static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    public static readonly JsonEncodedText ModifiedProperties = JsonEncodedText.Encode("modifiedProperties");
    public static readonly JsonEncodedText DisplayName = JsonEncodedText.Encode("displayName");
    public static readonly JsonEncodedText OldValue = JsonEncodedText.Encode("oldValue");
    public static readonly JsonEncodedText NewValue = JsonEncodedText.Encode("newValue");
    public static readonly JsonEncodedText User = JsonEncodedText.Encode("user");
    public static readonly JsonEncodedText App = JsonEncodedText.Encode("app");
    public static readonly JsonEncodedText AppId = JsonEncodedText.Encode("appId");
    public static readonly JsonEncodedText ServicePrincipalId = JsonEncodedText.Encode("servicePrincipalId");
    public static readonly JsonEncodedText ServicePrincipalName = JsonEncodedText.Encode("servicePrincipalName");
    public static readonly JsonEncodedText UserPrincipalName = JsonEncodedText.Encode("userPrincipalName");
    public static readonly JsonEncodedText IpAddress = JsonEncodedText.Encode("ipAddress");
    public static readonly JsonEncodedText UserType = JsonEncodedText.Encode("userType");
    public static readonly JsonEncodedText HomeTenantId = JsonEncodedText.Encode("homeTenantId");
    public static readonly JsonEncodedText HomeTenantName = JsonEncodedText.Encode("homeTenantName");
    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    public static readonly JsonEncodedText GroupType = JsonEncodedText.Encode("groupType");
    public static readonly JsonEncodedText Roles = JsonEncodedText.Encode("roles");
    public static readonly JsonEncodedText AdministrativeUnits = JsonEncodedText.Encode("administrativeUnits");
}
