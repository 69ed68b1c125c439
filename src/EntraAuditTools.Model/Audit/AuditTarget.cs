namespace EntraAuditTools;

/// <summary>An object that an activity acted on (Graph <c>directoryAudit.targetResources</c>).</summary>
public sealed class AuditTarget : ComparableIdentity
{
    /// <summary>Kind of object as Entra writes it: User, Group, ServicePrincipal, Role, Other…; null when absent.</summary>
    public string? Type { get; init; }

    /// <summary>Object id; null when absent.</summary>
    public string? Id { get; init; }

    /// <summary>Display name; null when absent.</summary>
    public string? DisplayName { get; init; }

    /// <summary>User principal name; null for anything but users.</summary>
    public string? UserPrincipalName { get; init; }

    /// <summary>What changed on the object, old and new; empty when nothing is recorded.</summary>
    public RecordList<ModifiedProperty> ModifiedProperties { get; init; } = new([]);

    /// <inheritdoc/>
    private protected override (string? Id, string? UserPrincipalName, string? Name) Names => (Id, UserPrincipalName, DisplayName);

    /// <summary>The name that says most: display name, else UPN, else id, else the type.</summary>
    public override string ToString() => DisplayName ?? UserPrincipalName ?? Id ?? Type ?? string.Empty;
}
