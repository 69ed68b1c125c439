using System.Collections;
using System.Globalization;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>
/// Completes ids, which nobody types: of the newest records that the other parameters ask for, each with what it is of. What is typed may
/// be of the id or of that.
/// </summary>
public abstract class IdCompleter : MirrorCompleter
{
    /// <summary>How many records are looked at.</summary>
    private protected const int Newest = 500;

    /// <summary>The newest ids with what they are of, as the command line asks for them.</summary>
    private protected abstract IEnumerable<(string? Id, string About)> Ids(MirrorReader mirror, string parameter, IDictionary bound);

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound) =>
        new TypedText(typed).Best(Ids(mirror, parameter, bound).Where(found => !string.IsNullOrEmpty(found.Id)), found => [found.Id, found.About])
            .DistinctBy(found => found.Id, StringComparer.OrdinalIgnoreCase)
            .Take(Limit)
            .Select(found => CompletionText.Literal(found.Id!, tip: found.About));

    /// <summary>What a record is, in one line: its time in UTC first.</summary>
    private protected static string About(DateTimeOffset? time, params object?[] parts) =>
        string.Join(' ', new[] { time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) }
            .Concat(parts.Select(part => part?.ToString())).Where(text => !string.IsNullOrEmpty(text)));
}
