using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Text;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>What can be wrong with the roles of a mirror, in words.</summary>
internal static class RoleErrors
{
    /// <summary>Does something; what the server refuses for want of a right is said in the words that are given.</summary>
    public static void Explain(Action work, Func<PostgresException, AuditToolException> words)
    {
        try
        {
            work();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw words(e);
        }
    }

    /// <summary>Tables of an older version are replaced by their owner alone.</summary>
    public static AuditToolException OwnerNeeded(ServerAddress server, PostgresException e) => new(
        "MirrorOwnerNeeded", AuditErrorKind.PermissionDenied,
        $"The tables of the mirror in '{Name(server)}' are of an older version, and only their owner may replace them: {Words(e)}.",
        $"Let the owner import ({Caller.Command("Import-AuditExport")}) or update ({Caller.Command("Update-AuditMirror")}) once with this "
        + "version; then importers go on. Nothing was changed.", server.ToString(), e);

    /// <summary>The caller may not make tables or roles.</summary>
    public static AuditToolException MayNotInitialize(ServerAddress server, string? role, PostgresException e) => new(
        "MirrorAccessDenied", AuditErrorKind.PermissionDenied,
        $"The server of the mirror '{Name(server)}' does not allow '{TerminalText.Line(server.User)}' to make its tables and roles: {Words(e)}.",
        (role == null ? "This needs the right to make a schema in the database (CREATE), or to be the owner of the mirror that is there"
            : $"This needs the right to make roles (CREATEROLE), or an administrator makes '{TerminalText.Line(role)}' (NOLOGIN) and "
                + "gives it to its members")
        + ". Nothing was changed.", server.ToString(), e);

    /// <summary>Roles that should become members are not there.</summary>
    public static AuditToolException NotThere(ServerAddress server, IReadOnlyList<string> roles) => new(
        "MirrorRoleNotFound", AuditErrorKind.NotFound,
        $"The server of the mirror '{Name(server)}' has no role {string.Join(", ", roles.Select(role => $"'{TerminalText.Line(role)}'"))}.",
        $"Check the spelling, or make it there (CREATE ROLE {TerminalText.Line(roles[0])} LOGIN). Nothing was changed.", server.ToString());

    /// <summary>A role has the name of one of the mirror's, and is somebody's.</summary>
    public static AuditToolException IsLogin(ServerAddress server, string role) => new("MirrorRoleInUse", AuditErrorKind.InvalidData,
        $"The role '{TerminalText.Line(role)}' on the server of the mirror '{Name(server)}' is one that logs in or is a superuser, not a "
        + "group of this mirror's.",
        "Rename it, or name another database: the groups are called as the database. Nothing was changed.", server.ToString());

    /// <summary>Who is to read some tenants reads all by another way.</summary>
    public static AuditToolException SeesAll(ServerAddress server, IReadOnlyList<string> roles) => new("MirrorReaderSeesAll",
        AuditErrorKind.InvalidArgument,
        $"{string.Join(", ", roles.Select(role => $"'{TerminalText.Line(role)}'"))} may read all tenants of the mirror '{Name(server)}' "
        + "anyway: as its owner, as a superuser, by GRANT, or through a group.",
        "Take that right first, or name another role. Nothing was changed.", server.ToString());

    /// <summary>Logs on several servers are not kept by tenant.</summary>
    public static AuditToolException TenantsSpread(ServerAddress server) => new("MirrorServerNotSupported", AuditErrorKind.NotSupported,
        $"The logs of the mirror '{Name(server)}' are spread over several servers, where rights for single tenants cannot be given.",
        "Use a mirror on one server, or a database for each tenant. Nothing was changed.", server.ToString());

    /// <summary>The name of a role would be cut off.</summary>
    public static AuditToolException NameTooLong(ServerAddress server, int most) => new(
        "MirrorServerNotSupported", AuditErrorKind.NotSupported,
        $"The name of the database '{TerminalText.Line(server.Database)}' is too long for roles that are called by it.",
        $"Use a database whose name has {most} bytes at most, or give the rights by GRANT (docs/team-mirror.md). Nothing was changed.",
        server.ToString());

    private static string Name(ServerAddress server) => TerminalText.Line(server.ToString());

    private static string Words(PostgresException e) => TerminalText.Line(e.MessageText.TrimEnd('.'));
}
