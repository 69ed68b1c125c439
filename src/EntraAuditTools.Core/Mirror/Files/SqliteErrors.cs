using EntraAuditTools.Core.Errors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>SQLite's errors in an administrator's words.</summary>
internal static class SqliteErrors
{
    /// <summary>The exception to throw instead: <see cref="OperationCanceledException"/> for an interrupted query, else an
    /// <see cref="AuditToolException"/>.</summary>
    public static Exception Translate(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        raw.SQLITE_INTERRUPT => new OperationCanceledException("The query was stopped.", e),
        raw.SQLITE_NOTADB => MirrorErrors.NotAMirror(path, "it is no SQLite file", e),
        _ when IsDamage(e) => MirrorErrors.Damaged(path, e),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => MirrorErrors.Locked(path, e),
        raw.SQLITE_PERM or raw.SQLITE_AUTH or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY => MirrorErrors.AccessDenied(path, e),
        raw.SQLITE_IOERR or raw.SQLITE_FULL => new AuditToolException("MirrorUnreadable", AuditErrorKind.InvalidData,
            $"The mirror '{path}' could not be read from its disk: {Words(e)}.", "Check the disk or the network share it is on.", path, e),
        _ => new AuditToolException("MirrorQueryFailed", AuditErrorKind.InvalidData, $"The mirror '{path}' could not answer: {Words(e)}.",
            null, path, e),
    };

    /// <summary>Whether the mirror is damaged, whatever is asked: also where text that is to be JSON is none any more.</summary>
    public static bool IsDamage(SqliteException e) => e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB || IsNoJson(e);

    /// <summary>An error that SQLite gives because of its input is a bug of this tool, not a fault of the mirror.</summary>
    public static bool IsMistake(SqliteException e) => !IsNoJson(e)
        && e.SqliteErrorCode is raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE;

    /// <summary>SQLite's error, in words of a sentence.</summary>
    public static string Words(SqliteException e) => e.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "its disk is full",
        raw.SQLITE_IOERR => $"its disk reports an error ({Code(e)})",
        raw.SQLITE_READONLY => "it lies in a place that can only be read, or the file is write-protected",
        raw.SQLITE_CANTOPEN => "it, or a file that SQLite keeps beside it, cannot be opened or made there",
        raw.SQLITE_PERM or raw.SQLITE_AUTH => "access is denied",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program holds it",
        raw.SQLITE_CORRUPT => $"its pages contradict each other ({Code(e)})",
        raw.SQLITE_NOTADB => "it is no SQLite file",
        raw.SQLITE_NOMEM => "there is not enough memory",
        raw.SQLITE_INTERRUPT => "it was stopped",
        _ when IsNoJson(e) => "it holds a value that cannot be",
        _ => $"{e.Message.TrimEnd('.')}",
    };

    // SQLite has no code of its own for it (https://www.sqlite.org/json1.html#malformed_json).
    private static bool IsNoJson(SqliteException e) =>
        e.SqliteErrorCode == raw.SQLITE_ERROR && e.Message.Contains("malformed JSON", StringComparison.Ordinal);

    private static string Code(SqliteException e) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SQLite's code {e.SqliteExtendedErrorCode}");
}
