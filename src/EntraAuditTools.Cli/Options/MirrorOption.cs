using System.CommandLine;
using EntraAuditTools.Core.Mirror.Files;

namespace EntraAuditTools.Cli.Options;

/// <summary>Which mirror to use.</summary>
internal sealed class MirrorOption : Option<string?>
{
    public MirrorOption()
        : base("--mirror")
    {
        Description = $"The mirror's file. Default: ${MirrorLocation.EnvironmentVariable}, else {MirrorLocation.DefaultPath}.";
        HelpName = "file";
        // A script whose variable is empty must not write into the default mirror unasked.
        Validators.Add(given =>
        {
            if (given.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) given.AddError("--mirror: no file is named.");
        });
    }

    public MirrorLocation Location(ParseResult parsed) => MirrorLocation.Resolve(parsed.GetValue(this), session: null);
}
