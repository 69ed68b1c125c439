using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>What a modified property says of an object.</summary>
internal enum IdentityPart : byte
{
    None,

    /// <summary>Its object id.</summary>
    Id,

    /// <summary>Its object id, in a property that holds nothing else.</summary>
    Reference,

    /// <summary>Another id by which it is known: a role's template, a device's own.</summary>
    OtherId,
    Name,

    /// <summary>Another name by which it is known: an application role's value.</summary>
    OtherName,
    UserPrincipalName,
    AppId,

    /// <summary>Names of a service principal in one text, its application id among them.</summary>
    ServicePrincipalNames,
}

/// <summary>A modified property by which a record names an object.</summary>
/// <param name="Kind">Which object: a position in <see cref="IdentityProperties.Kinds"/>; 0 for the target whose property it is.</param>
/// <param name="Part">Which part of it.</param>
internal readonly record struct IdentityProperty(int Kind, IdentityPart Part);

/// <summary>
/// The modified properties in which audit records name objects that they are about, besides their targets: a role assignment names its role
/// in <c>Role.*</c>, an application role given to a group in <c>AppRole.*</c> and <c>Group.*</c>. Names as tenants write them (FORMATS §1.1
/// and the public samples); <c>docs/targets.md</c> lists them for people.
/// </summary>
internal static class IdentityProperties
{
    /// <summary>Prefixes, and the type of object that each means.</summary>
    public static readonly IReadOnlyList<(string Prefix, string Type)> Kinds =
    [
        // The target's own, with or without a prefix.
        ("TargetId", string.Empty),
        ("Role", "Role"),
        ("Group", "Group"),
        ("User", "User"),
        ("Manager", "User"),
        ("Owner", "User"),
        ("ServicePrincipal", "ServicePrincipal"),
        ("Application", "Application"),
        ("AppRole", "AppRole"),
        ("Device", "Device"),
        ("AdministrativeUnit", "AdministrativeUnit"),
        ("Policy", "Policy"),
        ("Contact", "Contact"),
    ];

    /// <summary>What follows the prefix and the dot.</summary>
    public static readonly IReadOnlyList<(string Name, IdentityPart Part)> Parts =
    [
        ("ObjectID", IdentityPart.Id),
        ("Id", IdentityPart.Id),
        ("TemplateId", IdentityPart.OtherId),
        ("DeviceId", IdentityPart.OtherId),
        ("DisplayName", IdentityPart.Name),
        ("Name", IdentityPart.Name),
        ("Value", IdentityPart.OtherName),
        ("UPN", IdentityPart.UserPrincipalName),
        ("UserPrincipalName", IdentityPart.UserPrincipalName),
        ("AppId", IdentityPart.AppId),
        ("ServicePrincipalNames", IdentityPart.ServicePrincipalNames),
    ];

    /// <summary>Properties without a prefix: of the target itself. PIM names a role's template so, entitlement management the group behind
    /// a resource.</summary>
    public static readonly IReadOnlyList<(string Name, IdentityPart Part)> Own =
    [
        ("DisplayName", IdentityPart.Name),
        ("UserPrincipalName", IdentityPart.UserPrincipalName),
        ("AppId", IdentityPart.AppId),
        ("TemplateId", IdentityPart.OtherId),
        ("RoleDefinitionOriginId", IdentityPart.OtherId),
        ("OriginId", IdentityPart.OtherId),
    ];

    /// <summary>Properties without a prefix whose value is the id of another object, by its type.</summary>
    public static readonly IReadOnlyList<(string Name, string Type)> References = [("Manager", "User"), ("Owner", "User"),
        ("Sponsor", "User")];

    private static readonly byte[][] ReferenceBytes =
        [.. References.Select(reference => System.Text.Encoding.UTF8.GetBytes(reference.Name))];
    private static readonly byte[][] PrefixBytes = [.. Kinds.Select(kind => System.Text.Encoding.UTF8.GetBytes(kind.Prefix))];
    private static readonly byte[][] PartBytes = [.. Parts.Select(part => System.Text.Encoding.UTF8.GetBytes(part.Name))];
    private static readonly byte[][] OwnBytes = [.. Own.Select(property => System.Text.Encoding.UTF8.GetBytes(property.Name))];

    /// <summary>What a modified property says; <see cref="IdentityPart.None"/> for all others.</summary>
    public static IdentityProperty Find(ReadOnlySpan<byte> name)
    {
        var dot = name.IndexOf((byte)'.');
        if (dot < 0)
        {
            if (Find(name, OwnBytes) is >= 0 and var index) return new(0, Own[index].Part);
            return Find(name, ReferenceBytes) is >= 0 and var reference
                ? new(KindOf(References[reference].Type), IdentityPart.Reference) : default;
        }

        var kind = Find(name[..dot], PrefixBytes);
        if (kind < 0 || Find(name[(dot + 1)..], PartBytes) is not (>= 0 and var part)) return default;
        return new(kind, Parts[part].Part);
    }

    private static int KindOf(string type) => Kinds.ToList().FindIndex(kind => kind.Type == type);

    private static int Find(ReadOnlySpan<byte> name, byte[][] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (Utf8.Is(name, names[i])) return i;
        }

        return -1;
    }
}
