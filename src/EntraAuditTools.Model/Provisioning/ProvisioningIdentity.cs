namespace EntraAuditTools;

/// <summary>An object as a system knows it that is provisioned from or to (Graph <c>provisionedIdentity</c>).</summary>
public sealed class ProvisioningIdentity : ComparableIdentity
{
    private readonly Func<RecordList<AuditDetail>>? details;

    /// <summary>Creates an identity without details.</summary>
    public ProvisioningIdentity()
    {
    }

    /// <summary>Creates an identity whose details are read on first use.</summary>
    public ProvisioningIdentity(Func<RecordList<AuditDetail>> details) => this.details = details;

    /// <summary>Its id in that system; null when the export has none.</summary>
    public string? Id { get; init; }

    /// <summary>Its name; null when the export has none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>User, Group, a SCIM schema…; null when the export does not say.</summary>
    public string? Type { get; init; }

    /// <summary>User principal name, or the text by which the object was matched; null when the export has neither.</summary>
    public string? UserPrincipalName { get; init; }

    /// <summary>What else the log knows of it; empty when nothing.</summary>
    public RecordList<AuditDetail> Details => details?.Invoke() ?? new([]);

    /// <inheritdoc/>
    private protected override (string? Id, string? UserPrincipalName, string? Name) Names => (Id, UserPrincipalName, DisplayName);

    /// <summary>The name that says most: display name, else UPN, else id; empty when nothing is known.</summary>
    public override string ToString() => DisplayName ?? UserPrincipalName ?? Id ?? string.Empty;
}
