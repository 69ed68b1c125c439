using System.CommandLine;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Files;

namespace EntraAuditTools.Cli.Options;

/// <summary>Which mirror to use.</summary>
internal sealed class MirrorOption : Option<string?>
{
    public MirrorOption()
        : base("--mirror")
    {
        Description = "The mirror's file, or the server that holds it (postgresql://user@host/database, service=name). "
            + $"Default: ${MirrorLocation.EnvironmentVariable}, else {MirrorLocation.DefaultPath}.";
        HelpName = "file";
        // A script whose variable is empty must not write into the default mirror unasked.
        Validators.Add(given =>
        {
            if (given.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) given.AddError("--mirror: no file is named.");
        });
    }

    /// <summary>Where it is; of a server's without bringing this machine's copy up to date: what writes it does that itself.</summary>
    public MirrorLocation Named(ParseResult parsed) => MirrorLocation.Resolve(parsed.GetValue(this), session: null);

    /// <summary>Where it is; of a server's this machine's copy, brought up to date.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="stop">Stops it.</param>
    /// <param name="anew">Fetch all of it anew from the server.</param>
    public MirrorLocation Location(ParseResult parsed, CancellationToken stop, bool anew = false)
    {
        var location = Named(parsed);
        Bring(location, stop, anew);
        return location;
    }

    /// <summary>Brings the copy of a server's mirror up to date.</summary>
    public static void Bring(MirrorLocation location, CancellationToken stop, bool anew = false) => Show(say =>
    {
        location.Refresh(say, stop, anew);
        return location;
    });

    /// <summary>The same for a question whose part in the logs the server may answer; says where what is to be asked is.</summary>
    public static MirrorLocation BringForLogs(MirrorLocation location, CancellationToken stop) =>
        Show(say => location.RefreshForLogs(say, stop));

    private static MirrorLocation Show(Func<Action<string>, MirrorLocation> bring)
    {
        var progress = new ProgressLine();
        try
        {
            return bring(progress.Say);
        }
        finally
        {
            progress.Clear();
        }
    }
}
