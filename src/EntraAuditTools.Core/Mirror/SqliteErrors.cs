using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Mirror;

/// <summary>SQLite's errors in an administrator's words.</summary>
internal static class SqliteErrors
{
    /// <summary>The exception to throw instead: <see cref="OperationCanceledException"/> for an interrupted query, else an <see cref="AuditToolException"/>.</summary>
    public static Exception Translate(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        raw.SQLITE_INTERRUPT => new OperationCanceledException("The query was stopped.", e),
        raw.SQLITE_NOTADB => MirrorErrors.NotAMirror(path, "it is no SQLite file", e),
        raw.SQLITE_CORRUPT => MirrorErrors.Damaged(path, e),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => MirrorErrors.Locked(path, e),
        raw.SQLITE_PERM or raw.SQLITE_AUTH or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY => MirrorErrors.AccessDenied(path, e),
        raw.SQLITE_IOERR or raw.SQLITE_FULL => new AuditToolException("MirrorUnreadable", AuditErrorKind.InvalidData,
            $"The mirror '{path}' could not be read from its disk: {e.Message}", "Check the disk or the network share it is on.", path, e),
        _ => new AuditToolException("MirrorQueryFailed", AuditErrorKind.InvalidData, $"The mirror '{path}' could not answer: {e.Message}", null, path, e),
    };
}
