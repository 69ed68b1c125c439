namespace EntraAuditTools.Core.Schema;

/// <summary>
/// The names under which the facts of entities are stored, whatever export they come from: v1.0's, beta's, the SDK's or the portal's.
/// Stored in mirrors: never change one. A fact that an export does not carry is absent; one that it carries as empty is null. Times are
/// texts as <c>2026-11-01T00:00:00.0000000Z</c>. Links hold the id of the other entity and are never null.
/// </summary>
internal static class FactNames
{
    // Of many kinds.
    public const string Name = "name";
    public const string Description = "description";
    public const string Created = "created";
    public const string Modified = "modified";

    /// <summary>Catalog: <c>published</c>, <c>unpublished</c>; assignment and request: Graph v1.0's state in camel case; connected
    /// organization: <c>configured</c>, <c>proposed</c>.</summary>
    public const string State = "state";

    /// <summary>The service's finer word, as written.</summary>
    public const string Status = "status";

    // Links. Kinds: see the entity that carries them.
    public const string Catalog = "catalog";
    public const string Package = "package";
    public const string Policy = "policy";
    public const string Subject = "subject";
    public const string Assignment = "assignment";
    public const string Request = "request";
    public const string Resource = "resource";
    public const string ConnectedOrganization = "connectedOrganization";

    /// <summary>Boolean: from a row of a portal download, which has no id of its own.</summary>
    public const string Portal = "portal";

    /// <summary>Assignment of a portal download: the package's name, where its id is not known.</summary>
    public const string PackageName = "packageName";

    /// <summary>Assignment of a portal download: the policy's name.</summary>
    public const string PolicyName = "policyName";

    /// <summary>Assignment of a portal download: the user's display name.</summary>
    public const string SubjectName = "subjectName";

    /// <summary>Assignment of a portal download: the user's UPN.</summary>
    public const string SubjectUpn = "subjectUpn";

    /// <summary>Assignment of a portal download: the user's mail address.</summary>
    public const string SubjectMail = "subjectMail";

    // Catalog.
    public const string CatalogType = "catalogType";
    public const string IsExternallyVisible = "isExternallyVisible";

    // Access package.
    public const string IsHidden = "isHidden";

    // Policy.

    /// <summary>v1.0's word: <c>allMemberUsers</c>…; beta's scope types are translated.</summary>
    public const string Scope = "scope";

    /// <summary>Array of <c>{type, id, name, level, rule, isBackup}</c>, each only where it says something; type is the subject set's kind
    /// without "#microsoft.graph.": <c>singleUser</c>, <c>groupMembers</c>, <c>connectedOrganizationMembers</c>, <c>requestorManager</c>,
    /// <c>targetManager</c>, <c>internalSponsors</c>, <c>externalSponsors</c>, <c>attributeRuleMembers</c>,
    /// <c>singleServicePrincipal</c>…</summary>
    public const string Targets = "targets";

    /// <summary>
    /// Boolean: v1.0 <c>requestorSettings.enableTargetsToSelfAddAccess</c>, beta <c>requestorSettings.acceptRequests</c>.
    /// </summary>
    public const string AcceptsRequests = "acceptsRequests";
    public const string ApprovalRequired = "approvalRequired";

    /// <summary>
    /// Array of <c>{approvers: [target…], escalationApprovers: [target…], days}</c>; targets as in <see cref="Targets"/>.
    /// </summary>
    public const string ApprovalStages = "approvalStages";

    /// <summary><c>noExpiration</c>, <c>afterDateTime</c>, <c>afterDuration</c>, <c>notSpecified</c>.</summary>
    public const string ExpirationType = "expirationType";

    /// <summary>Time.</summary>
    public const string ExpirationEnd = "expirationEnd";

    /// <summary>ISO 8601 duration.</summary>
    public const string ExpirationDuration = "expirationDuration";

    /// <summary>Boolean: assigns by a rule.</summary>
    public const string IsAutomatic = "isAutomatic";

    /// <summary>Boolean: who leaves the rule's scope loses access.</summary>
    public const string RemovesOnLeaving = "removesOnLeaving";

    /// <summary>ISO 8601 duration from leaving the scope to the loss of access.</summary>
    public const string GracePeriod = "gracePeriod";

    /// <summary>Boolean: v1.0 <c>isApprovalRequiredForUpdate</c>, beta <c>isApprovalRequiredForExtension</c>.</summary>
    public const string UpdateApprovalRequired = "updateApprovalRequired";

    /// <summary>Boolean.</summary>
    public const string JustificationRequired = "justificationRequired";

    /// <summary>Boolean: v1.0 <c>requestorSettings.enableTargetsToSelfUpdateAccess</c>, beta <c>canExtend</c>.</summary>
    public const string SelfUpdate = "selfUpdate";

    /// <summary>Boolean: <c>requestorSettings.enableTargetsToSelfRemoveAccess</c>.</summary>
    public const string SelfRemove = "selfRemove";

    /// <summary>Boolean: <c>requestorSettings.allowCustomAssignmentSchedule</c>.</summary>
    public const string CustomSchedule = "customSchedule";

