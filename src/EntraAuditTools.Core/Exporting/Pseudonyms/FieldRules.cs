namespace EntraAuditTools.Core.Exporting.Pseudonyms;

/// <summary>How the value of a property is treated.</summary>
internal enum FieldRule
{
    /// <summary>Text: what is known or has the form of an identity is replaced in it.</summary>
    Text,

    /// <summary>The name, address or number of somebody or something: replaced whole.</summary>
    Identity,

    /// <summary>A word of the log itself: only ids and addresses are replaced in it.</summary>
    Word,
}

/// <summary>What properties hold, by their names: those of Graph, of the portal's columns and of the unified audit log.</summary>
internal static class FieldRules
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "activity", "activityDisplayName", "action", "category", "result", "resultSignature", "resultStatus", "service", "loggedByService",
        "operation", "operationName", "operationVersion", "operationType", "provisioningAction", "workload",
        "recordType", "userType", "level", "state", "status",
        "errorCode", "errorCategory", "reasonCode", "type", "identityType", "initiatorType", "groupType", "key", "origin", "originSystem", "duration",
        "time", "interval", "recurrence", "allowedTargetScope", "resourceProvider", "sourceSystem", "aadOperationType", "azureActiveDirectoryEventType",
        "version", "schemaVersion", "location", "usageLocation", "preferredLanguage", "reviewResult", "decision", "skipReason",
    };

    private static readonly string[] WordEndings = ["Type", "Status", "State", "DateTime", "Key", "Result", "Scope", "Code", "Behavior"];

    private static readonly HashSet<string> Identities = new(StringComparer.OrdinalIgnoreCase)
    {
        "displayName", "userPrincipalName", "upn", "mail", "email", "emailAddress", "mailNickname", "givenName", "surname", "jobTitle", "department",
        "companyName", "officeLocation", "physicalDeliveryOfficeName", "title", "facsimileTelephoneNumber", "sipProxyAddress", "otherMail",
        "userIds", "objectId", "homePhone", "employeeNumber", "nickName", "firstName", "lastName", "initials", "pager",
        "streetAddress", "city", "postalCode", "mobilePhone", "mobile", "businessPhones", "telephoneNumber",
        "phoneNumber", "phone", "faxNumber", "employeeId", "proxyAddresses", "otherMails", "imAddresses", "onPremisesSamAccountName",
        "samAccountName", "onPremisesDistinguishedName", "distinguishedName", "onPremisesUserPrincipalName", "onPremisesSecurityIdentifier",
        "onPremisesDomainName", "onPremisesImmutableId", "domainName", "tenantDisplayName", "tenantName", "homeTenantName", "hostName",
        "deviceName", "principalName", "principalDisplayName", "resourceDisplayName", "identity", "alias", "manager", "user", "userId", "userKey",
        "ipAddress", "clientIp", "clientIpAddress", "callerIpAddress", "actorIpAddress",
    };

    private static readonly string[] IdentityEndings =
        ["DisplayName", "UserPrincipalName", "ObjectName", "PrincipalName", "IPAddress", "PhoneNumber", "TenantName", "EmailAddress"];

    /// <summary>The rule of a property.</summary>
    /// <param name="name">Its name.</param>
    public static FieldRule Of(string name)
    {
        if (name is ['@', ..]) return FieldRule.Word;
        var last = name.LastIndexOf('.') is >= 0 and var dot ? name[(dot + 1)..] : name;
        // Target1ModifiedProperty2Name and AdditionalDetail1Key are names of properties.
        if (name.Contains("ModifiedProperty", StringComparison.OrdinalIgnoreCase)
            && name.EndsWith("Name", StringComparison.OrdinalIgnoreCase)) return FieldRule.Word;
        if (Words.Contains(last)) return FieldRule.Word;
        if (Identities.Contains(last) || EndsWith(last, IdentityEndings)) return FieldRule.Identity;
        return EndsWith(last, WordEndings) ? FieldRule.Word : FieldRule.Text;
    }

    private static bool EndsWith(string name, string[] endings) => Array.Exists(endings, ending => name.EndsWith(ending, StringComparison.Ordinal));
}
