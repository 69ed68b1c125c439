using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>
/// Columns that exports of a kind normally have, read or not: no note is needed for them. Any other column holds something that its owner
/// added, and that would be lost silently.
/// </summary>
internal static class StandardColumns
{
    /// <summary>Of every table of Log Analytics (learn: "Standard columns in Azure Monitor Logs"), and those that its shells add.</summary>
    private const string OfTables = """
        TenantId SourceSystem TimeGenerated Type _ResourceId _SubscriptionId _ItemId _IsBillable _BilledSize _TimeReceived MG
        ManagementGroupName Computer RawData
        ResourceId Resource ResourceGroup ResourceProvider SubscriptionId OperationName OperationVersion Category ResultType
        ResultSignature ResultDescription DurationMs CorrelationId
        Identity Level Location CallerIpAddress AADTenantId $table TableName WorkspaceId Workspace ingestion_time
        """;

    /// <summary>Of the table AuditLogs (the table's reference; FORMATS §3).</summary>
    private const string OfAuditLogs = """
        AADOperationType OperationType ActivityDateTime ActivityDisplayName AdditionalDetails Id InitiatedBy LoggedByService Result
        ResultReason TargetResources UserAgent
        activityDateTime activityDisplayName Service Activity
        """;

    /// <summary>Of the table AADProvisioningLogs (FORMATS §3), and the names that workbooks give its columns.</summary>
    private const string OfProvisioningLogs = """
        ActivityDateTime ChangeId CycleId Id InitiatedBy JobId ModifiedProperties ProvisioningAction Action ProvisioningStatusInfo
        StatusInfo ProvisioningSteps ServicePrincipal
        SourceIdentity SourceSystem TargetIdentity TargetSystem durationInMilliseconds
        """;

    /// <summary>Of Search-UnifiedAuditLog, Purview's download and Graph's audit query (FORMATS §4).</summary>
    private const string OfUnifiedLog = """
        RunspaceId RecordType CreationDate CreationTime UserIds UserId Operations Operation AuditData ResultIndex ResultCount Identity
        IsValid ObjectState PSComputerName PSShowComputerName
        RecordId Id AssociatedAdminUnits AssociatedAdminUnitsNames AuditSearchId AuditSearchName createdDateTime auditLogRecordType
        organizationId userType service objectId userPrincipalName clientIp
        administrativeUnits Workload
        """;

    /// <summary>Of AuditData itself (FORMATS §4), where its properties are columns.</summary>
    private const string OfAuditData = """
        Version UserKey UserType ResultStatus ObjectId ClientIP ClientIPAddress ActorIpAddress AzureActiveDirectoryEventType
        ExtendedProperties ModifiedProperties Actor ActorContextId Target
        TargetContextId InterSystemsId IntraSystemId SupportTicketId OrganizationId UserAgent DeviceProperties ApplicationId ErrorNumber LogonError
        """;

