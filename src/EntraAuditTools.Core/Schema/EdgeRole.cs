namespace EntraAuditTools.Core.Schema;

/// <summary>
/// The relation of one entity to another that can have many of them. The numbers are stored in mirrors: never change one.
/// </summary>
internal enum EdgeRole : byte
{
    /// <summary>Group → direct member (user, group or service principal).</summary>
    Member = 1,

    /// <summary>Group → member, directly or through other groups.</summary>
    TransitiveMember = 2,

    /// <summary>Package → package that must not be held together with it.</summary>
    IncompatiblePackage = 3,

    /// <summary>Package → group whose members must not have it.</summary>
    IncompatibleGroup = 4,

    /// <summary>Package → resource role scope.</summary>
    RoleScope = 5,

    /// <summary>Package → policy.</summary>
    PolicyOf = 6,

    /// <summary>Connected organization → user.</summary>
    InternalSponsor = 7,

    /// <summary>Connected organization → user.</summary>
    ExternalSponsor = 8,

    /// <summary>User → user whose manager that is.</summary>
    DirectReport = 9,
}
