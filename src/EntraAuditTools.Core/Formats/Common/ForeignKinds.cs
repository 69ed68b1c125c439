using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Common;

/// <summary>
/// What other logs and objects of the same services are called, so that what is left out is named correctly: by the category of diagnostic
/// settings, the table of Log Analytics, the last word of a Graph address, or the properties.
/// </summary>
internal static class ForeignKinds
{
    private const string SignIn = "sign-in";
    private const string RiskyUser = "risky user";
    private const string RiskDetection = "risk detection";
    private const string GraphActivity = "Microsoft Graph activity log record";
    private const string AzureActivity = "Azure activity log record";
    private const string OfficeActivity = "Office 365 activity record";
    private const string Device = "device";
    private const string IntuneAudit = "Intune audit event";
    private const string Defender = "Defender XDR event";
    private const string Alert = "security alert";
    private const string NetworkAccess = "Global Secure Access log record";

    /// <summary>Categories of diagnostic settings and tables of Log Analytics, which mostly share their names.</summary>
    private static readonly Dictionary<string, string> Logs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["RiskyUsers"] = RiskyUser, ["AADRiskyUsers"] = RiskyUser,
        ["UserRiskEvents"] = RiskDetection, ["AADUserRiskEvents"] = RiskDetection, ["ServicePrincipalRiskEvents"] = RiskDetection,
        ["AADServicePrincipalRiskEvents"] = RiskDetection,
        ["RiskyServicePrincipals"] = "risky service principal", ["AADRiskyServicePrincipals"] = "risky service principal",
        ["MicrosoftGraphActivityLogs"] = GraphActivity, ["AADGraphActivityLogs"] = "Azure AD Graph activity log record",
        ["NetworkAccessTrafficLogs"] = NetworkAccess, ["NetworkAccessTraffic"] = NetworkAccess, ["RemoteNetworkHealthLogs"] = NetworkAccess,
        ["NetworkAccessAlerts"] = NetworkAccess,
        ["EnrichedOffice365AuditLogs"] = OfficeActivity, ["EnrichedMicrosoft365AuditLogs"] = OfficeActivity,
            ["OfficeActivity"] = OfficeActivity,
        ["B2CRequestLogs"] = "Azure AD B2C request log record", ["AADB2CRequestLogs"] = "Azure AD B2C request log record",
        ["AADDomainServicesAccountLogon"] = "Domain Services log record",
        ["AADDomainServicesAccountManagement"] = "Domain Services log record",
            ["AADDomainServicesDirectoryServiceAccess"] = "Domain Services log record",
        ["Administrative"] = AzureActivity, ["ServiceHealth"] = AzureActivity, ["ResourceHealth"] = AzureActivity,
        ["Autoscale"] = AzureActivity, ["Recommendation"] = AzureActivity, ["AzureActivity"] = AzureActivity,
        ["IntuneAuditLogs"] = IntuneAudit, ["IntuneOperationalLogs"] = "Intune operational log record",
            ["OperationalLogs"] = "Intune operational log record",
        ["IntuneDeviceComplianceOrg"] = "device compliance record", ["DeviceComplianceOrg"] = "device compliance record",
        ["IntuneDevices"] = Device, ["Devices"] = Device,
        ["AzureDiagnostics"] = "Azure resource log record", ["AzureMetrics"] = "Azure metric",
        ["SecurityAlert"] = Alert, ["SecurityIncident"] = "security incident", ["IdentityInfo"] = "identity info row of Microsoft Sentinel",
        ["BehaviorAnalytics"] = "behaviour analytics row of Microsoft Sentinel",
        ["CloudAppEvents"] = "Defender for Cloud Apps event", ["McasShadowItReporting"] = "Defender for Cloud Apps event",
        ["Heartbeat"] = "heartbeat of an agent", ["Syslog"] = "syslog record", ["CommonSecurityLog"] = "CEF record",
        ["SecurityEvent"] = "Windows security event", ["Event"] = "Windows event",
    };

    /// <summary>Last words of Graph addresses.</summary>
    private static readonly Dictionary<string, string> Collections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["signIns"] = SignIn, ["riskDetections"] = RiskDetection, ["servicePrincipalRiskDetections"] = RiskDetection,
            ["riskyUsers"] = RiskyUser, ["riskyServicePrincipals"] = "risky service principal",
        ["devices"] = Device, ["managedDevices"] = "Intune device", ["auditEvents"] = IntuneAudit, ["alerts"] = Alert,
        ["alerts_v2"] = Alert, ["incidents"] = "security incident",
        ["people"] = "contact (People API)", ["contacts"] = "contact", ["orgContacts"] = "organizational contact",
        ["directoryRoles"] = "directory role", ["roleDefinitions"] = "role definition",
        ["roleAssignments"] = "role assignment", ["roleEligibilitySchedules"] = "role eligibility",
        ["roleAssignmentSchedules"] = "role assignment", ["administrativeUnits"] = "administrative unit",
        ["messages"] = "mail message", ["events"] = "calendar event", ["subscribedSkus"] = "licence",
        ["oauth2PermissionGrants"] = "permission grant", ["userRegistrationDetails"] = "registration report row",
        ["domains"] = "domain", ["organization"] = "organization", ["secureScores"] = "secure score",
        ["deletedItems"] = "deleted object", ["places"] = "place", ["rooms"] = "room", ["chats"] = "chat", ["teams"] = "team",
        ["channels"] = "channel", ["driveItems"] = "file",
    };

    /// <summary>Property sets, narrow ones first: all of the first names, and one of the second where there are any.</summary>
    private static readonly (string Label, string[] All, string[] Any)[] PropertySets =
    [
        (RiskDetection, ["riskEventType"], ["riskLevel", "riskState", "detectedDateTime", "detectionTimingType"]),
        ("risky service principal", ["riskLevel", "riskState", "appId"], []),
        (RiskyUser, ["riskLevel", "riskState"], ["userPrincipalName", "userDisplayName", "riskLastUpdatedDateTime"]),
        (SignIn, ["appDisplayName"],
            ["conditionalAccessStatus", "clientAppUsed", "isInteractive", "signInEventTypes", "authenticationRequirement"]),
        (SignIn, ["createdDateTime", "appDisplayName", "userPrincipalName"], []),
        (GraphActivity, ["requestMethod", "requestUri"], []),
        (SignIn, ["Date (UTC)", "Request ID"], ["Username", "Sign-in error code", "Service principal name"]),
        (AzureActivity, ["eventTimestamp", "operationName"], ["resourceProviderName", "caller", "subscriptionId", "submissionTimestamp"]),
        (IntuneAudit, ["activityType"], ["componentName", "activityOperationType", "auditEventId"]),
        ("Intune device", ["deviceName"],
            ["managedDeviceOwnerType", "complianceState", "azureADDeviceId", "enrolledDateTime", "managedDeviceName"]),
        (Device, ["deviceId", "operatingSystem"],
            ["trustType", "isManaged", "approximateLastSignInDateTime", "isCompliant", "profileType"]),
        (Device, ["trustType", "profileType"], []),
        ("contact (People API)", ["personType"], []),
        ("contact (People API)", ["scoredEmailAddresses"], []),
        ("contact", ["emailAddresses"], ["parentFolderId", "fileAs", "businessPhones"]),
        ("mailbox or recipient of Exchange", ["recipientTypeDetails"], []),
        ("mailbox or recipient of Exchange", ["exchangeGuid"], []),
        ("user of Teams", ["sipAddress"], ["teamsUpgradeEffectiveMode", "interpretedUserType", "lineURI"]),
        ("user of Active Directory", ["distinguishedName"], ["samAccountName", "objectGUID", "SID"]),
        ("registration report row", ["userDisplayName"], ["methodsRegistered", "isMfaRegistered", "isSsprRegistered", "isRegistered"]),
        ("usage report row", ["reportRefreshDate"], []),
        ("usage report row", ["Report Refresh Date"], []),
        (Alert, ["alertWebUrl"], []),
        ("security incident", ["incidentWebUrl"], []),
        ("conditional access policy", ["grantControls", "conditions"], []),
        ("role assignment", ["roleDefinitionId", "principalId"], []),
        ("directory role", ["roleTemplateId"], []),
        ("mail message", ["internetMessageId"], []),
        ("message trace row", ["messageTraceId"], []),
    ];

    /// <summary>What a category of diagnostic settings holds; null for one that is not known.</summary>
    public static string? OfCategory(string category) =>
        Logs.GetValueOrDefault(category)
        ?? (category.Contains("SignIn", StringComparison.OrdinalIgnoreCase) ? SignIn
            : category.StartsWith("AdvancedHunting-", StringComparison.OrdinalIgnoreCase) ? OfTable(category[16..]) ?? Defender : null);

    /// <summary>What a table of Log Analytics holds; null for one that is not known.</summary>
    public static string? OfTable(string table)
    {
        if (Logs.TryGetValue(table, out var known)) return known;
        if (table.Contains("SignIn", StringComparison.OrdinalIgnoreCase)) return SignIn;
        // Tables of Microsoft Defender XDR are named after their subject.
        foreach (var about in new[] { "Device", "Email", "Identity", "Alert", "UrlClick" })
        {
            if (table.StartsWith(about, StringComparison.Ordinal)
                && (table.EndsWith("Events", StringComparison.Ordinal) || table.EndsWith("Info", StringComparison.Ordinal)
                    || table.EndsWith("Evidence", StringComparison.Ordinal))) return $"{Defender} ({table})";
        }

        return null;
    }

    /// <summary>What a collection of Graph's holds, by the last word of its address; null for one that is not known.</summary>
    public static string? OfCollection(string word) => Collections.GetValueOrDefault(word);

    /// <summary>What an object of a type of Graph's is called (<c>orgContact</c>, <c>#microsoft.graph.signIn</c>).</summary>
    public static string OfType(string type)
    {
        var plain = type[(type.LastIndexOf('.') + 1)..];
        return OfCollection(plain + "s")
            ?? (Utf8.Is(plain, "person") ? "contact (People API)" : $"record of type {ContentDescription.Shorten(plain)}");
    }

    /// <summary>What has these properties; null when it is none that is known.</summary>
    /// <param name="has">Whether there is a property of that name.</param>
    public static string? ByProperties(Func<string, bool> has)
    {
        foreach (var (label, all, any) in PropertySets)
        {
            if (Array.TrueForAll(all, name => has(name)) && (any.Length == 0 || Array.Exists(any, name => has(name)))) return label;
        }

        return null;
    }
}
