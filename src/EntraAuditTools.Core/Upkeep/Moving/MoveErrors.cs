using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Upkeep.Moving;

/// <summary>What can be wrong when a mirror is copied to a server, in words.</summary>
internal static class MoveErrors
{
    /// <summary>The destination holds something.</summary>
    public static AuditToolException NotEmpty(MirrorLocation destination, long imports) => new(
        "MirrorNotEmpty", AuditErrorKind.InvalidArgument,
        FormattableString.Invariant($"The mirror in '{destination.Name}' holds {imports:N0} imports already."),
        $"Copy into another database, or replace all that it holds with {Caller.Option("Force")}: keep it first "
        + $"({Caller.Command("Backup-AuditMirror")}) if it has anything that this mirror has not.", destination.Name);

    /// <summary>Both are one.</summary>
    public static AuditToolException OntoItself(MirrorLocation source) => new("MirrorIsDestination", AuditErrorKind.InvalidArgument,
        $"The mirror in '{source.Name}' cannot be copied to itself.", $"Name another {Caller.Option("Destination")}.", source.Name);

    /// <summary>What arrived is not what was sent.</summary>
    public static AuditToolException NotWhole(MirrorLocation source, MirrorLocation destination, string difference) => new("CopyNotWhole",
        AuditErrorKind.InvalidData,
        $"What '{destination.Name}' holds now is not what was copied from '{source.Name}': {difference}.",
        $"The mirror that was copied is unchanged. Copy it again with {Caller.Option("Force")}; if that ends the same way, check the "
        + "server's disk.", destination.Name);
}
