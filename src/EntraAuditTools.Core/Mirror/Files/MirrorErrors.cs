using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>What can be wrong with a mirror, in words.</summary>
internal static class MirrorErrors
{
    public static AuditToolException NotFound(string path) => new(
        "MirrorNotFound", AuditErrorKind.NotFound,
        $"There is no mirror at '{path}'.",
        Caller.Choose("Import an export to make one (Import-AuditExport -Path <file or folder>), or name another with -Mirror or Set-AuditMirror.",
            "Import an export to make one (entra-audit import <file or folder>), or name another with --mirror."), path);

    public static AuditToolException IsPart(string path, Exception? inner) => new(
        "MirrorIsPart", AuditErrorKind.InvalidArgument, $"'{path}' is a part of a server's mirror: the logs are on the server.",
        "Name the server instead of the file.", path, inner);

    public static AuditToolException IsFile(string path) => new(
        "MirrorIsFile", AuditErrorKind.InvalidArgument,
        $"The mirror '{path}' is a file, which needs no preparation: tables and roles are made for a mirror that a team shares, in a "
        + "PostgreSQL database.",
        $"Name the database: {Caller.Command("Initialize-AuditMirror", "Mirror")} postgresql://user@host/database. Into a file, just import.",
        path);

    public static AuditToolException TenantsAreForReaders() => new(
        "TenantsNeedReaders", AuditErrorKind.InvalidArgument,
        $"{Caller.Option("Tenant")} says which tenants readers may ask about: it goes with {Caller.Option("Reader")}, and with no other right.",
        $"Name the readers, and give the rights to originals and to import, which are for all tenants, by a command of their own.");

    public static AuditToolException NotAMirror(string path, string seen, Exception? inner = null) => new(
        "NotAMirror", AuditErrorKind.InvalidData,
        $"'{path}' is not a mirror: {seen}.",
        $"Name another file with {Caller.Option("Mirror")}{Caller.Choose(" or Set-AuditMirror", string.Empty)}; nothing was changed.", path, inner);

    public static AuditToolException Altered(string path, string seen) => new(
        "MirrorAltered", AuditErrorKind.InvalidData,
        $"'{path}' is not a mirror as EntraAuditTools makes it: {seen}. Nothing was run.",
        $"Do not use it unless you know who changed it: import the exports into a new mirror ({Caller.Option("Mirror")}), or take a backup.", path);

    public static AuditToolException Newer(string path, long version) => new(
        "MirrorNewer", AuditErrorKind.NotSupported,
        $"The mirror '{path}' was written by a newer EntraAuditTools (schema {version}; this version knows {MirrorSchema.Version}).",
        Caller.Choose("Update the module: Update-Module EntraAuditTools. Nothing was changed.",
            "Update the program: dotnet tool update --global entra-audit. Nothing was changed."), path);

    public static AuditToolException AccessDenied(string path, Exception inner) => new(
        "MirrorAccessDenied", AuditErrorKind.PermissionDenied,
        $"The mirror '{path}' cannot be opened for this: {Words(inner)}.",
        $"Check the permissions of the file and its folder, or name another mirror with {Caller.Option("Mirror")}.", path, inner);

    public static AuditToolException Locked(string path, Exception inner) => new(
        "MirrorLocked", AuditErrorKind.Busy,
        $"Another import is writing the mirror '{path}' and did not finish in time.",
        $"Wait for it to finish, or import into another mirror with {Caller.Option("Mirror")}.", path, inner);

    public static AuditToolException Damaged(string path, Exception inner) => new(
        "MirrorDamaged", AuditErrorKind.InvalidData,
        $"The mirror '{path}' is damaged: {Words(inner)}.",
        $"Restore it from a backup, save what can be read of it ({Caller.Command("Backup-AuditMirror", "Salvage")}), or import the exports into a new "
        + $"mirror ({Caller.Option("Mirror")}).", path, inner);

    public static AuditToolException Older(string path) => new(
        "MirrorOlder", AuditErrorKind.InvalidData,
        $"The mirror '{path}' was made by an older version, which knew no access packages.",
        $"Import anything into it once with this version ({Caller.Command("Import-AuditExport")}): that brings it up to date.", path);

    public static AuditToolException NoBackup(string path, string backup, Exception inner) => new(
        "MirrorBackupFailed", AuditErrorKind.Busy,
        $"The mirror '{path}' was made by an older version, and could not be copied to '{backup}' before it is changed: {Words(inner)}.",
        $"Make room on its disk, or copy the mirror elsewhere and import into that copy ({Caller.Option("Mirror")}). Nothing was changed.", path, inner);

