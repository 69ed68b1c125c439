using System.Net.Sockets;
using System.Security.Authentication;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Text;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>What can be wrong with a server, in words. All end an import: they are of the mirror.</summary>
internal static class ServerErrors
{
    /// <summary>An error of Npgsql, of the network or of the server (https://www.postgresql.org/docs/current/errcodes-appendix.html).</summary>
    public static AuditToolException Of(Exception e, ServerAddress server) => e switch
    {
        _ when Inner<AuditToolException>(e) is { } known => known,
        PostgresException refused => OfState(refused, server),
        InvalidDataException damaged => New("MirrorDamaged", AuditErrorKind.InvalidData, server, $"holds what is no mirror's: {Words(damaged)}",
            "Restore the database from a backup, or import into a new one.", e),
        _ when Inner<AuthenticationException>(e) is { } certificate => New("MirrorServerNotTrusted", AuditErrorKind.PermissionDenied, server,
            $"does not prove that it is who it should be: {Words(certificate)}",
            "Name the authority of its certificate with sslrootcert=file (your administrator or provider has it), and the host as the "
            + "certificate does. Nothing was sent.", e),
        _ when Inner<SocketException>(e) is { } socket => New("MirrorServerAway", AuditErrorKind.Busy, server,
            $"cannot be reached: {Words(socket)}", Away(server), e),
        _ when Inner<TimeoutException>(e) != null => New("MirrorServerAway", AuditErrorKind.Busy, server, "does not answer in time",
            Away(server), e),
        NpgsqlException { Message: var message } when message.Contains("No password", StringComparison.OrdinalIgnoreCase) => New(
            "MirrorServerRefused", AuditErrorKind.PermissionDenied, server, "asks for a password, and none was found", Passwords, e),
        NpgsqlException { Message: var message } when message.Contains("SSL", StringComparison.Ordinal) => New(
            "MirrorServerNotTrusted", AuditErrorKind.PermissionDenied, server, "offers no encrypted connection",
            "Turn on encryption there (ssl = on). Nothing was sent.", e),
        _ when Inner<IOException>(e) is not null => New("MirrorServerAway", AuditErrorKind.Busy, server,
            "closed the connection in the middle", Again, e),
        _ => New("MirrorServerFailed", AuditErrorKind.InvalidData, server, $"could not be asked: {Words(e)}", null, e),
    };

    /// <summary>A file of a certificate or key that is not there, or is none.</summary>
    public static AuditToolException Certificate(Exception e, ServerAddress server) => New("MirrorServerNotTrusted",
        AuditErrorKind.NotFound, server, $"cannot be asked: a file of sslrootcert, sslcert or sslkey cannot be read ({Words(e)})",
        "Check their paths and permissions.", e);

    /// <summary>The database holds no mirror.</summary>
    public static AuditToolException NotFound(ServerAddress server) => new("MirrorNotFound", AuditErrorKind.NotFound,
        $"The database {Place(server)} holds no mirror yet.",
        $"Import an export into it to make one: {Caller.Command("Import-AuditExport", "Mirror")} {Name(server)}.", server.ToString());

    /// <summary>Who may not read originals cannot write.</summary>
    public static AuditToolException OriginalsNeeded(ServerAddress server) => new("MirrorAccessDenied", AuditErrorKind.PermissionDenied,
        $"'{TerminalText.Line(server.User)}' may not read the originals of the mirror in {Place(server)}, and whoever changes it needs them.",
        $"Ask the owner of the mirror: {Caller.Command("Initialize-AuditMirror", "Importer")} gives the right.", server.ToString());

    /// <summary>Somebody may read some tenants, and nothing says which.</summary>
    public static AuditToolException NoTenant(ServerAddress server) => new("MirrorAccessDenied", AuditErrorKind.PermissionDenied,
        $"'{TerminalText.Line(server.User)}' may read single tenants of the mirror in {Place(server)}, and nothing says which: no role of theirs "
        + "has any, or two have different ones.",
        $"Ask the owner of the mirror to say it of that very role: {Caller.Command("Initialize-AuditMirror", "Reader")} "
        + $"{TerminalText.Line(server.User)} {Caller.Option("Tenant")} id.", server.ToString());

    /// <summary>The database has a schema of our name with something else in it.</summary>
    public static AuditToolException NotAMirror(ServerAddress server, string why) => new("NotAMirror", AuditErrorKind.InvalidData,
        $"The database {Place(server)} holds no mirror: {why}.", "Name another database. Nothing was changed.", server.ToString());

    /// <summary>Another version of PostgreSQL, or of its settings, than can hold a mirror.</summary>
    public static AuditToolException NotSupported(ServerAddress server, string why, string action) => new("MirrorServerNotSupported",
        AuditErrorKind.NotSupported, $"The database {Place(server)} cannot hold a mirror: {why}.", action, server.ToString());