    /// <summary>Boolean: <c>requestorSettings.enableOnBehalfRequestorsToAddAccess</c>; the next two alike.</summary>
    public const string OnBehalfAdd = "onBehalfAdd";
    public const string OnBehalfUpdate = "onBehalfUpdate";
    public const string OnBehalfRemove = "onBehalfRemove";

    /// <summary>Who may ask for others: array as <see cref="Targets"/>.</summary>
    public const string OnBehalfRequestors = "onBehalfRequestors";

    /// <summary>
    /// Access reviews: <c>{enabled, frequency, days, start, self, reviewers: [target…], noResponse, recommendations, justification}</c>,
    /// each only where it is given; null where the policy has none. Frequency in the portal's words, else as <c>every 2 months</c>;
    /// noResponse is v1.0's <c>expirationBehavior</c>.
    /// </summary>
    public const string Review = "review";

    /// <summary>
    /// Array of <c>{stage, id, name}</c>: which custom extension is called when; stages in v1.0's words (<c>assignmentRequestCreated</c>).
    /// </summary>
    public const string Extensions = "extensions";

    /// <summary>Array of <c>{id, text, isRequired}</c>.</summary>
    public const string Questions = "questions";

    // Resource role scope, resource, resource assignment.
    public const string Role = "role";
    public const string RoleOrigin = "roleOrigin";

    /// <summary><c>AadGroup</c>, <c>AadApplication</c>, <c>SharePointOnline</c>…</summary>
    public const string System = "system";
    public const string Url = "url";

    /// <summary>Array of assignment ids.</summary>
    public const string Assignments = "assignments";

    // Assignment and request. Expiration of an assignment is under the names of the policy's.

    /// <summary>Time.</summary>
    public const string Start = "start";

    /// <summary>Time: when it ended; null while it lasts.</summary>
    public const string Expired = "expired";

    /// <summary>Request: v1.0's word in camel case: <c>userAdd</c>, <c>adminAdd</c>…</summary>
    public const string RequestType = "requestType";

    /// <summary>Request, link to a user: who asked, where that is not the subject (requests on behalf).</summary>
    public const string Requestor = "requestor";

    /// <summary>Time; null while it is open.</summary>
    public const string Completed = "completed";
    public const string Justification = "justification";

    /// <summary>Array of <c>{key, value}</c>: question (or its id) and answer as text.</summary>
    public const string Answers = "answers";

    /// <summary>Request, boolean: <c>parameters.bypassApproval</c>.</summary>
    public const string BypassApproval = "bypassApproval";

    /// <summary>
    /// Request and assignment: array of <c>{id, extension, status, detail, run}</c>, results of calls of custom extensions; status in
    /// v1.0's words.
    /// </summary>
    public const string Callouts = "callouts";

    // Approval: array of {id, name, result, status, time, justification, reviewer: {id, name, upn}}.
    public const string Stages = "stages";

    /// <summary>Approver delegate: array of one target as in <see cref="Targets"/>, a user or a group; start and end are under the names of
    /// assignments.</summary>
    public const string Delegate = "delegate";

    // User and other subjects.
    public const string UserPrincipalName = "upn";
    public const string Mail = "mail";

    /// <summary>
    /// <c>Member</c>, <c>Guest</c>; subjects: what <c>subjectType</c> says when it is not <c>user</c>: <c>ServicePrincipal</c>.
    /// </summary>
    public const string UserType = "userType";
    public const string Enabled = "enabled";

    /// <summary>Array of <c>{signInType, issuer, issuerAssignedId}</c>.</summary>
    public const string Identities = "identities";

    /// <summary>Entitlement management's own id of the subject.</summary>
    public const string SubjectId = "subjectId";

    /// <summary>notGoverned, governed, notDefined.</summary>
    public const string Lifecycle = "lifecycle";
    public const string HomeTenant = "homeTenant";

    /// <summary>User, link to a user; null where an export says that there is none.</summary>
    public const string Manager = "manager";

    // Group.
    public const string GroupTypes = "groupTypes";

    // Connected organization: array of {type, tenantId, domain, name, issuer}; type without "#microsoft.graph.".
    public const string IdentitySources = "identitySources";

    /// <summary>Connected organization of a portal download: array of the sponsors' names.</summary>
    public const string InternalSponsorNames = "internalSponsorNames";

    /// <inheritdoc cref="InternalSponsorNames"/>
    public const string ExternalSponsorNames = "externalSponsorNames";

    /// <summary>
    /// Users and service principals: what kind of agent object it is, when it is one (Graph, 2026): <c>agentIdentity</c>, <c>agentUser</c>,
    /// <c>agentIdentityBlueprintPrincipal</c>.
    /// </summary>
    public const string Agent = "agent";

    // Service principal and application.

    /// <summary>Graph's word: <c>Application</c>, <c>ManagedIdentity</c>, <c>ServiceIdentity</c> (an agent identity)…</summary>
    public const string ServicePrincipalType = "servicePrincipalType";
    public const string AppId = "appId";

    /// <summary>Array of <c>{id, value, name}</c>.</summary>
    public const string AppRoles = "appRoles";

    // App role assignment.
    public const string Principal = "principal";
    public const string PrincipalName = "principalName";
    public const string PrincipalType = "principalType";
    public const string ResourceName = "resourceName";
    public const string AppRole = "appRole";
}
