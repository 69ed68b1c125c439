namespace EntraAuditTools.Core.Eligibility;

/// <summary>What a subject is.</summary>
internal enum SubjectKind : byte
{
    Unknown,
    User,
    ServicePrincipal,
    AgentIdentity,
}

/// <summary>Who wants to request, as far as exports say. Null means "not given", never "none".</summary>
internal sealed record RequestSubject
{
    /// <summary>Object id in the directory.</summary>
    public required string Id { get; init; }

    public SubjectKind Kind { get; init; }

    /// <summary>Of a service principal: whether exports show that it is not an agent identity.</summary>
    public bool IsNoAgentIdentity { get; init; }

    /// <summary>Graph <c>user.userType</c>: <c>Member</c> or <c>Guest</c>.</summary>
    public string? UserType { get; init; }

    /// <summary>Graph <c>user.userPrincipalName</c>.</summary>
    public string? UserPrincipalName { get; init; }

    /// <summary>Graph <c>user.accountEnabled</c>: false when sign-in is blocked.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Whether it is no longer in the directory: a complete export lacked it.</summary>
    public bool IsGone { get; init; }

    /// <summary>Tenant that an external user comes from.</summary>
    public string? HomeTenantId { get; init; }

    /// <summary>Domain of the mail address, else of the address inside a guest's UPN.</summary>
    public string? Domain { get; init; }

    /// <summary><c>issuer</c> of the identities that the user signs in with, for instance <c>ExternalAzureAD</c>, <c>MicrosoftAccount</c>,
    /// <c>mail</c>.</summary>
    public IReadOnlyList<string>? Issuers { get; init; }

    /// <summary>Graph <c>accessPackageSubject.connectedOrganization</c>: what the service itself found.</summary>
    public string? ConnectedOrganizationId { get; init; }

    /// <summary>
    /// Whether it comes from another directory: who was invited does, guest or member (external-id/user-properties: the UPN has
    /// <c>#EXT#</c>). A guest who was not is an "internal guest" of the same page, who signs in to this directory: no document says whether
    /// entitlement management takes one for external.
    /// </summary>
    public Answer IsExternal => Kind switch
    {
        SubjectKind.ServicePrincipal or SubjectKind.AgentIdentity => Answer.No,
        _ when IsInvited || ConnectedOrganizationId != null || HomeTenantId != null => Answer.Yes,
        _ => UserPrincipalName != null && IsGuest == Answer.No ? Answer.No : Answer.Unknown,
    };

    /// <summary>Why <see cref="IsExternal"/> is not known, as a sentence's part.</summary>
    public string WhyExternalIsUnknown =>
        IsGuest != Answer.Yes ? "no export tells whether the user is a guest (export users with userType)"
        : UserPrincipalName == null ? "no export tells whether the guest was invited (export users with userPrincipalName)"
        : "the account is an internal guest (userType Guest, but no #EXT# in its user principal name), and no document says whether the "
            + "service takes one for an external user";

    /// <summary>Whether <c>userType</c> is Guest.</summary>
    public Answer IsGuest => UserType switch
    {
        null => Answer.Unknown,
        _ when UserType.Equals("Guest", StringComparison.OrdinalIgnoreCase) => Answer.Yes,
        _ when UserType.Equals("Member", StringComparison.OrdinalIgnoreCase) => Answer.No,
        _ => Answer.Unknown,
    };

    private bool IsInvited => UserPrincipalName?.Contains("#EXT#", StringComparison.OrdinalIgnoreCase) == true;
}
