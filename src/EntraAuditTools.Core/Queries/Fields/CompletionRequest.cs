using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Core.Queries.Fields;

/// <summary>What is to be completed.</summary>
/// <param name="Mirror">The mirror; null when there is none.</param>
/// <param name="Cmdlet">The question, by its cmdlet; another command's name where that completes.</param>
/// <param name="Typed">What was typed of the value so far, without quotes.</param>
/// <param name="Given">What another parameter was given; null when it was not.</param>
internal sealed record CompletionRequest(MirrorReader? Mirror, string Cmdlet, string Typed, Func<string, IReadOnlyList<string>?> Given)
{
    /// <summary>More values than this are not offered.</summary>
    public const int Limit = 100;
}
