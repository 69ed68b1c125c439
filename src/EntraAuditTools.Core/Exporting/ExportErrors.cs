using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Exporting;

/// <summary>What can be wrong with an export, in words.</summary>
internal static class ExportErrors
{
    public static AuditToolException Exists(string path) => new(
        "ExportExists", AuditErrorKind.InvalidArgument,
        $"There is a file '{path}' already.",
        $"Name another one, or replace it with {Caller.Option("Force")}.", path);

    public static AuditToolException InUse(string path, string why) => new(
        "ExportPlaceInUse", AuditErrorKind.InvalidArgument,
        $"Nothing can be exported to '{path}': {why}.",
        "Name another file.", path);

    public static AuditToolException Failed(string path, Exception inner) => new(
        "ExportFailed", AuditErrorKind.Busy,
        $"The records could not be exported to '{path}': {IoWords.Of(inner)}.",
        "Make room, or name another place. An earlier file of that name was not changed.", path, inner);
}