    /// <summary>
    /// Of Graph's objects of entitlement management and the directory (CSDL) and of the portal's lists of users and groups.
    /// </summary>
    private const string OfGraph = """
        id displayName description createdDateTime modifiedDateTime createdBy modifiedBy deletedDateTime additionalProperties @odata.type
        @odata.context @odata.id odatatype
        addedBy addedOn allowedTargetScope altSecId answers assignedToMe assignment assignmentPolicies assignmentPolicy assignmentPolicyId
        assignmentRequests assignmentState assignmentStatus assignments
        attributes automaticRequestSettings callbackConfiguration canExtend catalog catalogId catalogStatus catalogType catalogs
        cleanupScheduledDateTime completedDate completedDateTime
        connectedOrganization connectedOrganizationId connectedOrganizations connectionInfo controlConfigurations
        customExtensionCalloutInstances customExtensionHandlerInstances
        customExtensionHandlers customExtensionStageSettings customWorkflowExtensions durationInDays email environment executeImmediately
        expiration expirationDateTime expiredDateTime
        externalSponsors identitySources incompatibleGroups internalSponsors isDefaultEnvironment isExtended isExternallyVisible isHidden
        isPendingOnboarding isRoleScopesVisible isRootScope
        isValidationOnly justification lastModifiedBy lastModifiedDateTime notificationSettings objectId onPremisesSecurityIdentifier
        originId originSystem pendingSteps principalName questions
        request requestApprovalSettings requestState requestStatus requestType requestor requestorSettings resource resourceEnvironments
        resourceRequests resourceRoleScopes resourceRoles
        resourceScopes resourceType resources reviewResult reviewSettings reviewedBy reviewedDateTime role roleOriginId roles schedule
        scope scopes settings specificAllowedTargets stages state
        status steps subjectLifecycle subjectType subjects target targetId type uniqueName url verifiableCredentialSettings verifiedCredentialsData parent
        aboutMe accountEnabled activities ageGroup agreementAcceptances appRoleAssignments assignedLicenses assignedPlans authentication
        authorizationInfo birthday businessPhones calendar
        calendarGroups calendarView calendars chats city cloudClipboard companyName consentProvidedForMinor contactFolders contacts country
        createdObjects creationType
        customSecurityAttributes department deviceEnrollmentLimit deviceManagementTroubleshootingEvents directReports drive drives
        employeeExperience employeeHireDate employeeId
        employeeLeaveDateTime employeeOrgData employeeType events extensions externalUserState externalUserStateChangeDateTime faxNumber
        followedSites givenName hireDate identities imAddresses
        identityParentId inferenceClassification insights interests isManagementRestricted isResourceAccount jobTitle joinedTeams
        lastPasswordChangeDateTime legalAgeGroupClassification licenseAssignmentStates
        licenseDetails mail mailFolders mailNickname mailboxSettings managedAppRegistrations managedDevices manager memberOf messages
        mobilePhone mySite oauth2PermissionGrants officeLocation
        onPremisesDistinguishedName onPremisesDomainName onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime
        onPremisesProvisioningErrors
        onPremisesSamAccountName onPremisesSyncEnabled onPremisesSyncBehavior onPremisesUserPrincipalName onPremisesNetBiosName onenote
        onlineMeetings otherMails outlook ownedDevices ownedObjects owners passwordPolicies
        passwordProfile pastProjects people permissionGrants photo photos planner postalCode preferredDataLocation preferredLanguage
        preferredName presence print provisionedPlans proxyAddresses
        registeredDevices responsibilities schools scopedRoleMemberOf securityIdentifier serviceProvisioningErrors showInAddressList
        signInActivity signInSessionsValidFromDateTime skills
        solutions sponsors streetAddress surname teamwork todo transitiveMemberOf usageLocation usageRights userPrincipalName userType
        refreshTokensValidFromDateTime infoCatalogs
        acceptedSenders allowExternalSenders assignedLabels autoSubscribeNewMembers classification conversations createdOnBehalfOf
        expirationDateTime groupLifecyclePolicies groupTypes
        hasMembersWithLicenseErrors hideFromAddressLists hideFromOutlookClients isArchived isAssignableToRole isSubscribedByMail
        licenseProcessingState mailEnabled members membersWithLicenseErrors
        membershipRule membershipRuleProcessingState preferredLanguage rejectedSenders renewedDateTime resourceBehaviorOptions
        resourceProvisioningOptions securityEnabled sites team theme threads
        transitiveMembers unseenCount visibility writebackConfiguration
        addIns alternativeNames api appCategory appDescription appDisplayName appId appManagementPolicies appMetadata
        appOwnerOrganizationId appRoleAssignedTo appRoleAssignmentRequired appRoleId appRoles
        applicationTemplateId authenticationBehaviors certification claimsMappingPolicies createdByAppId defaultRedirectUri
        delegatedPermissionClassifications disabledByMicrosoftStatus endpoints
        errorUrl federatedIdentityCredentials groupMembershipClaims homePageUrl homepage homeRealmDiscoveryPolicies identifierUris info
        isAuthorizationServiceEnabled isDeviceOnlyAuthSupported isDisabled isFallbackPublicClient
        keyCredentials loginUrl logoutUrl nativeAuthenticationApisEnabled notes notificationEmailAddresses oauth2PermissionScopes
        oauth2Permissions optionalClaims parentalControlSettings
        passwordCredentials preferredSingleSignOnMode preferredTokenSigningKeyThumbprint principalDisplayName principalId principalType
        publicClient publisherDomain publisherName
        remoteDesktopSecurityConfiguration replyUrls requestSignatureVerification requiredResourceAccess resourceDisplayName resourceId
        resourceSpecificApplicationPermissions samlMetadataUrl
        samlSingleSignOnSettings serviceManagementReference servicePrincipalLockConfiguration servicePrincipalNames servicePrincipalType
        signInAudience spa synchronization tags
        tokenEncryptionKeyId tokenIssuancePolicies tokenLifetimePolicies verifiedPublisher web
        directorySynced invitationState identityIssuer alternateEmailAddress alternativeSecurityIds telephoneNumber mobile
        physicalDeliveryOfficeName objectType isUser isGroup isGuest source
        groupType membershipType mailNickName roleAssignable createdOn email
        """;

    private static readonly HashSet<string> Tables = Set(OfTables);
    private static readonly HashSet<string> AuditLogs = Set(OfTables, OfAuditLogs);
    private static readonly HashSet<string> ProvisioningLogs = Set(OfTables, OfProvisioningLogs);
    private static readonly HashSet<string> UnifiedLog = Set(OfUnifiedLog);
    private static readonly HashSet<string> AuditData = Set(OfUnifiedLog, OfAuditData);
    private static readonly HashSet<string> Graph = Set(OfGraph);

    /// <summary>Whether a column belongs to exports of a shape as a matter of course.</summary>
    public static bool Has(RecordShape shape, string column) => shape switch
    {
        RecordShape.LogAnalyticsAudit => AuditLogs.Contains(column),
        RecordShape.LogAnalyticsProvisioning => ProvisioningLogs.Contains(column),
        RecordShape.UnifiedAuditRow => UnifiedLog.Contains(column),
        RecordShape.UnifiedAuditData => AuditData.Contains(column.Split('.', '[', '{')[0]),
        RecordShape.GraphEntitlement => Graph.Contains(column) || column.StartsWith("accessPackage", StringComparison.OrdinalIgnoreCase),
        _ => Tables.Contains(column) && column.StartsWith('_'),
    };

    private static HashSet<string> Set(params string[] texts) =>
        new(texts.SelectMany(text => text.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)),
            StringComparer.OrdinalIgnoreCase);
}
