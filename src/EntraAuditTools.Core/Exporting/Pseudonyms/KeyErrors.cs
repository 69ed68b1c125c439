using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Exporting.Pseudonyms;

/// <summary>What can be wrong with a key, in words.</summary>
internal static class KeyErrors
{
    public static AuditToolException Loose(string path, string others) => new(
        "KeyFileLoose", AuditErrorKind.PermissionDenied,
        $"The key file '{path}' can be read or written by {others}: whoever has the key can find out whom pseudonyms stand for.",
        $"Make it yours alone (chmod 600), or name another file: one that is not there is made with a new key.", path);

    public static AuditToolException Short(string? path, int least) => new(
        "KeyTooShort", AuditErrorKind.InvalidArgument,
        $"{(path == null ? "The key" : $"The key file '{path}'")} has less than {least} bytes, and could be found by trying.",
        $"Take a longer one, or name a file that is not there: it is made with a new key.", path);

    public static AuditToolException Unreadable(string path, Exception inner) => new(
        "KeyFileUnreadable", AuditErrorKind.PermissionDenied,
        $"The key file '{path}' cannot be used: {IoWords.Of(inner)}.",
        "Check its permissions and those of its folder.", path, inner);
}
