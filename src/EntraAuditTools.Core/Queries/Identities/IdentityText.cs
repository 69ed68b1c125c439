using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Identities;

/// <summary>An initiator or target, in words; <c>Summary</c> is the name that says most.</summary>
internal sealed record IdentityText(string? Type, string? ObjectId, string? DisplayName, string? UserPrincipalName, string? AppId = null)
{
    public static readonly IdentityText None = new(null, null, null, null);

    public string? Summary => DisplayName ?? UserPrincipalName ?? ObjectId ?? AppId ?? Type;

    /// <summary>The identity of a row's columns.</summary>
    public static IdentityText Of(string? type, string? objectId, string? displayName, string? upn) =>
        upn != null && ApplicationIdentity.Is(type) ? new(type, objectId, displayName, null, upn) : new(type, objectId, displayName, upn);
}
