using System.CommandLine;
using EntraAuditTools.Cli.Importing;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Exporting;
using EntraAuditTools.Core.Exporting.Pseudonyms;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit export</c>: writes records into a file, with secrets masked, or with other names.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var mirror = new MirrorOption();
        var place = new Argument<string>("path") { Description = "The file." };
        var kind = new Option<string[]>("--kind")
        {
            Description = "Kind of record, for instance AuditActivity or AccessPackage*.", HelpName = "kind",
            AllowMultipleArgumentsPerToken = true,
        };
        kind.CompletionSources.Add([.. OriginalSelection.Kinds]);
        var shape = new Option<string?>("--as")
        {
            Description = "NdJson: originals, one a line. Csv or Parquet: rows of one kind of record. "
                + "Default: what the file's name ends in, else NdJson.",
            HelpName = "form",
        };
        shape.AcceptOnlyFromAmong([.. ExportOptions.Forms]);
        var tenant = new Option<string[]>("--tenant")
        {
            Description = "Tenant id.", HelpName = "text", AllowMultipleArgumentsPerToken = true,
        };
        var import = new Option<long[]>("--import-id")
        {
            Description = "Number of the import that brought them.", HelpName = "number", AllowMultipleArgumentsPerToken = true,
        };
        var time = new WindowOptions("Of logs");
        var showSecret = new Option<bool>("--show-secret")
        {
            Description = "Write values that can hold key material instead of masking them.",
        };
        var pseudonymize = new Option<bool>("--pseudonymize") { Description = "Give whom and what the records name other names." };
        var keyFile = new Option<string?>("--key-file")
        {
            Description = "With --pseudonymize: the file of the key that gives the same names again; it is made where it is not there.",
            HelpName = "file",
        };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there." };
        var command = new Command("export", "Write records into a file, originals or rows, with secrets masked, or with other names.")
        {
            place, mirror, shape, kind, tenant, import, showSecret, pseudonymize, keyFile, force,
        };
        time.AddTo(command);
        var form = new FormOptions();
        form.AddTo(command);
        command.Validators.Add(given =>
        {
            if (given.GetValue(showSecret) && given.GetValue(pseudonymize))
                given.AddError("--show-secret and --pseudonymize exclude each other.");
            if (given.GetValue(keyFile) != null && !given.GetValue(pseudonymize)) given.AddError("--key-file is of --pseudonymize.");
            foreach (var unknown in given.GetValue(kind)?.Where(text => !OriginalSelection.IsKind(text)) ?? [])
                given.AddError($"--kind: '{unknown}' is none of {string.Join(", ", OriginalSelection.Kinds)}.");
        });
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                var progress = new ProgressLine();
                try
                {
                    var window = time.Read(parsed);
                    var options = new ExportOptions
                    {
                        As = parsed.GetValue(shape),
                        Kinds = parsed.GetValue(kind) is { Length: > 0 } kinds ? kinds : null,
                        Tenants = parsed.GetValue(tenant) is { Length: > 0 } tenants ? tenants : null,
                        Imports = parsed.GetValue(import) is { Length: > 0 } imports ? imports : null,
                        After = window.After,
                        Before = window.Before,
                        ShowSecret = parsed.GetValue(showSecret),
                        Key = parsed.GetValue(pseudonymize) ? Key(parsed.GetValue(keyFile)) : null,
                        IsForced = parsed.GetValue(force),
                    };
                    var target = Path.GetFullPath(parsed.GetValue(place)!);
                    var export = RecordExport.Run(mirror.Location(parsed, stop).Path, target, options, progress.Show, stop);
                    progress.Clear();
                    foreach (var note in export.Notes) Screen.WriteWarning(note);
                    form.Write(parsed, [export], () => Screen.WriteLine(
                        $"{export.Path}: {export.Records:N0} records, {export.Bytes:N0} bytes, {Form(export)}. SHA-256: {export.Sha256}"));
                    return ExitCode.Fine;
                }
                finally
                {
                    progress.Clear();
                }
            },
            CancellationToken.None));
        return command;
    }

    private static string Form(AuditRecordExport export) => export switch
    {
        { IsVerbatim: true } => "as they were imported",
        { Pseudonymized: true } => "pseudonymized",
        { Masked: 0, Format: not "NdJson" } => export.Format,
        _ => $"{export.Masked:N0} with masked values",
    };

    private static PseudonymKey Key(string? file)
    {
        if (file != null)
        {
            var path = Path.GetFullPath(file);
            var key = PseudonymKey.OfFile(path, out var isNew);
            if (isNew) Screen.WriteWarning($"The key file '{path}' was made with a new key. Keep it to yourself.");
            return key;
        }

        Screen.WriteWarning("The key of these pseudonyms is a random one that is not kept: another export will have others. "
            + "--key-file keeps one.");
        return PseudonymKey.Random();
    }
}
