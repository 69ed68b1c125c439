namespace EntraAuditTools.Core.Importing.Sources;

/// <summary>What can be wrong with a source, in words.</summary>
internal static class SourceErrors
{
    private const string WhatToGive = "Give an audit log export: a download of the portal (CSV or JSON), Graph JSON, diagnostic-settings or Log Analytics files, plain, gzip or zip.";

    public static AuditToolException NotFound(string name, Exception? inner = null) => new(
        "SourceNotFound", AuditErrorKind.NotFound, $"There is no file '{name}'.", "Check the path; wildcards are allowed with -Path, and -Recurse goes into folders.", name, inner);

    public static AuditToolException IsDirectory(string name) => new(
        "SourceIsFolder", AuditErrorKind.InvalidArgument, $"'{name}' is a folder.", "Folders are read by Import-AuditExport -Path <folder>, with -Recurse for those within.", name);

    public static AuditToolException FolderUnreadable(string name, Exception inner) => new(
        "FolderUnreadable", AuditErrorKind.PermissionDenied, $"The folder '{name}' cannot be read: {inner.Message}", "Check its permissions; the other folders were read.", name, inner);

    public static AuditToolException AccessDenied(string name, Exception inner) => new(
        "SourceAccessDenied", AuditErrorKind.PermissionDenied, $"'{name}' cannot be read: {inner.Message}", "Check the file's permissions, or copy it to where you can read it.", name, inner);

    public static AuditToolException Unreadable(string name, Exception inner) => new(
        "SourceUnreadable", AuditErrorKind.InvalidData, $"'{name}' cannot be read to its end: {inner.Message}", "What was read before is in the mirror. Download the file again, then import it again: nothing is taken in twice.", name, inner);

    public static AuditToolException Empty(string name) => new(
        "SourceEmpty", AuditErrorKind.InvalidData, $"'{name}' is empty.", WhatToGive, name);

    public static AuditToolException NotAnExport(string name, string looksLike, string? advice = null) => new(
        "NotAnExport", AuditErrorKind.InvalidData, $"'{name}' is not an export of Entra logs: it looks like {looksLike}.", advice ?? WhatToGive, name);

    public static AuditToolException LocalTime(string name, string column) => new(
        "LocalTimeColumn",
        AuditErrorKind.InvalidData,
        $"The times of '{name}' stand in the column '{column}': they are some place's local time, and it does not say which offset that is.",
        $"Export again with the display time zone set to UTC. Or say what they are: -ColumnMap @{{ '{column}' = 'activityDateTime [+02:00]' }} with the offset or a zone's name, or 'activityDateTime' if they are UTC.",
        name);

    public static AuditToolException GraphError(string name, string error) => new(
        "GraphErrorSaved", AuditErrorKind.InvalidData, $"'{name}' holds no records but an error that Graph answered: {error}", "Repeat the request with a valid token and the permission AuditLog.Read.All, and save its answer.", name);

    public static AuditToolException Bomb(string name) => new(
        "DecompressionBomb", AuditErrorKind.InvalidData, $"'{name}' unpacks to far more than logs ever do: reading stopped.", "If you trust it, unpack it yourself and import the files.", name);
}
