using System.Collections;
using System.Globalization;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>
/// Completes numbers of imports, newest first, from what was typed of the number or of the source; the tooltip says what came from where.
/// </summary>
public sealed class ImportCompleter : MirrorCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound)
    {
        var imports = ImportHistoryQuery.Imports(mirror, null).ToList();
        var found = imports.Where(import => Number(import).StartsWith(typed, StringComparison.Ordinal)).ToList();
        // What is no number of an import is of a name: files are called by their dates.
        if (found.Count == 0) found = [.. new TypedText(typed).Best(imports, import => [FileOf(import.Source)])];
        return found.Take(Limit)
            .Select(import => new CompletionResult(Number(import), Number(import), CompletionResultType.ParameterValue, Tip(import)));
    }

    private static string Number(AuditImport import) => import.ImportId.ToString(CultureInfo.InvariantCulture);

    // What is typed of a source is the name of its file: the folders before it are often the same.
    private static string FileOf(string source) => source[(source.LastIndexOfAny(['/', '\\']) + 1)..];

    private static string Tip(AuditImport import) => string.Create(CultureInfo.CurrentCulture,
        $"{import.Source}, {import.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}Z, {import.Read:N0} records");
}