    /// <summary>A newer version of ours made it.</summary>
    public static AuditToolException Newer(ServerAddress server) => new("MirrorNewer", AuditErrorKind.NotSupported,
        $"The mirror in {Place(server)} was written by a newer EntraAuditTools.",
        Caller.Choose("Update the module: Update-Module EntraAuditTools. Nothing was changed.",
            "Update the program: dotnet tool update --global entra-audit. Nothing was changed."), server.ToString());

    /// <summary>Another has the right to write.</summary>
    public static AuditToolException Locked(ServerAddress server, string? holder) => new("MirrorLocked", AuditErrorKind.Busy,
        $"Another import ({TerminalText.Line(holder ?? "of somebody")}) is writing the mirror in {Place(server)} and did not finish in time.",
        "Wait for it to finish, and import again.", server.ToString());

    /// <summary>Another took the right to write, since nothing was heard of this one for too long.</summary>
    public static AuditToolException LostLease(ServerAddress server) => new("MirrorLeaseLost", AuditErrorKind.Busy,
        $"This import was silent for so long (a sleeping computer, a network that was away) that another took over the mirror in {Place(server)}.",
        "Import again: what was committed is there, and the rest is added.", server.ToString());

    /// <summary>One import after the other ended while a question was begun again and again.</summary>
    public static AuditToolException Changing(ServerAddress server) => new("MirrorServerBusy", AuditErrorKind.Busy,
        $"The mirror in {Place(server)} changes faster than it can be asked.", "Ask again when the imports are done.", server.ToString());

    private static AuditToolException OfState(PostgresException e, ServerAddress server) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => New("MirrorServerRefused",
            AuditErrorKind.PermissionDenied, server, $"does not let '{TerminalText.Line(server.User)}' in: {Words(e)}", Passwords, e),
        PostgresErrorCodes.InvalidCatalogName => New("MirrorDatabaseNotFound", AuditErrorKind.NotFound, server,
            "has no such database", $"Make it (createdb {TerminalText.Line(server.Database)}), or name another.", e),
        PostgresErrorCodes.InsufficientPrivilege => New("MirrorAccessDenied", AuditErrorKind.PermissionDenied, server,
            $"does not allow '{TerminalText.Line(server.User)}' to do this: {Words(e)}",
            $"Ask the owner of the mirror for the right: {Caller.Command("Initialize-AuditMirror")} with {Caller.Option("Reader")} or "
            + $"{Caller.Option("Importer")} gives it.", e),
        PostgresErrorCodes.ReadOnlySqlTransaction => New("MirrorAccessDenied", AuditErrorKind.PermissionDenied, server,
            "is a standby, which can only be read", "Import into the primary: target_session_attrs=read-write finds it among several hosts.", e),
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.ConfigurationLimitExceeded => New(
            "MirrorWriteFailed", AuditErrorKind.Busy, server, $"has no room left: {Words(e)}",
            "Make room on it; what was committed is intact, and importing again adds the rest.", e),
        PostgresErrorCodes.TooManyConnections => New("MirrorServerBusy", AuditErrorKind.Busy, server, "has no connection left",
            "Try again later, or let more in (max_connections, or a pooler).", e),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => New(
            "MirrorServerAway", AuditErrorKind.Busy, server, $"is shutting down or starting: {Words(e)}", Again, e),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => New("MirrorServerBusy", AuditErrorKind.Busy, server,
            "met two changes at once", Again, e),
        _ => New("MirrorServerFailed", AuditErrorKind.InvalidData, server, $"reports an error: {Words(e)} ({e.SqlState})", null, e),
    };

    private const string Again = "Try again; what was committed is intact, and importing again adds the rest.";

    private const string Passwords =
        "Keep the password in your password file (~/.pgpass, or what PGPASSFILE names), in PGPASSWORD, or let "
        + "ENTRAAUDIT_PASSWORD_COMMAND print it; a certificate is named with sslcert and sslkey.";

    private static string Away(ServerAddress server) =>
        "Check its name and port, and whether it runs."
        + (CopyPlace.Existing(server) is { } copy
            ? $" Meanwhile what this machine fetched last can be asked as it is: {Caller.Option("Mirror")} '{copy}'." : string.Empty);

    private static AuditToolException New(string id, AuditErrorKind kind, ServerAddress server, string what, string? action, Exception e) =>
        new(id, kind, $"The server of the mirror {Place(server)} {what}.", action, server.ToString(), e);

    private static string Place(ServerAddress server) => $"'{Name(server)}'";

    private static string Name(ServerAddress server) => TerminalText.Line(server.ToString());

    private static string Words(Exception e) => TerminalText.Line((e is PostgresException refused ? refused.MessageText : e.Message).TrimEnd('.'));

    private static T? Inner<T>(Exception e)
        where T : Exception
    {
        for (var inner = e; inner != null; inner = inner.InnerException)
        {
            if (inner is T found) return found;
        }

        return null;
    }
}
