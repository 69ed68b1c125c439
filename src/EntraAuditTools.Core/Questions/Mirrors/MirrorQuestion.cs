using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Questions.Asking;

namespace EntraAuditTools.Core.Questions.Mirrors;

/// <summary>Where is the mirror, and what does it hold? Answers where there is none, too.</summary>
internal static class MirrorQuestion
{
    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AuditMirrorInfo> Instance = new("Get-AuditMirror", "Where is the mirror, and what does it hold?")
    {
        What = "The mirror",
        Fields = [],
        Examples = ["", "--json", "--mirror contoso.db"],
        NeedsMirror = _ => false,
        IsOfFile = true,
        Run = (_, input) => [MirrorInfoQuery.Run(input.Location!)],
    };
}
