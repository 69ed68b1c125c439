using System.CommandLine;
using System.Globalization;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Coverage;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit coverage</c>: which days does the mirror hold, and which of them for certain?</summary>
internal static class CoverageCommand
{
    public static Command Create()
    {
        var mirror = new MirrorOption();
        var tenant = new Option<string[]>("--tenant") { Description = "Tenant id.", HelpName = "text",
            AllowMultipleArgumentsPerToken = true };
        var after = new TimeOption("--after", "At or after this time.");
        var before = new TimeOption("--before", "Before this time.");
        var command = new Command("coverage",
            "Which days does the mirror hold, and which of them for certain? UTC days, oldest first.") { mirror, tenant, after, before };
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                var path = mirror.Location(parsed).Path;
                using var reader = MirrorReader.Open(path);
                using var interrupt = stop.Register(reader.Interrupt);
                if (OldReading.Warning(reader) is { } old) Screen.WriteWarning(old);
                if (MirrorExposure.Warning(path) is { } exposed) Screen.WriteWarning(exposed);
                var tenants = parsed.GetValue(tenant) is { Length: > 0 } given ? given : null;
                Write(CoverageQuery.Run(reader, null, tenants, parsed.GetValue(after), parsed.GetValue(before), DateTimeOffset.UtcNow));
                return ExitCode.Fine;
            },
            CancellationToken.None));
        return command;
    }

    public static void Write(IEnumerable<AuditCoverage> days) =>
        Screen.WriteTable(
            ["Day (UTC)", "Kind", "State", Column.Number("Records"), "First", "Last", "Tenant"],
            days.Select(day => (IReadOnlyList<string>)
            [
                day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.Kind, day.State, $"{day.Records:N0}",
                TimeOfDay(day.First), TimeOfDay(day.Last), day.TenantId ?? string.Empty,
            ]));

    private static string TimeOfDay(DateTimeOffset? time) => time?.ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? string.Empty;
}
