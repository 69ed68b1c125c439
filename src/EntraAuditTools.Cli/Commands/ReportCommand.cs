using System.CommandLine;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Reporting;
using EntraAuditTools.Core.Reporting.Content;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit report</c>: writes what happened into one page for people who would rather look.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var mirror = new MirrorOption();
        var place = new Argument<string>("path") { Description = "The file: one HTML page that needs nothing else, or a workbook (.xlsx)." };
        var title = new Option<string?>("--title") { Description = "The heading of the page.", HelpName = "text" };
        var form = new Option<string?>("--as")
        {
            Description = "A page or a workbook: Html or Xlsx. Default: what the file's name ends in, else a page.", HelpName = "form",
        };
        form.AcceptOnlyFromAmong([.. ReportOptions.Forms]);
        var since = new TimeOption("--since", "Add a section of what is new since this time.");
        var tenant = new Option<string[]>("--tenant")
        {
            Description = "Tenant id.", HelpName = "text", AllowMultipleArgumentsPerToken = true,
        };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there." };
        var window = new WindowOptions("Of events");
        var command = new Command("report", "Write what happened into one page or workbook, for people who would rather look.")
        {
            place, mirror, form, title, since, tenant, force,
        };
        window.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                var (path, time) = (Path.GetFullPath(parsed.GetRequiredValue(place)), window.Read(parsed));
                using var reader = MirrorReader.Open(mirror.Location(parsed, stop).Path);
                using var interrupt = stop.Register(reader.Interrupt);
                var options = new ReportOptions
                {
                    As = parsed.GetValue(form),
                    Title = parsed.GetValue(title),
                    After = time.After,
                    Before = time.Before,
                    Since = parsed.GetValue(since),
                    Tenants = parsed.GetValue(tenant) is { Length: > 0 } tenants ? tenants : null,
                    IsForced = parsed.GetValue(force),
                };
                foreach (var warning in ReportWarnings.Of(reader, options)) Screen.WriteWarning(warning);
                ReportFile.Write(reader, path, options);
                Screen.WriteLine($"{path}: {new FileInfo(path).Length:N0} bytes.");
                return ExitCode.Fine;
            },
            CancellationToken.None));
        return command;
    }
}
