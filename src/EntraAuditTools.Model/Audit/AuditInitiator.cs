namespace EntraAuditTools;

/// <summary>
/// Who caused an activity: a user or an application (Graph <c>directoryAudit.initiatedBy</c>,
/// portal columns <c>Actor…</c>).
/// </summary>
public sealed class AuditInitiator : ComparableIdentity
{
    /// <summary><c>User</c> or <c>Application</c>; null when the export names neither.</summary>
    public string? Type { get; init; }

    /// <summary>Object id of the user or of the application's service principal; null when unknown.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// Application id (or, where no export contains it, service principal name) of an application; null for users and when unknown.
    /// </summary>
    public string? AppId { get; init; }

    /// <summary>Display name; null when the export does not carry it (Entra often leaves a user's out).</summary>
    public string? DisplayName { get; init; }

    /// <summary>User principal name; null for applications.</summary>
    public string? UserPrincipalName { get; init; }

    /// <summary>The user's IP address; null when unknown.</summary>
    public string? IPAddress { get; init; }

    /// <inheritdoc/>
    private protected override (string? Id, string? UserPrincipalName, string? Name) Names => (Id, UserPrincipalName, DisplayName);

    /// <summary>The name that says most: UPN, else display name, else id; empty when nothing is known.</summary>
    public override string ToString() => UserPrincipalName ?? DisplayName ?? Id ?? AppId ?? string.Empty;
}
