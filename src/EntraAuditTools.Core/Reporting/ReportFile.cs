using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Exporting;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Reporting.Content;
using EntraAuditTools.Core.Reporting.Html;
using EntraAuditTools.Core.Reporting.Sheets;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Reporting;

/// <summary>Writes a report into a file, for its owner alone. The file gets its name when it is whole.</summary>
internal static class ReportFile
{
    /// <summary>What a file is called behind its name while it is written.</summary>
    internal const string PartEnding = ".report-part";

    /// <summary>Reads the mirror and writes the file.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="path">Full path of the file; folders that are missing are made.</param>
    /// <param name="options">What the report is about.</param>
    /// <exception cref="AuditToolException">ExportExists, ExportPlaceInUse, ReportFormUnknown, ReportFailed, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called; nothing is left.</exception>
    public static void Write(MirrorReader mirror, string path, ReportOptions options)
    {
        ExportPlace.Check(path, mirror.Path, options.IsForced);
        var form = Form(path, options);
        var report = ReportBuilder.Build(mirror, options);
        var part = path + PartEnding;
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) OwnerOnlyFile.CreateDirectory(folder);
            // One that a kill left.
            File.Delete(part);
            using (var file = OwnerOnlyFile.Open(part, FileMode.CreateNew, FileShare.Read)) Write(file, report, form);
            // Somebody may have made one meanwhile.
            ExportPlace.Check(path, mirror.Path, options.IsForced);
            File.Move(part, path, overwrite: options.IsForced);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, e);
        }
        finally
        {
            ExportPlace.Remove(part);
        }
    }

    // A page that is called something else is opened by the wrong program, which says that it is damaged.
    private static string Form(string path, ReportOptions options) => options.As ?? Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".xlsx" => "Xlsx",
        "" or ".html" or ".htm" => "Html",
        var other => throw new AuditToolException("ReportFormUnknown", AuditErrorKind.InvalidArgument,
            $"A report is a page or a workbook, and '{path}' ends in '{other}'.",
            $"Name a file that ends in .html or .xlsx, or say which with {Caller.Option("As")}. A browser prints a page as PDF.", path),
    };

    private static void Write(FileStream file, Report report, string form)
    {
        if (form.Equals("Xlsx", StringComparison.OrdinalIgnoreCase))
        {
            XlsxReport.Write(file, report);
            return;
        }

        using var html = new StreamWriter(file, new UTF8Encoding(false));
        HtmlReport.Write(html, report);
    }

    private static AuditToolException Failed(string path, Exception inner) => new(
        "ReportFailed", AuditErrorKind.Busy, $"The report could not be written to '{path}': {IoWords.Of(inner)}.",
        "Make room, or name another place. An earlier file of that name was not changed.", path, inner);
}
