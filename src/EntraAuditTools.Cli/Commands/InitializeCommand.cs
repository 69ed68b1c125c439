using System.CommandLine;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Shared;

namespace EntraAuditTools.Cli.Commands;

/// <summary>
/// <c>entra-audit initialize</c>: makes the tables of a mirror in a PostgreSQL database, and the roles of those who may use it.
/// </summary>
internal static class InitializeCommand
{
    public static Command Create()
    {
        var mirror = new MirrorOption();
        var reader = new Option<string[]>("--reader")
        {
            Description = "Roles of the server that may ask; secrets are masked in what they get.", HelpName = "role",
            AllowMultipleArgumentsPerToken = true,
        };
        var original = new Option<string[]>("--original-reader")
        {
            Description = "Roles of the server that may ask, and get originals with their secrets.", HelpName = "role",
            AllowMultipleArgumentsPerToken = true,
        };
        var importer = new Option<string[]>("--importer")
        {
            Description = "Roles of the server that may ask, import and remove.", HelpName = "role", AllowMultipleArgumentsPerToken = true,
        };
        var tenant = new Option<string[]>("--tenant")
        {
            Description = "The tenants that the readers may ask about, and no others.", HelpName = "id", AllowMultipleArgumentsPerToken = true,
        };
        var revoke = new Option<string[]>("--revoke")
        {
            Description = "Roles of the server that lose every right that was given here.", HelpName = "role",
            AllowMultipleArgumentsPerToken = true,
        };
        var logs = new Option<bool>("--logs-on-server")
        {
            Description = "Let the server answer what is asked of the logs: whoever asks needs no copy of them.",
        };
        const string What = "Make the tables of a mirror in a PostgreSQL database, and the roles of those who may use it.";
        var command = new Command("initialize", What)
        {
            mirror, reader, tenant, original, importer, revoke, logs,
        };
        var form = new FormOptions();
        form.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                MirrorMembers members = new(
                    parsed.GetValue(reader) ?? [], parsed.GetValue(original) ?? [], parsed.GetValue(importer) ?? [])
                {
                    Tenants = parsed.GetValue(tenant) ?? [], Revoked = parsed.GetValue(revoke) ?? [],
                };
                var made = mirror.Named(parsed).Initialize(members, parsed.GetValue(logs), null, stop);
                foreach (var note in made.Notes) Screen.WriteWarning(note);
                form.Write(parsed, [made], () => Write(made));
                return ExitCode.Fine;
            },
            CancellationToken.None));
        return command;
    }

    private static void Write(AuditMirrorInitialization made)
    {
        Screen.WriteLine($"{made.Server}: {(made.IsNew ? "a new mirror" : "there was a mirror")}, owned by {made.Owner}.");
        if (made.LogsOnServer) Screen.WriteLine("The server answers what is asked of the logs.");
        Screen.WriteLine($"{made.ReaderRole} may ask: {Names(made.Readers)}");
        Screen.WriteLine($"{made.OriginalReaderRole} may ask, and see secrets: {Names(made.OriginalReaders)}");
        Screen.WriteLine($"{made.ImporterRole} may ask, import and remove: {Names(made.Importers)}");
        if (made.TenantReaderRole.Length == 0) return;
        Screen.WriteLine($"{made.TenantReaderRole} may ask about some tenants only{(made.TenantReaders.Count == 0 ? ": nobody yet" : ":")}");
        foreach (var one in made.TenantReaders) Screen.WriteLine($"  {one}");
    }

    private static string Names(RecordList<string> members) => members.Count == 0 ? "nobody yet" : string.Join(", ", members);
}