    public static AuditToolException BackupFailed(string path, string backup, Exception inner) => new(
        "BackupFailed", AuditErrorKind.Busy,
        $"The mirror '{path}' could not be copied to '{backup}': {Words(inner)}.",
        "Make room, or name another place. Neither the mirror nor an earlier backup was changed.", path, inner);

    public static AuditToolException BackupNotWhole(string path, string problem) => new(
        "BackupNotWhole", AuditErrorKind.InvalidData,
        $"The mirror '{path}' was not backed up, since the copy of it is not whole: {problem}",
        $"{Caller.Command("Test-AuditMirror")} lists what is wrong with the mirror. Keep an older backup, save what can be read "
        + $"({Caller.Option("Salvage")}), or import the exports into a new mirror ({Caller.Option("Mirror")}).", path);

    public static AuditToolException NothingToSalvage(string path) => new(
        "NothingToSalvage", AuditErrorKind.InvalidData,
        $"'{path}' holds nothing that can be read as a part of a mirror.",
        $"Restore a backup, or import the exports into a new mirror ({Caller.Option("Mirror")}).", path);

    public static AuditToolException BackupExists(string backup) => new(
        "BackupExists", AuditErrorKind.InvalidArgument,
        $"There is a file '{backup}' already.",
        $"Name another one or a folder, or replace it with {Caller.Option("Force")}.", backup);

    public static AuditToolException BackupInUse(string backup, string why) => new(
        "BackupInUse", AuditErrorKind.InvalidArgument,
        $"'{backup}' cannot be replaced by a backup: {why}.",
        "Name another file.", backup);

    public static AuditToolException NoRoom(string path, long needed, long free) => new(
        "NotEnoughRoom", AuditErrorKind.Busy,
        $"The disk of the mirror '{path}' has {free / 1_000_000:N0} MB left; this takes up to {needed / 1_000_000:N0} MB for a while.",
        "Make room on it. Nothing was changed.", path);

    public static AuditToolException RebuildFailed(string path, Exception inner, bool areRecordsGone) => new(
        "MirrorRebuildFailed", AuditErrorKind.Busy,
        $"The mirror '{path}' could not be written anew: {Words(inner)}.",
        areRecordsGone
            ? "The records are removed, but what they were may still be read in free parts of the file: make room, then run "
                + $"{Caller.Command("Optimize-AuditMirror")}."
            : "Make room on its disk. The mirror answers as before.", path, inner);

    public static AuditToolException RemovalFailed(string path, Exception inner) => new(
        "RecordRemovalFailed", AuditErrorKind.Busy,
        $"The records could not be removed from the mirror '{path}': {Words(inner)}.",
        "Make room on its disk. Nothing was removed.", path, inner);

    public static AuditToolException Masked(string mirror, string what) => new(
        "MirrorMasked", AuditErrorKind.NotSupported,
        $"The mirror '{mirror}' cannot be {what}: secrets are masked in its originals, so it is not whole.",
        "Do this with a mirror that has the originals as they were imported: on a shared one, as somebody who may read them. Nothing was "
        + "changed.", mirror);

    public static AuditToolException UpgradeFailed(string path, Exception inner) => new(
        "MirrorUpgradeFailed", AuditErrorKind.Busy,
        $"The mirror '{path}' was read by an older version, and could not be brought up to date: {Words(inner)}.",
        $"Make room on its disk (it takes three times its size for a while), then run {Caller.Command("Update-AuditMirror")}. The mirror was "
        + "not changed.", path, inner);

    public static AuditToolException WriteFailed(string path, Exception inner) => new(
        "MirrorWriteFailed", AuditErrorKind.Busy,
        $"The mirror '{path}' could not be written: {Words(inner)}.",
        "Check the free space of its disk; what was committed is intact, and importing again adds the rest.", path, inner);

    public static AuditToolException Vanished(string path, bool isReplaced) => new(
        "MirrorVanished", AuditErrorKind.NotFound,
        $"The mirror '{path}' was {(isReplaced ? "replaced by another file" : "deleted or moved")} while it was being written: what this "
            + $"import brought is not in it.",
        "Leave the mirror where it is while an import runs; then import again.", path);

    private static string Words(Exception e) => e switch
    {
        Microsoft.Data.Sqlite.SqliteException sqlite => SqliteErrors.Words(sqlite),
        IOException or InvalidDataException or UnauthorizedAccessException => IoWords.Of(e),
        _ => "it holds a value that cannot be",
    };
}
