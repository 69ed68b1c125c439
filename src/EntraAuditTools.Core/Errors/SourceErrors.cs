using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Errors;

/// <summary>What can be wrong with a source, in words.</summary>
internal static class SourceErrors
{
    private const string WhatToGive =
        "Give an audit log export: a download of the portal (CSV or JSON), Graph JSON, diagnostic-settings or Log Analytics files, plain, gzip or zip.";

    public const string DamagedData = "its compressed data are damaged";
    public const string WrongChecksum = "its checksum does not fit: what was read may not be what was written";
    public const string GzipCutOff = "it is cut off: the end of the gzip is missing";
    public const string ZipCutOff = "it is cut off: the list of its files, which stands at the end of a zip, is missing";
    public const string EntryCutOff = "it is cut off: the archive ends within it";
    public const string ZipDirectoryDamaged = "the list of its files is damaged";
    public const string EntryHeaderDamaged = "it is not where the archive's list of files says, or its header is damaged";
    public const string ShorterThanSaid = "it ends before the length that the archive says it has";
    public const string LongerThanSaid = "it is longer than the archive says";

    private const string GetAgain =
        "What could be read is in the mirror. Download the file again, then import it again: nothing is taken in twice.";
    private const string UnpackIt = "Unpack it with a program that can, and import the files.";

    public static AuditToolException NotFound(string name, Exception? inner = null) => new(
        "SourceNotFound", AuditErrorKind.NotFound, $"There is no file '{name}'.",
        Caller.Choose("Check the path; wildcards are allowed with -Path, and -Recurse goes into folders.",
            "Check the path; --recurse goes into folders."), name, inner);

    public static AuditToolException IsDirectory(string name) => new(
        "SourceIsFolder", AuditErrorKind.InvalidArgument, $"'{name}' is a folder.",
        Caller.Choose("Folders are read by Import-AuditExport -Path <folder>, with -Recurse for those within.",
            "Folders are read by entra-audit import <folder>, with --recurse for those within."), name);

    public static AuditToolException NotAFile(string name, string what) => new(
        "SourceIsNoFile", AuditErrorKind.InvalidArgument, $"'{name}' is no file but {what}: it is not read.",
        "Save what comes out of it in a file, and import that.", name);

    public static AuditToolException IsMirror(string name) => new(
        "SourceIsMirror", AuditErrorKind.InvalidArgument, $"'{name}' belongs to the mirror itself: it is not read.",
            "Give the exports, not the mirror.", name);

    public static AuditToolException FolderUnreadable(string name, Exception inner) => new(
        "FolderUnreadable", AuditErrorKind.PermissionDenied, $"The folder '{name}' cannot be read: {IoWords.Of(inner)}.",
        "Check its permissions; the other folders were read.", name, inner);

    public static AuditToolException AccessDenied(string name, Exception inner) => new(
        "SourceAccessDenied", AuditErrorKind.PermissionDenied, $"'{name}' cannot be read: access is denied.",
        "Check the file's permissions, or copy it to where you can read it.", name, inner);

    public static AuditToolException Unreadable(string name, Exception inner) => new(
        "SourceUnreadable", AuditErrorKind.InvalidData, $"'{name}' cannot be read to its end: {IoWords.Of(inner)}.", GetAgain, name, inner);

    public static AuditToolException CutOff(string name, Exception? inner = null) => new(
        "SourceCutOff", AuditErrorKind.InvalidData,
        $"'{name}' is cut off: {(inner == null ? "it ends in the middle of a record, or before its list of records does" : IoWords.Of(inner).Replace("it is cut off: ", string.Empty, StringComparison.Ordinal))}.", GetAgain, name, inner);

    public static AuditToolException NothingReadable(string name, long rejected, string? first) => new(
        "NoRecordReadable", AuditErrorKind.InvalidData,
        $"Of '{name}' nothing could be taken in: {(rejected == 1 ? "its one record was" : $"its {rejected:N0} records were")} "
            + $"rejected.{(first == null ? string.Empty : $" The first: {first}.")}",
        $"{Caller.Command("Get-AuditImport", "Rejected")} lists them with their reasons.", name);

    public static AuditToolException Encrypted(string name) => new(
        "SourceEncrypted", AuditErrorKind.NotSupported, $"'{name}' is encrypted: it can be read only with its password.",
        "Unpack it with the password, and import the files.", name);

    public static AuditToolException MethodNotSupported(string name, string method) => new(
        "ArchiveMethodNotSupported", AuditErrorKind.NotSupported, $"'{name}' is compressed with {method}, which is not read here.",
            UnpackIt, name);

    public static AuditToolException TooManyEntries(string name, int most) => new(
        "DecompressionBomb", AuditErrorKind.InvalidData, $"'{name}' says that it holds more than {most:N0} files: it is not read.",
            UnpackIt, name);

    public static AuditToolException NothingButZeros(string name) => new(
        "NotAnExport", AuditErrorKind.InvalidData, $"'{name}' is not an export of Entra logs: it holds nothing but zeros.",
        "Its disk or its copying failed: download it again.", name);

    /// <summary>What is wrong with reading a source, in the words of its kind.</summary>
    public static AuditToolException Of(Exception e, string name) => e switch
    {
        AuditToolException known => known,
        FileNotFoundException or DirectoryNotFoundException => NotFound(name, e),
        UnauthorizedAccessException => AccessDenied(name, e),
        DamagedSourceException { IsCutOff: true } => CutOff(name, e),
        _ => Unreadable(name, e),
    };

    public static AuditToolException Empty(string name) => new(
        "SourceEmpty", AuditErrorKind.InvalidData, $"'{name}' is empty.", WhatToGive, name);

    public static AuditToolException NotAnExport(string name, string looksLike, string? advice = null) => new(
        "NotAnExport", AuditErrorKind.InvalidData, $"'{name}' is not an export of Entra logs: it looks like {looksLike}.",
            advice ?? WhatToGive, name);

    public static AuditToolException OwnAnswers(string name) => new(
        "NotAnExport",
        AuditErrorKind.InvalidData,
        $"'{name}' is not an export of Entra logs: it holds answers that this module gave, which are no evidence.",
        "Import the exports that the answers came from, or copy the mirror's file. Activities and provisioning entries that were exported as CSV are read.",
        name);

    public static AuditToolException LocalTime(string name, string column) => new(
        "LocalTimeColumn",
        AuditErrorKind.InvalidData,
        $"The times of '{name}' stand in the column '{TerminalText.Line(column)}': they are some place's local time, and it does not say which offset that is.",
        $"Export again with the display time zone set to UTC. Or say what they are: "
            + $"{Caller.ColumnMap(TerminalText.Line(column), "activityDateTime [+02:00]")} with the offset or a zone's name, or "
            + "'activityDateTime' if they are UTC.",
        name);

    public static AuditToolException GraphError(string name, string error) => new(
        "GraphErrorSaved", AuditErrorKind.InvalidData, $"'{name}' holds no records but an error that Graph answered: {error}",
        "Repeat the request with a valid token and the permission AuditLog.Read.All, and save its answer.", name);

    public static AuditToolException Bomb(string name) => new(
        "DecompressionBomb", AuditErrorKind.InvalidData, $"'{name}' unpacks to far more than logs ever do: reading stopped.",
        "If you trust it, unpack it yourself and import the files.", name);
}
