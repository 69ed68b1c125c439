using System.Collections;
using System.Management.Automation;
using EntraAuditTools.PowerShell.Serialization;

namespace EntraAuditTools.PowerShell.Importing;

/// <summary>
/// Finds out what an object in the pipeline is: a file, a folder, a path, text of an export, or a record. PowerShell's binder cannot: next
/// to an -InputObject that takes anything, nothing else ever binds from the pipeline.
/// </summary>
internal sealed class InputRouter(IInputSink sink, Func<string, bool> exists)
{
    private static readonly char[] CsvSeparators = [',', ';', '\t'];

    private readonly TextDocument json = new();
    private bool inCsv;

    /// <summary>Passes the object on to where it belongs.</summary>
    public void Route(object? input)
    {
        var bare = input is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : input;
        switch (bare)
        {
            case null: break;
            case FileInfo file: sink.File(file.FullName); break;
            case DirectoryInfo folder: sink.Folder(folder.FullName); break;
            case PathInfo path: sink.Path(WildcardPattern.Escape(path.ProviderPath)); break;
            case string text: RouteText(input, text); break;
            case byte[] bytes: sink.Bytes(ContentSource(input), bytes); break;
            case byte single: sink.Bytes(ContentSource(input), [single]); break;
            case not null when RecordMembers.IsList(bare):
                foreach (var item in (IEnumerable)bare) Route(item);
                break;
            default: sink.Record(input!); break;
        }
    }

    private void RouteText(object? input, string text)
    {
        if (ContentSource(input) is { } source) sink.Text(source, text);
        else if (inCsv || !json.IsComplete) Continue(text);
        else if (string.IsNullOrWhiteSpace(text)) return;
        else if (text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n') is ['{' or '[', ..] && !exists(text)) Continue(text);
        else if (LooksLikeRows(text) && !exists(text)) ContinueCsv(text);
        else sink.Path(text);
    }

    private static bool LooksLikeRows(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
            || (text.IndexOfAny(CsvSeparators) >= 0 && !WildcardPattern.ContainsWildcardCharacters(text));

    private void Continue(string text)
    {
        if (inCsv)
        {
            sink.Rows(text);
            return;
        }

        json.Add(text);
        sink.Text(null, text);
    }

    /// <summary>A header row or a whole CSV file without a name: all strings that follow are its rows.</summary>
    private void ContinueCsv(string text)
    {
        inCsv = true;
        sink.Rows(text);
    }

    /// <summary>The file that Get-Content read this from (it says so in notes); null for anything else.</summary>
    private static string? ContentSource(object? input)
    {
        if (input is not PSObject line || line.Properties["ReadCount"] is null) return null;
        return (line.Properties["PSPath"]?.Value as string) switch
        {
            null => null,
            var path when path.IndexOf("::", StringComparison.Ordinal) is >= 0 and var at => path[(at + 2)..],
            var path => path,
        };
    }
}
