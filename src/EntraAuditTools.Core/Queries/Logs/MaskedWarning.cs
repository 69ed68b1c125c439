using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>What to say to somebody who asks for secrets that the mirror does not have.</summary>
internal static class MaskedWarning
{
    /// <summary>A sentence where a mirror's originals are masked; null where they are as imported.</summary>
    public static string? Of(MirrorReader mirror) => !mirror.HasMaskedOriginals ? null
        : $"{Caller.Option("ShowSecret")} shows nothing more here: secrets are masked in the originals of this copy of the mirror. On a shared "
            + $"mirror its owner gives the right to the originals ({Caller.Command("Initialize-AuditMirror", "OriginalReader")}).";
}
